package framewise.vision;

import java.util.List;
import java.util.Optional;

/**
 * What a back end detected in the newest picture of a clip, and where.
 *
 * @param objects named things; empty when it did not look for any
 * @param texts lines of text; empty when it did not read
 */
public record Seen(Optional<List<SeenObject>> objects, Optional<List<SeenText>> texts) {
  /** For back ends that answer in text only. */
  public static final Seen NOTHING_TOLD = new Seen(Optional.empty(), Optional.empty());

  public Seen {
    objects = objects.map(List::copyOf);
    texts = texts.map(List::copyOf);
  }

  /**
   * A detected thing.
   *
   * @param label such as {@code person}
   * @param score the back end's confidence, 0 to 1
   */
  public record SeenObject(String label, double score, SeenBox box) {}

  /**
   * A detected line of text.
   *
   * @param score the back end's confidence, 0 to 1
   */
  public record SeenText(String text, double score, SeenBox box) {}

  /**
   * An axis-aligned rectangle in fractions of the picture, each 0 to 1.
   *
   * @param x left edge
   * @param y top edge
   */
  public record SeenBox(double x, double y, double width, double height) {}
}
