package framewise.media.network;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A web server's reply. The reader closes it.
 *
 * @param url its URL after redirects
 * @param type content type in lower case, without parameters; empty when missing
 * @param from offset of the first byte in the file
 * @param total bytes of the whole file, if known
 * @param ranges whether the server supports ranges
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
