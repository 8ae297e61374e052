package framewise.vision;

import java.util.List;
import java.util.Optional;

/**
 * What a back end saw in the newest picture of a clip, and where.
 *
 * @param objects things with a name; empty where it did not look for any
 * @param texts lines of text; empty where it did not read
 */
public record Seen(Optional<List<SeenObject>> objects, Optional<List<SeenText>> texts) {
  /** Of back ends that tell in words alone. */
  public static final Seen NOTHING_TOLD = new Seen(Optional.empty(), Optional.empty());

  public Seen {
    objects = objects.map(List::copyOf);
    texts = texts.map(List::copyOf);
  }

  /**
   * A thing.
   *
   * @param label such as {@code person}
   * @param score how sure the back end is, 0 to 1
   */
  public record SeenObject(String label, double score, SeenBox box) {}

  /**
   * A line of text.
   *
   * @param score how sure the back end is, 0 to 1
   */
  public record SeenText(String text, double score, SeenBox box) {}

  /**
   * An upright rectangle as parts of the picture, each 0 to 1.
   *
   * @param x its left edge
   * @param y its upper edge
   */
  public record SeenBox(double x, double y, double width, double height) {}
}
