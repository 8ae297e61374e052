package framewise.overshoot.v02;

import framewise.overshoot.OvershootException;
import framewise.overshoot.wire.StopReason;

/** How a stream ended. */
public sealed interface V02StreamEnd {

  /** The client closed it. */
  record Closed() implements V02StreamEnd {
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
   * The service ended it, or its lease expired.
   *
   * @param reason the reason
   * @param detail the reason in words
   */
  record Ended(StopReason reason, String detail) implements V02StreamEnd {
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
   * The stream failed.
   *
   * @param error the failure
   */
  record Failed(OvershootException error) implements V02StreamEnd {
    @Override
    public boolean restartable() {
      return error.retryable() || error instanceof OvershootException.NotFound;
    }

    @Override
    public String text() {
      return String.valueOf(error.getMessage());
    }
  }

  /** Whether a new stream may continue at once, without a user's action. */
  boolean restartable();

  /** A sentence for users, without secrets. */
  String text();
}
