package framewise.server.whip;

import framewise.engine.session.Session;
import framewise.engine.source.LiveSource;
import framewise.engine.source.ReturningSource;
import framewise.server.access.KeyHash;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * One session whose video comes over WHIP, and the connection it comes by now, which only its
 * sender knows the names of. Safe for any number of threads.
 */
final class WhipStream {
  private final Session session;
  private final ReturningSource source;
  private final Optional<KeyHash> owner;

  private String resource = newName();
  private String tag = newName();

  /**
   * @param owner whose key it was made with; empty where none are needed
   */
  WhipStream(Session session, ReturningSource source, Optional<KeyHash> owner) {
    this.session = session;
    this.source = source;
    this.owner = owner;
  }

  Session session() {
    return session;
  }

  /** The last part of the address of the connection there is now. */
  synchronized String resource() {
    return resource;
  }

  /** The entity tag of the connection there is now, in its quotes. */
  synchronized String tag() {
    return "\"" + tag + "\"";
  }

  /** Whose key it was made with; empty where none are needed. */
  Optional<KeyHash> owner() {
    return owner;
  }

  boolean belongsTo(Optional<KeyHash> key) {
    return owner.isEmpty() || key.filter(owner.get()::isSame).isPresent();
  }

  /** Whether the session still takes video. */
  boolean isOpen() {
    return source.over().isEmpty() && session.isRunning();
  }

  boolean hasSender() {
    return source.hasSender();
  }

  /**
   * Whether an {@code If-Match} header names the connection there is now, or whichever there is
   * (RFC 9110, section 13.1.1).
   */
  boolean isMeant(String ifMatch) {
    return ifMatch.strip().equals("*")
        || Arrays.stream(ifMatch.split(",", -1)).map(String::strip).anyMatch(tag()::equals);
  }

  /**
   * The sender sends over another connection from now on, under new names.
   *
   * @return false when the session does not take video any more
   */
  synchronized boolean take(LiveSource next) {
    if (!source.take(next)) {
      return false;
    }
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
