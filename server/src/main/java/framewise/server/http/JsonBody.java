package framewise.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.server.limits.ClientAddress;
import framewise.server.limits.FairShare;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Reads a request's JSON object. */
public final class JsonBody {
  /** Maximum length of a body, in bytes. */
  public static final int LIMIT = 1 << 20;

  private static final int MAX_DEPTH = 100;

  /** Parsed JSON may take a hundred times its length in memory. */
  private static final int MAX_TOKENS = 50_000;

  private static final int MAX_DIGITS = 100;

  /** Length up to which a body needs no slot, in bytes. */
  private static final int SMALL = 64 << 10;

  /** Slots for longer bodies, so that many at a time do not fill the memory. */
  private static final FairShare LARGE = new FairShare(16);

  private static final String JSON_TYPE = "application/json";

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxNumberLength(MAX_DIGITS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonBody() {}

  /**
   * Reads the whole body. A missing {@code Content-Type} counts as JSON, except from a browser: a
   * foreign page can send such a request without a CORS preflight.
   *
   * @throws ProblemException when it is too long, of another type, or no JSON object
   */
  public static Fields read(Context context) throws IOException {
    requireJson(context);
    return read(context, LIMIT);
  }

  /**
   * Like {@link #read(Context)} with another limit and for any type: some clients of old APIs send
   * none, or a wrong one.
   *
   * @param limit bytes, whole megabytes
   * @throws ProblemException when it is too long, or no JSON object; 503 when too many are long
   */
  public static Fields read(Context context, int limit) throws IOException {
    InputStream in = SignedBody.stream(context);
    byte[] begin = in.readNBytes(SMALL);
    if (begin.length < SMALL) {
      return fields(begin);
    }
    try (FairShare.FairPlace _ =
        LARGE.take(ClientAddress.of(context)).orElseThrow(JsonBody::tooManyLong)) {
      byte[] rest = in.readNBytes(limit + 1 - SMALL);
      if (SMALL + rest.length > limit) {
        throw tooLong(limit);
      }
      byte[] body = Arrays.copyOf(begin, SMALL + rest.length);
      System.arraycopy(rest, 0, body, SMALL, rest.length);
      return fields(body);
    }
  }

  /**
   * The object in a body that was read already.
   *
   * @throws framewise.engine.RefusedException when it is no JSON object
   */
  public static Fields of(byte[] body) throws IOException {
    return fields(body);
  }

  /**
   * 413 for a longer body.
   *
   * @param limit bytes, whole megabytes
   */
  public static ProblemException tooLong(int limit) {
    return Problem.of(
            HttpStatus.PAYLOAD_TOO_LARGE_413,
            "too_large",
            "The JSON body is longer than %d MB, which is the limit.".formatted(limit >> 20))
        .asException();
  }

  /** 503 where no slot is left for a long body. */
  public static ProblemException tooManyLong() {
    return Problem.of(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "busy",
            "Too many long requests are running. Try again in a few seconds.")
        .retryAfter(Duration.ofSeconds(5))
        .asException();
  }

  private static Fields fields(byte[] body) throws IOException {
    if (parse(body) instanceof ObjectNode object) {
      return new Fields(object);
    }
    throw invalid(
        "The body must be a JSON object, such as {\"prompt\": \"Read any visible text\"}.");
  }

  private static void requireJson(Context context) {
    Optional<String> given = Optional.ofNullable(context.contentType());
    String type = given.map(MediaType::base).orElseGet(() -> isBrowser(context) ? "" : JSON_TYPE);
    if (!type.equals(JSON_TYPE) && !type.endsWith("+json")) {
      throw Problem.of(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
              "unsupported_media_type",
              "The body is %s but must be JSON: send it with Content-Type: application/json."
                  .formatted(type.isEmpty() ? "of an unknown type" : type))
          .asException();
    }
  }

  /** Browsers send one of these with every body; curl and similar clients send neither. */
  private static boolean isBrowser(Context context) {
    return context.header("Origin") != null || context.header("Sec-Fetch-Site") != null;
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (StreamConstraintsException tooMuch) {
      throw invalid(
          "The body is JSON of more than %d levels, %d values or %d digits in a number."
              .formatted(MAX_DEPTH, MAX_TOKENS, MAX_DIGITS));
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw invalid("The body is not valid JSON: there is a fault" + place + ".");
    }
  }

  private static RuntimeException invalid(String sentence) {
    return Refusal.of(Code.INVALID_REQUEST, sentence).asException();
  }
}
