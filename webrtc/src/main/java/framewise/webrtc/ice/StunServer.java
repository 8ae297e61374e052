package framewise.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A STUN or TURN server over UDP.
 *
 * @param address resolved
 * @param login for TURN; empty for STUN
 */
public record StunServer(InetSocketAddress address, Optional<TurnLogin> login) {
  /** Port of both where none is stated; RFC 8489, section 18.6. */
  public static final int DEFAULT_PORT = 3478;

  /**
   * Long-term credentials.
   *
   * @param password never printed
   */
  public record TurnLogin(String user, String password) {
    @Override
    public String toString() {
      return "TurnLogin[user=%s, password=***]".formatted(user);
    }
  }
}
