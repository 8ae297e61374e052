package framewise.engine.files.s3;

import framewise.time.Stopwatch;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Content of an object while it arrives. Used by one thread at a time. Fails when the store sends
 * too slowly; the time between two reads doesn't count.
 */
final class ObjectInput extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> body;
  private final BoundedCalls calls;
  private long bytes;
  private long waitedNanos;
  private boolean ended;

  ObjectInput(ResponseInputStream<GetObjectResponse> body, BoundedCalls calls) {
    super(body);
    this.body = body;
    this.calls = calls;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Stopwatch waiting = Stopwatch.start();
    int read;
    try {
      read = body.read(to, offset, length);
    } catch (IOException | RuntimeException e) {
      throw calls.failure(e);
    }
    bytes += Math.max(0, read);
    waitedNanos += waiting.nanos();
    calls.requireInTime(bytes, waitedNanos);
    ended |= read < 0;
    return read;
  }

  /** Aborts the connection unless everything was read, because the rest may be gigabytes. */
  @Override
  public void close() throws IOException {
    if (ended) {
      body.close();
    } else {
      body.abort();
    }
  }
}
