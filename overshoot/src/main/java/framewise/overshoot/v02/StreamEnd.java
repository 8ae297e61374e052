package framewise.overshoot.v02;

import framewise.overshoot.OvershootException;
import framewise.overshoot.wire.StopReason;

/** How a stream came to its end. */
public sealed interface StreamEnd {

  /** The client closed it. */
  record Closed() implements StreamEnd {
    @Override
    public boolean restartable() {
      return false;
    }

    @Override
    public String text() {
      return "closed";
    }
  }

  /**
   * The service ended it, or its lease ran out.
   *
   * @param reason why
   * @param detail the same in words
   */
  record Ended(StopReason reason, String detail) implements StreamEnd {
    @Override
    public boolean restartable() {
      return switch (reason) {
        case WEBRTC_DISCONNECTED, LIVEKIT_DISCONNECTED, LEASE_EXPIRED, OTHER -> true;
        case CLIENT_REQUESTED, INSUFFICIENT_CREDITS -> false;
      };
    }

    @Override
    public String text() {
      return detail;
    }
  }

  /**
   * It could not go on.
   *
   * @param error why
   */
  record Failed(OvershootException error) implements StreamEnd {
    @Override
    public boolean restartable() {
      return error.retryable() || error instanceof OvershootException.NotFound;
    }

    @Override
    public String text() {
      return String.valueOf(error.getMessage());
    }
  }

  /** Whether a new stream may go on where this one ended, without anybody doing anything first. */
  boolean restartable();

  /** A sentence about it, without secrets. */
  String text();
}
