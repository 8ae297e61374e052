package framewise.media;

/** A number that a caller gave lies outside what is allowed. */
public final class OutOfRangeException extends IllegalArgumentException {
  private final String field;

  public OutOfRangeException(String field, double value, String allowed) {
    super(field + " is " + value + " but must be " + allowed);
    this.field = field;
  }

  /** The field's name as the API spells it. */
  public String field() {
    return field;
  }
}
