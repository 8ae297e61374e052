package framewise.engine.backend.overshoot;

import framewise.overshoot.OvershootException;
import framewise.vision.StreamEnd;
import framewise.vision.StreamEnd.Cure;
import framewise.webrtc.library.PeersUnavailableException;
import java.util.Optional;

/**
 * Converts the ways in which Overshoot.ai ends streams into a session's terms, with the remedy for
 * each.
 */
final class StreamEndReasons {
  /** The remote peer sends no packets any more. */
  static final StreamEnd PEER_LOST =
      new StreamEnd("peer_lost", "the peer connection to Overshoot.ai was lost", Cure.NEW_STREAM);

  private StreamEndReasons() {}

  /** Converts an end; empty where this side ended the stream. */
  static Optional<StreamEnd> of(framewise.overshoot.v02.V02StreamEnd end) {
    return switch (end) {
      case framewise.overshoot.v02.V02StreamEnd.Closed() -> Optional.empty();
      case framewise.overshoot.v02.V02StreamEnd.Ended(var reason, var detail) ->
          Optional.of(
              new StreamEnd(
                  reason.word(), detail, end.restartable() ? Cure.NEW_STREAM : Cure.NONE));
      case framewise.overshoot.v02.V02StreamEnd.Failed(var error) ->
          Optional.of(
              end.restartable()
                  ? new StreamEnd(error.code(), text(error), Cure.NEW_STREAM)
                  : of(error));
    };
  }

  static StreamEnd of(OvershootException error) {
    Cure cure =
        switch (error) {
          case OvershootException.InvalidRequest wrong -> Cure.OTHER_REQUEST;
          // Only stopping another stream frees a slot, and that is the account owner's decision.
          case OvershootException.TooManyStreams full -> Cure.NONE;
          default -> error.retryable() ? Cure.NEW_STREAM : Cure.NONE;
        };
    return new StreamEnd(error.code(), text(error), cure);
  }

  /** This side could not create its end of the peer connection. */
  static StreamEnd ofPeer(RuntimeException fault) {
    Cure cure = fault instanceof PeersUnavailableException ? Cure.NONE : Cure.NEW_STREAM;
    return new StreamEnd("peer_failed", text(fault), cure);
  }

  /** The service's answer to the offer can't be used. */
  static StreamEnd ofAnswer(Exception refused) {
    return new StreamEnd(
        "unreadable_answer",
        "Overshoot.ai gave an unusable answer to the offer: " + text(refused),
        Cure.NONE);
  }

  private static String text(Exception error) {
    return String.valueOf(error.getMessage());
  }
}
