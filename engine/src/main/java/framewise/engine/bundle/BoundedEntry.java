package framewise.engine.bundle;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Content of an entry, up to a limit. */
final class BoundedEntry extends FilterInputStream {
  private final long most;
  private final Counter counter;
  private long read;

  /** Receives the number of bytes of each read; may abort by throwing. */
  @FunctionalInterface
  interface Counter {
    void count(int bytes) throws IOException;
  }

  /**
   * @param most maximum number of bytes; more are refused as soon as they are read
   * @param counter receives the number of bytes of each read
   */
  BoundedEntry(InputStream in, long most, Counter counter) {
    super(in);
    this.most = most;
    this.counter = counter;
  }

  @Override
  public int read() throws IOException {
    int next;
    try {
      next = super.read();
    } catch (EOFException e) {
      throw damaged(e);
    }
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    int got;
    try {
      got = super.read(buffer, from, length);
    } catch (EOFException e) {
      throw damaged(e);
    }
    if (got > 0) {
      count(got);
    }
    return got;
  }

  /** The archive has a wrong position for the content, or was cut off. */
  private static ZipException damaged(EOFException e) {
    var damaged = new ZipException(e.getMessage());
    damaged.initCause(e);
    return damaged;
  }

  private void count(int more) throws IOException {
    read += more;
    if (read > most) {
      throw Refusal.of(
              Code.TOO_LARGE,
              "A part of the bundle is larger than the limit of %d MB.".formatted(most >> 20))
          .asException();
    }
    counter.count(more);
  }
}
