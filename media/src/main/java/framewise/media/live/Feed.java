package framewise.media.live;

import java.io.IOException;

/** A byte source in Java that FFmpeg reads. Used by one thread at a time. */
interface Feed extends AutoCloseable {
  /**
   * Reads some bytes, at least one.
   *
   * @return how many, or -1 at the end
   */
  int read(byte[] into, int length) throws IOException;

  /** Sends FFmpeg's output to the other side. */
  default void write(byte[] bytes) throws IOException {}

  /** Whether {@link #seek} works. */
  default boolean seekable() {
    return false;
  }

  /** Moves to a byte offset, from which the next read starts. */
  default void seek(long place) throws IOException {
    throw new IOException("this feed can't seek");
  }

  /** Total bytes, or -1 when unknown. */
  default long size() {
    return -1;
  }

  @Override
  void close();
}
