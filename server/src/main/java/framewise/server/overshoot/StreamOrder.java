package framewise.server.overshoot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.settings.Prompt;
import framewise.overshoot.wire.WireJson;
import framewise.server.http.Fields;
import framewise.server.http.Problem;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Validated request of {@code POST /streams}.
 *
 * @param offer session description of the video's sender
 * @param model empty where none is set
 * @param backend provider of the model, as the client names it
 * @param samplingRequest requested sampling
 * @param maxOutputTokens at least 1; the API's default where it is not set
 * @param requestId the client's own name for the request
 */
record StreamOrder(
    String offer,
    Prompt prompt,
    Optional<String> model,
    String backend,
    SamplingRequest samplingRequest,
    Optional<JsonNode> outputSchema,
    OptionalInt maxOutputTokens,
    Optional<String> requestId) {
  /** Default provider. */
  static final String OVERSHOOT = "overshoot";

  private static final int MAX_NAME_LENGTH = 200;
  private static final int MAX_TOKENS = 100_000;

  /**
   * Parses the request. Unknown fields are ignored.
   *
   * @throws framewise.server.http.ProblemException for a stream over LiveKit
   * @throws framewise.engine.RefusedException listing every invalid field
   */
  static StreamOrder read(Fields request) {
    String offer = offer(request);
    SamplingRequest samplingRequest = SamplingRequest.read(request);
    Optional<Fields> inference = request.fields("inference");
    if (!request.has("inference")) {
      request.add("inference", "inference is missing but must be an object");
    }
    Optional<Prompt> prompt =
        inference.flatMap(
            fields ->
                fields
                    .requiredString("prompt")
                    .flatMap(text -> fields.make(() -> new Prompt(text))));
    Optional<String> model = inference.flatMap(fields -> name(fields, "model"));
    Optional<String> backend = inference.flatMap(fields -> name(fields, "backend"));
    Optional<JsonNode> schema = inference.flatMap(StreamOrder::schema);
    OptionalInt tokens = tokens(inference, samplingRequest);
    Optional<String> requestId =
        request.fields("client").flatMap(client -> client.string("request_id", MAX_NAME_LENGTH));
    request.requireSound();
    return new StreamOrder(
        offer,
        prompt.orElseThrow(),
        model,
        backend.orElse(OVERSHOOT),
        samplingRequest,
        schema,
        tokens,
        requestId);
  }

  /** The offer, in {@code webrtc} or in {@code source}. */
  private static String offer(Fields request) {
    Optional<Fields> webrtc = request.fields("webrtc");
    Optional<Fields> source = request.fields("source");
    if (webrtc.isPresent() && source.isPresent()) {
      request.add("webrtc", "webrtc and source exclude each other: leave one out");
      return "";
    }
    String type = source.flatMap(fields -> fields.string("type")).orElse("native");
    if (webrtc.isEmpty() && !type.equals("webrtc")) {
      // A stream of this kind can't be served: its other faults do not matter.
      throw Problem.of(
              HttpStatus.UNPROCESSABLE_ENTITY_422,
              "livekit_unsupported",
              "This service accepts video over WebRTC only and has no LiveKit: send an"
                  + " SDP offer, as"
                  + " \"source\": {\"type\": \"webrtc\", \"sdp\": ...} or as"
                  + " \"webrtc\": {\"type\": \"offer\", \"sdp\": ...}.")
          .asException();
    }
    Optional<String> offered = webrtc.flatMap(fields -> fields.string("type"));
    if (offered.isPresent() && !offered.get().equals("offer")) {
      request.add("webrtc.type", "webrtc.type is not \"offer\" but must be");
    }
    return webrtc.or(() -> source).flatMap(fields -> fields.requiredString("sdp")).orElse("");
  }

  private static Optional<String> name(Fields fields, String field) {
    return fields.string(field, MAX_NAME_LENGTH).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** An object or, as one client sends it, a string that contains an object. */
  private static Optional<JsonNode> schema(Fields inference) {
    String field = "output_schema_json";
    Optional<String> text = inference.textIn(field);
    if (text.isEmpty()) {
      return inference.schema(field);
    }
    try {
      JsonNode parsed = WireJson.mapper().readTree(text.get());
      if (parsed != null && parsed.isObject()) {
        return Optional.of(parsed).filter(schema -> inference.isSchema(field, schema));
      }
    } catch (JsonProcessingException noJson) {
      // Reported below.
    }
    inference.add(field, field + " is a string without a JSON object but must be a JSON Schema");
    return Optional.empty();
  }

  private static OptionalInt tokens(Optional<Fields> inference, SamplingRequest samplingRequest) {
    int most = Math.min(MAX_TOKENS, samplingRequest.maxOutputTokens());
    String field = "max_output_tokens";
    if (inference.filter(fields -> fields.has(field)).isEmpty()) {
      return OptionalInt.of(Math.max(1, most));
    }
    Fields fields = inference.get();
    OptionalInt asked = fields.wholeNumber(field, 1, MAX_TOKENS);
    if (asked.isPresent() && asked.getAsInt() > most) {
      fields.add(
          field,
          "%s is %d but must be at most %d: 128 for each second between results"
              .formatted(field, asked.getAsInt(), most));
    }
    return asked;
  }
}
