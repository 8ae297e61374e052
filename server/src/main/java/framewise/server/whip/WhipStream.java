package framewise.server.whip;

import framewise.engine.session.Session;
import framewise.engine.source.LiveSource;
import framewise.engine.source.ReturningSource;
import framewise.server.access.secret.KeyHash;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Session whose video comes over WHIP, with its current connection, whose names only its sender
 * knows. Safe for any number of threads.
 */
final class WhipStream {
  private final Session session;
  private final ReturningSource source;
  private final Optional<KeyHash> owner;

  private String resource = newName();
  private String tag = newName();

  /** Whether its sender knows only a tag that another node issued. */
  private boolean moved;

  /**
   * @param owner key that created it; empty where none is required
   */
  WhipStream(Session session, ReturningSource source, Optional<KeyHash> owner) {
    this.session = session;
    this.source = source;
    this.owner = owner;
  }

  /** Stream whose video another node received, and whose sender may reconnect to this one. */
  static WhipStream moved(Session session, ReturningSource source, Optional<KeyHash> owner) {
    var stream = new WhipStream(session, source, owner);
    stream.moved = true;
    return stream;
  }

  Session session() {
    return session;
  }

  /** Last path segment of the current connection's URL. */
  synchronized String resource() {
    return resource;
  }

  /** Entity tag of the current connection, in its quotes. */
  synchronized String tag() {
    return "\"" + tag + "\"";
  }

  /** The key that created it; empty where none is required. */
  Optional<KeyHash> owner() {
    return owner;
  }

  boolean belongsTo(Optional<KeyHash> key) {
    return owner.isEmpty() || key.filter(owner.get()::isSame).isPresent();
  }

  /** Whether the session still accepts video. */
  boolean isOpen() {
    return source.ending().isEmpty() && session.isRunning();
  }

  boolean hasSender() {
    return source.hasSender();
  }

  /**
   * Whether an {@code If-Match} header matches the current connection, or any (RFC 9110, section
   * 13.1.1).
   */
  synchronized boolean matchesCurrent(String ifMatch) {
    return moved
        || ifMatch.strip().equals("*")
        || Arrays.stream(ifMatch.split(",", -1)).map(String::strip).anyMatch(tag()::equals);
  }

  /**
   * Replaces the connection, with new names.
   *
   * @return false when the session does not accept video any more
   */
  synchronized boolean take(LiveSource next) {
    if (!source.take(next)) {
      return false;
    }
    moved = false;
    resource = newName();
    tag = newName();
    return true;
  }

  /** The sender ends its stream, and the session with it. */
  void finish() {
    source.finish("The video's sender ended it.");
  }

  private static String newName() {
    return UUID.randomUUID().toString();
  }
}
