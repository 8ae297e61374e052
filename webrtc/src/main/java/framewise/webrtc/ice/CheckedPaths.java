package framewise.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers the remote peer's connectivity checks (RFC 8445, section 7.3), and knows the paths over
 * which a valid one came, or an answer to one of {@link OwnChecks}. Media and handshakes go over no
 * other path, so an offer can't aim them at anyone. Used by the thread that reads the sockets;
 * {@link #nominated} may be called by any.
 */
public final class CheckedPaths {
  /** Maximum paths; a peer with two network cards and both IP versions has four. */
  private static final int MAX_PATHS = 16;

  private static final int ROLE_CONFLICT = 487;

  private Keys current;

  /** The credentials before the last restart. */
  private Keys before;

  private final Map<NetworkPath, Boolean> valid =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<NetworkPath, Boolean> eldest) {
          return size() > MAX_PATHS;
        }
      };

  private volatile @Nullable NetworkPath nominated;
  private boolean isChosen;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Keys(String username, byte[] key) {
    static Keys of(IceCredentials own, String remoteFragment) {
      return new Keys(
          own.fragment() + ":" + remoteFragment, own.password().getBytes(StandardCharsets.UTF_8));
    }

    boolean fit(StunMessage check) {
      return check.text(StunMessage.USERNAME).equals(username) && check.isFrom(key);
    }
  }

  /**
   * @param remoteFragment user fragment of the remote peer
   */
  public CheckedPaths(IceCredentials own, String remoteFragment) {
    this.current = Keys.of(own, remoteFragment);
    this.before = current;
  }

  /**
   * Restarts ICE (RFC 8445, section 9): checks with the new credentials are valid as well as those
   * with the ones before, and the nominated path stays until the remote peer chooses another.
   *
   * @param remoteFragment new user fragment of the remote peer
   */
  public void restart(IceCredentials own, String remoteFragment) {
    before = current;
    current = Keys.of(own, remoteFragment);
    isChosen = false;
  }

  /**
   * Answers a connectivity check. Anything else, and a check that is not signed with our password,
   * is ignored.
   *
   * @return whether it was a valid check
   */
  public boolean check(StunMessage check, NetworkPath path) {
    Keys keys = current.fit(check) ? current : before;
    if (check.type() != StunMessage.BINDING_REQUEST || !keys.fit(check)) {
      return false;
    }
    byte[] key = keys.key();
    InetSocketAddress from = path.remote();
    if (check.has(StunMessage.ICE_CONTROLLED)) {
      // The offering side is the controlling agent, or the full agent where one is lite: section
      // 7.3.1.1.
      path.send(ByteBuffer.wrap(check.error(ROLE_CONFLICT, "Role Conflict", key)));
      return false;
    }
    validate(path, check.has(StunMessage.USE_CANDIDATE));
    path.send(ByteBuffer.wrap(check.success(from, key)));
    return true;
  }

  /**
   * Notes that a path works in both directions.
   *
   * @param chosen whether the controlling agent has chosen it
   */
  public void validate(NetworkPath path, boolean chosen) {
    valid.put(path, true);
    if (nominated == null || chosen) {
      nominated = path;
    }
    isChosen |= chosen;
  }

  /** Whether a path was chosen since ICE began or restarted. */
  public boolean isChosen() {
    return isChosen;
  }

  /** Whether a valid check came over this path. */
  public boolean isValid(NetworkPath path) {
    return valid.containsKey(path);
  }

  /**
   * The path that the remote peer chose, until then the first valid one; empty before the first
   * valid check.
   */
  public Optional<NetworkPath> nominated() {
    return Optional.ofNullable(nominated);
  }
}
