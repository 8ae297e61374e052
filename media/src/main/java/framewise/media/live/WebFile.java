package framewise.media.live;

import framewise.media.network.Http;
import framewise.media.network.HttpReply;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file on a web server. If the server supports ranges, reading resumes after a lost connection
 * and seeking works. Used by one thread.
 */
final class WebFile implements Feed {
  /** Up to this distance ahead, reading on is faster than a new request. */
  private static final long NEAR_BYTES = 256 << 10;

  /** How often in a row reading is retried without receiving a byte. */
  private static final int MAX_FAILURES = 3;

  private final Http http;
  private final VideoUrl url;
  private final byte[] start;
  private final int startLength;
  private final boolean ranges;
  private final long size;
  private @Nullable HttpReply reply;
  private long place;

  /** The position of {@link #reply}. */
  private long arrived;

  private int failures;

  /** Why reading cannot continue, once that is so; FFmpeg retries. */
  private @Nullable IOException broken;

  /**
   * @param reply starts at its first byte; closed with this
   * @param start the bytes of it that were read before
   */
  WebFile(Http http, HttpReply reply, byte[] start, int startLength) {
    this.http = http;
    this.url = reply.url();
    this.reply = reply;
    this.start = start;
    this.startLength = startLength;
    this.ranges = reply.ranges();
    this.size = reply.total().orElse(-1L);
    this.arrived = startLength;
  }

  @Override
  public int read(byte[] into, int length) throws IOException {
    if (place < startLength) {
      int got = (int) Math.min(length, startLength - place);
      System.arraycopy(start, (int) place, into, 0, got);
      place += got;
      return got;
    }
    while (true) {
      if (broken != null) {
        throw broken;
      }
      try {
        if (size >= 0 && place >= size) {
          return -1;
        }
        int got = at(place).read(into, length);
        if (got > 0) {
          failures = 0;
          place += got;
          arrived = place;
        }
        return got;
      } catch (IOException e) {
        hangUp();
        failures++;
        boolean hopeless = e instanceof UrlFault fault && fault.kind() == UrlFault.Kind.FORBIDDEN;
        if (!ranges || failures > MAX_FAILURES || hopeless) {
          broken = e;
        }
      }
    }
  }

  @Override
  public boolean seekable() {
    return ranges && size >= 0;
  }

  @Override
  public void seek(long place) {
    this.place = place;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void close() {
    hangUp();
  }

  private HttpReply at(long wanted) throws IOException {
    HttpReply current = reply;
    if (current != null && wanted > arrived && wanted - arrived <= NEAR_BYTES) {
      byte[] passed = new byte[16 << 10];
      while (arrived < wanted) {
        int got = current.read(passed, (int) Math.min(passed.length, wanted - arrived));
        if (got < 0) {
          throw new IOException("the file became shorter");
        }
        arrived += got;
      }
    }
    if (current == null || wanted != arrived) {
      hangUp();
      current = http.get(url, wanted, -1);
      reply = current;
      arrived = wanted;
    }
    return current;
  }

  private void hangUp() {
    if (reply != null) {
      reply.close();
      reply = null;
    }
  }
}
