package framewise.engine;

/**
 * Thrown when a request is refused; carries the {@link Refusal} to the code that answers the
 * request.
 */
public final class RefusedException extends RuntimeException {
  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.detail());
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
