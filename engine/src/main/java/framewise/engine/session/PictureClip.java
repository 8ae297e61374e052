package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes encoded pictures into a clip for back ends. */
final class PictureClip {
  private static final MediaTime MICROSECOND = new MediaTime(1);

  private PictureClip() {}

  /**
   * Decodes the pictures.
   *
   * @return the clip, which the caller closes; without frames where there are no pictures
   * @throws framewise.engine.RefusedException when one cannot be decoded
   */
  static Clip of(List<EncodedPicture> pictures) {
    if (pictures.isEmpty()) {
      return Clip.withoutPictures();
    }
    List<Frame> frames = new ArrayList<>();
    boolean whole = false;
    try {
      for (EncodedPicture picture : pictures) {
        frames.add(Frame.of(decoded(picture), picture.time()));
      }
      whole = true;
    } finally {
      if (!whole) {
        frames.forEach(Frame::close);
      }
    }
    MediaTime start = pictures.getFirst().time();
    MediaTime end = pictures.getLast().time().plus(MICROSECOND);
    return new Clip(0, start, start.isBefore(end) ? end : start.plus(MICROSECOND), frames);
  }

  private static BufferedImage decoded(EncodedPicture picture) {
    try {
      // Closed by its reader.
      var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture.jpeg()));
      BufferedImage image = ImageIO.read(in);
      if (image != null) {
        return image;
      }
    } catch (IOException | RuntimeException broken) {
      // refused below
    }
    throw Refusal.field("messages", "messages has a picture that cannot be decoded").asException();
  }
}
