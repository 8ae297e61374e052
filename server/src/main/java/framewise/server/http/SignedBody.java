package framewise.server.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Body of a request, which is read into memory where its signature has to be checked. */
public final class SignedBody {
  /** Maximum length of a body that is forwarded to another node, in bytes. */
  public static final int MAX_FORWARDED_BYTES = 2 << 20;

  private static final String ATTRIBUTE = "framewise.body";

  private SignedBody() {}

  /** The body from its beginning. */
  public static InputStream stream(Context context) throws IOException {
    byte[] kept = context.attribute(ATTRIBUTE);
    return kept == null ? context.req().getInputStream() : new ByteArrayInputStream(kept);
  }

  /**
   * Reads the whole body, which can still be read with {@link #stream}.
   *
   * @throws ProblemException when it is too long
   */
  public static byte[] keep(Context context) throws IOException {
    byte[] kept = context.attribute(ATTRIBUTE);
    if (kept != null) {
      return kept;
    }
    byte[] body = context.req().getInputStream().readNBytes(MAX_FORWARDED_BYTES + 1);
    if (body.length > MAX_FORWARDED_BYTES) {
      throw Problem.of(
              HttpStatus.CONTENT_TOO_LARGE.getCode(),
              "too_large",
              "The body is longer than %d MB, which is the limit of calls that another node answers."
                  .formatted(MAX_FORWARDED_BYTES >> 20))
          .asException();
    }
    keep(context, body);
    return body;
  }

  /** Keeps a body that was read already. */
  public static void keep(Context context, byte[] body) {
    context.attribute(ATTRIBUTE, body);
  }
}
