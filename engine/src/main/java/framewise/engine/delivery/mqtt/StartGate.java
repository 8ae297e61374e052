package framewise.engine.delivery.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds back what a broker sends until the library writes for the first time. The library starts
 * its threads one after the other, and waits for each until it runs; for a thread that has already
 * ended, because the connection broke, it would wait forever. It writes once all threads run. Safe
 * for any number of threads.
 */
final class StartGate {
  /** A stream, opened when it is first used: the library doesn't expect that to fail earlier. */
  @FunctionalInterface
  interface Opening<T> {
    T open() throws IOException;
  }

  private final CountDownLatch open = new CountDownLatch(1);

  void open() {
    open.countDown();
  }

  /** Waits until it is open, at most this long; returns whether it is. */
  boolean isOpenWithin(Duration time) throws InterruptedException {
    return open.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A stream that waits until the gate is open. */
  InputStream held(Opening<InputStream> in) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        await();
        return in.open().read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        await();
        return in.open().read(bytes, offset, length);
      }

      @Override
      public int available() throws IOException {
        return open.getCount() > 0 ? 0 : in.open().available();
      }
    };
  }

  /** A stream whose first use opens the gate. */
  OutputStream opening(Opening<OutputStream> out) {
    return new OutputStream() {
      @Override
      public void write(int oneByte) throws IOException {
        open();
        out.open().write(oneByte);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        open();
        out.open().write(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        open();
        out.open().flush();
      }
    };
  }

  private void await() throws InterruptedIOException {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
