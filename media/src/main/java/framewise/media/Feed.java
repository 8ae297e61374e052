package framewise.media;

import java.io.IOException;

/** Bytes that Java has and FFmpeg reads. Used by one thread at a time. */
interface Feed extends AutoCloseable {
  /**
   * Reads some bytes, at least one.
   *
   * @return how many, or -1 at the end
   */
  int read(byte[] into, int length) throws IOException;

  /** Takes what FFmpeg has to say to the other side. */
  default void write(byte[] bytes) throws IOException {}

  /** Whether {@link #seek} works. */
  default boolean seekable() {
    return false;
  }

  /** The next byte to be read is the one at this place. */
  default void seek(long place) throws IOException {
    throw new IOException("it cannot go there");
  }

  /** Bytes of the whole, or -1 where that is not known. */
  default long size() {
    return -1;
  }

  @Override
  void close();
}
