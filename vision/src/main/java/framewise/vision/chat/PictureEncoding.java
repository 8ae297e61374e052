package framewise.vision.chat;

import framewise.media.picture.Clip;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FrameSize;
import framewise.vision.Question;
import framewise.vision.builtin.prompt.Request;
import framewise.vision.builtin.prompt.Skill;
import java.util.List;

/**
 * How pictures are sent.
 *
 * @param size larger costs more and helps few models
 * @param readingSize the same for small print; the larger of both counts
 * @param quality JPEG quality, 1 (smallest) to 100 (best)
 */
public record PictureEncoding(FrameSize size, FrameSize readingSize, int quality) {
  public static final PictureEncoding DEFAULT =
      new PictureEncoding(new FrameSize(768), new FrameSize(1280), 85);

  public PictureEncoding {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must be 1 to 100, not " + quality);
    }
    if (readingSize.longestSide() < size.longestSide()) {
      readingSize = size;
    }
  }

  List<EncodedPicture> of(Clip clip, Question question) {
    return clip.jpegs(sizeFor(question.prompt()), quality);
  }

  /** The size of the pictures for a prompt. */
  public FrameSize sizeFor(String prompt) {
    return reads(prompt) ? readingSize : size;
  }

  /** Whether a prompt asks to read text. */
  static boolean reads(String prompt) {
    return Request.of(prompt).skills().contains(Skill.READ);
  }
}
