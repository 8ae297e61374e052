package framewise.vision;

/** There is no stream; the reason says why. */
public final class StreamRefusedException extends Exception {
  private final transient StreamEnd end;

  public StreamRefusedException(StreamEnd end, Throwable cause) {
    super(end.detail(), cause);
    this.end = end;
  }

  public StreamEnd end() {
    return end;
  }
}
