package framewise.bench.answers;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.testing.EditDistance;
import framewise.vision.builtin.BuiltinBackend;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Drawn pictures, which need nothing outside the repository. */
final class DrawnSet {
  private static final String READ = "Read any visible text";

  /** JPEG quality at which the edges of letters ring visibly. */
  private static final float COARSE = 0.35f;

  private final BuiltinBackend backend;

  DrawnSet(BuiltinBackend backend) {
    this.backend = backend;
  }

  /**
   * @param each number of pictures of each kind without text
   * @param written number of pictures with text
   */
  List<SkillScore> skills(int each, int written) throws Exception {
    List<SkillScore> skills = new ArrayList<>();
    Scorer none = new Scorer(backend, "no text, drawn");
    Scorer nobody = new Scorer(backend, "nobody, drawn");
    for (TextlessPicture kind : TextlessPicture.values()) {
      for (int seed = 0; seed < each; seed++) {
        String read = none.ask(frame(kind.draw(seed)), READ);
        boolean empty = read.equals("No readable text.");
        none.score(empty ? 1 : 0, 1);
        if (!empty) {
          none.falseAlarm();
        }
        if (kind != TextlessPicture.PEOPLE && seed % 5 == 0) {
          nobody.count(frame(kind.draw(seed)), "How many people are there?", 0);
        }
      }
    }
    skills.add(none.skill());
    skills.add(nobody.skill());
    Scorer sharp = new Scorer(backend, "characters, drawn");
    Scorer coarse = new Scorer(backend, "characters, compressed");
    for (int seed = 0; seed < written; seed++) {
      WrittenPicture picture = WrittenPicture.of(seed);
      characters(sharp, picture, picture.image());
      characters(coarse, picture, compressed(picture.image()));
    }
    skills.add(sharp.skill());
    skills.add(coarse.skill());
    return skills;
  }

  private static void characters(Scorer tally, WrittenPicture picture, BufferedImage image)
      throws Exception {
    String expected = String.join("\n", picture.lines());
    String read = tally.ask(frame(image), READ);
    int wrong = Math.min(expected.length(), EditDistance.between(expected, read));
    tally.score(expected.length() - wrong, expected.length());
  }

  private static Frame frame(BufferedImage image) {
    return Frame.of(image, MediaTime.ZERO);
  }

  private static BufferedImage compressed(BufferedImage image) throws Exception {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(COARSE);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
