package framewise.vision;

import org.jspecify.annotations.Nullable;

/** A stream that was refused, with the reason. */
public final class StreamRefusedException extends Exception {
  private final transient StreamEnd end;

  public StreamRefusedException(StreamEnd end, @Nullable Throwable cause) {
    super(end.detail(), cause);
    this.end = end;
  }

  public StreamEnd end() {
    return end;
  }
}
