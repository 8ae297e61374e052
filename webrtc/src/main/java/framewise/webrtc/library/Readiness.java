package framewise.webrtc.library;

import java.util.Optional;

/**
 * Whether peer connections can be made on this machine.
 *
 * @param reason what is missing and what to do about it; empty when ready
 */
public record Readiness(Optional<String> reason) {
  public static final Readiness READY = new Readiness(Optional.empty());

  public static Readiness missing(String reason) {
    return new Readiness(Optional.of(reason));
  }

  public boolean ready() {
    return reason.isEmpty();
  }
}
