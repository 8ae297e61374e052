package framewise.media.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body with chunked transfer coding, RFC 9112 section 7.1. */
final class ChunkedBody extends InputStream {
  private final InputStream in;
  private long left;
  private boolean begun;
  private boolean over;

  ChunkedBody(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (over || !ready()) {
      return -1;
    }
    int got = in.read(into, offset, (int) Math.min(length, left));
    if (got < 0) {
      throw new EOFException("the connection closed in the middle of a chunk");
    }
    left -= got;
    return got;
  }

  /** Whether the current or the next chunk has data. */
  private boolean ready() throws IOException {
    if (left > 0) {
      return true;
    }
    if (begun) {
      MessageHead.line(in);
    }
    begun = true;
    String size = MessageHead.line(in).replaceAll("[;\\s].*", "");
    try {
      left = Long.parseLong(size, 16);
    } catch (NumberFormatException e) {
      throw MessageHead.garbled();
    }
    over = left <= 0;
    return !over;
  }
}
