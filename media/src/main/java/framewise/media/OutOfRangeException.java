package framewise.media;

/** A caller's number outside the allowed range. */
public final class OutOfRangeException extends IllegalArgumentException {
  private final String field;

  public OutOfRangeException(String field, double value, String allowed) {
    super(field + " is " + value + " but must be " + allowed);
    this.field = field;
  }

  /** The field's name in the API. */
  public String field() {
    return field;
  }
}
