package framewise.media.network;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a web server sends. The reader closes it.
 *
 * @param url where it was found in the end, after redirects
 * @param type what it says it is, in small letters and without parameters; empty where it does not
 * @param from the first byte's place in the whole
 * @param total bytes of the whole, where the server tells
 * @param ranges whether any part of it can be asked for
 */
public record HttpReply(
    VideoUrl url,
    String type,
    long from,
    Optional<Long> total,
    boolean ranges,
    InputStream body,
    Runnable hangUp)
    implements AutoCloseable {
  /**
   * Reads some bytes, at least one.
   *
   * @return how many, or -1 at the end
   */
  public int read(byte[] into, int length) throws IOException {
    return body.read(into, 0, length);
  }

  @Override
  public void close() {
    hangUp.run();
  }
}
