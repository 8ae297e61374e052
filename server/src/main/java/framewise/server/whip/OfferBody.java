package framewise.server.whip;

import framewise.server.http.MediaType;
import framewise.server.http.Problem;
import framewise.server.http.SignedBody;
import framewise.webrtc.sdp.SessionDescription;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Reads a request's offer. */
final class OfferBody {
  static final String TYPE = "application/sdp";

  private OfferBody() {}

  /**
   * @throws framewise.server.http.ProblemException 415 for another type, 413 when too long, 400
   *     without a body
   */
  static String read(Context context) throws IOException {
    String type = MediaType.base(Optional.ofNullable(context.contentType()).orElse(""));
    if (!type.equals(TYPE)) {
      context.header("Accept-Post", TYPE);
      throw Problem.of(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
              "unsupported_media_type",
              "The body is %s but must be an SDP offer: send it with Content-Type: %s."
                  .formatted(type.isEmpty() ? "of an unknown type" : type, TYPE))
          .asException();
    }
    byte[] body = SignedBody.stream(context).readNBytes(SessionDescription.MAX_BYTES + 1);
    if (body.length > SessionDescription.MAX_BYTES) {
      throw Problem.of(
              HttpStatus.PAYLOAD_TOO_LARGE_413,
              "too_large",
              "The offer is longer than %d kB, which is the limit."
                  .formatted(SessionDescription.MAX_BYTES >> 10))
          .asException();
    }
    if (body.length == 0) {
      throw Problem.of(
              HttpStatus.BAD_REQUEST_400,
              "sdp_malformed",
              "The body is empty but must be an SDP offer.")
          .asException();
    }
    return new String(body, StandardCharsets.UTF_8);
  }
}
