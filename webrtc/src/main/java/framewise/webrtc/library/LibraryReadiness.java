package framewise.webrtc.library;

import java.util.Optional;

/**
 * Whether peer connections can be made on this machine.
 *
 * @param reason what is missing and what to do about it; empty when ready
 */
public record LibraryReadiness(Optional<String> reason) {
  public static final LibraryReadiness READY = new LibraryReadiness(Optional.empty());

  public boolean ready() {
    return reason.isEmpty();
  }
}
