package framewise.overshoot.wire;

/**
 * One invalid field of a request.
 *
 * @param field the field's name on the wire, with dots between levels: {@code
 *     processing.delay_seconds}
 * @param message the value and what is allowed, to follow the field's name
 */
public record InvalidField(String field, String message) {

  /** The same problem, seen from the parent object. */
  InvalidField under(String parent) {
    return new InvalidField(parent + "." + field, message);
  }

  @Override
  public String toString() {
    return field + " " + message;
  }
}
