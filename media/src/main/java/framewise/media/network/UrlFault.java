package framewise.media.network;

import java.io.IOException;

/**
 * Why a URL has no video, or no longer has. The message is a sentence for users without secrets.
 */
public final class UrlFault extends IOException {
  /** The kind of failure. */
  public enum Kind {
    /** The address is not allowed; retrying is pointless. */
    FORBIDDEN,
    /** The host has no address, or no route leads to it. */
    UNREACHABLE,
    /** The host refuses the connection. */
    REFUSED,
    /** User and password are missing or wrong. */
    UNAUTHORISED,
    /** The host's certificate is not trusted. */
    UNTRUSTED,
    /** The host has no such stream. */
    NO_SUCH_STREAM,
    /** The data is not a video, or not one that can be decoded. */
    NO_VIDEO,
    /** The memory budget has no room for its pictures. */
    NO_MEMORY,
    /** Nothing arrived for too long. */
    TIMED_OUT,
    /** The connection ended, or its data makes no sense. */
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

  /** The message. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
