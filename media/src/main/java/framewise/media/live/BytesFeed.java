package framewise.media.live;

import java.io.IOException;
import java.io.InputStream;

/** A stream's bytes, readable once. */
record BytesFeed(InputStream in, Runnable end) implements Feed {
  @Override
  public int read(byte[] into, int length) throws IOException {
    return in.read(into, 0, length);
  }

  @Override
  public void close() {
    end.run();
  }
}
