package framewise.server.v1beta;

import framewise.engine.SlotPool;
import framewise.server.access.Caller;
import framewise.server.http.JsonBody;
import framewise.server.http.SignedBody;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads long bodies of requests, which take five times their length in memory until their pictures
 * are decoded. They arrive in files, some at a time and half of these for one account or key; then
 * they are read one at a time. A slow client delays only itself. Safe for any number of threads.
 */
final class LongBodies {
  private static final int ARRIVING = 8;
  private static final long TURN_SECONDS = 10;

  private final SlotPool places = new SlotPool(ARRIVING);
  private final Semaphore turn = new Semaphore(1, /* fair= */ true);
  private final NewFile files;

  /** Creates the file of a body. */
  interface NewFile {
    Path create() throws IOException;
  }

  /** Reads a body that has arrived. */
  interface Reader<T> {
    T read(byte[] body) throws IOException, InterruptedException;
  }

  LongBodies(NewFile files) {
    this.files = files;
  }

  /**
   * Reads the body of a request once all of it has arrived.
   *
   * @param limit maximum length, in bytes: whole megabytes
   * @throws framewise.server.http.ProblemException 413 when it is longer, 503 when too many bodies
   *     arrive or wait
   */
  <T> T read(Context context, int limit, Reader<T> reader)
      throws IOException, InterruptedException {
    try (SlotPool.Slot _ =
        places.take(Caller.of(context).holder()).orElseThrow(JsonBody::tooManyLong)) {
      Path file = files.create();
      try {
        receive(context, limit, file);
        return inTurn(file, reader);
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void receive(Context context, int limit, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      InputStream in = SignedBody.stream(context);
      byte[] buffer = new byte[64 << 10];
      long length = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        length += read;
        if (length > limit) {
          throw JsonBody.tooLong(limit);
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private <T> T inTurn(Path file, Reader<T> reader) throws IOException, InterruptedException {
    if (!turn.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS)) {
      throw JsonBody.tooManyLong();
    }
    try {
      return reader.read(Files.readAllBytes(file));
    } finally {
      turn.release();
    }
  }
}
