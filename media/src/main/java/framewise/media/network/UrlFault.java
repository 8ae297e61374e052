package framewise.media.network;

import java.io.IOException;

/**
 * Why there is no video at a URL, or none any more. The message is a sentence for a person and
 * holds no secret.
 */
public final class UrlFault extends IOException {
  /** What kind of trouble it is. */
  public enum Kind {
    /** The address may not be reached from here; trying again is of no use. */
    FORBIDDEN,
    /** The host has no address, or no way leads to it. */
    UNREACHABLE,
    /** Nobody listens there. */
    REFUSED,
    /** User and password are missing or wrong. */
    UNAUTHORISED,
    /** The host's certificate is not one to trust. */
    UNTRUSTED,
    /** The host is there and has no such stream. */
    NO_SUCH_STREAM,
    /** What came is no video, or none that can be decoded. */
    NO_VIDEO,
    /** The memory budget has no room for its pictures. */
    NO_MEMORY,
    /** Nothing came for too long. */
    TIMED_OUT,
    /** The connection ended, or what came over it cannot be understood. */
    LOST
  }

  private final Kind kind;

  public UrlFault(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
