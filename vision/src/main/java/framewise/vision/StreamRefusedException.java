package framewise.vision;

/** A stream that was refused, with the reason. */
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
