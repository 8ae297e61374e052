package framewise.vision;

import java.util.List;
import java.util.Optional;

/**
 * What a back end detected in the newest picture of a clip, and where.
 *
 * @param objects named things; empty when it did not look for any
 * @param texts lines of text; empty when it did not read
 */
public record DetectedContent(
    Optional<List<DetectedObject>> objects, Optional<List<DetectedText>> texts) {
  /** For back ends that answer in text only. */
  public static final DetectedContent NOTHING_TOLD =
      new DetectedContent(Optional.empty(), Optional.empty());

  public DetectedContent {
    objects = objects.map(List::copyOf);
    texts = texts.map(List::copyOf);
  }

  /**
   * A detected thing.
   *
   * @param label such as {@code person}
   * @param score the back end's confidence, 0 to 1
   */
  public record DetectedObject(String label, double score, DetectedBox box) {}

  /**
   * A detected line of text.
   *
   * @param score the back end's confidence, 0 to 1
   */
  public record DetectedText(String text, double score, DetectedBox box) {}

  /**
   * An axis-aligned rectangle in fractions of the picture, each 0 to 1.
   *
   * @param x left edge
   * @param y top edge
   */
  public record DetectedBox(double x, double y, double width, double height) {}
}
