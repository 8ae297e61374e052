package framewise.overshoot.wire;

/**
 * One thing wrong with a request.
 *
 * @param field the field as the wire names it, with dots between levels: {@code
 *     processing.delay_seconds}
 * @param message what it is and what is allowed, to be read after the field's name
 */
public record Problem(String field, String message) {

  /** The same, seen from the object one level up. */
  Problem under(String parent) {
    return new Problem(parent + "." + field, message);
  }

  @Override
  public String toString() {
    return field + " " + message;
  }
}
