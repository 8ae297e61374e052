package framewise.engine.files.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Limits the length of every answer that the SDK reads into memory: all but the content of objects.
 * Thread-safe.
 */
final class AnswerLimit implements ExecutionInterceptor {
  /** A page of a list has at most 1,000 keys of at most 1 KB. */
  private static final int MAX_BYTES = 8 << 20;

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    boolean content =
        context.request() instanceof GetObjectRequest && context.httpResponse().isSuccessful();
    return content ? context.responseBody() : context.responseBody().map(Limited::new);
  }

  /** Fails at the limit. Used by one thread at a time. */
  private static final class Limited extends FilterInputStream {
    private int bytes;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      return count(read < 0 ? 0 : 1, read);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = super.read(to, offset, length);
      return count(Math.max(0, read), read);
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private int count(int more, int read) throws IOException {
      bytes += more;
      if (bytes > MAX_BYTES) {
        throw new IOException("an answer has more than %d MB".formatted(MAX_BYTES >> 20));
      }
      return read;
    }
  }
}
