package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The body of {@code POST /streams}.
 *
 * @param webrtc the offer, in requests of variant A
 * @param source the video's source, in requests of variant B; without either, the service creates a
 *     LiveKit room (variant C)
 * @param mode clip or frame; if missing, derived from {@code processing}
 * @param processing which frames and how often
 * @param inference the prompt and the model
 * @param client the caller's id for the request
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CreateStreamRequest(
    Optional<SdpMessage> webrtc,
    Optional<StreamSource> source,
    Optional<Mode> mode,
    @JsonProperty(required = true) Processing processing,
    @JsonProperty(required = true) Inference inference,
    Optional<ClientInfo> client) {

  public CreateStreamRequest {
    Objects.requireNonNull(processing, "processing");
    Objects.requireNonNull(inference, "inference");
  }

  /**
   * Variant A, as the clients of January 2026 sent it: the offer in {@code webrtc}, no {@code
   * mode}. Every server of v0.2 supports it.
   */
  public static CreateStreamRequest ofOffer(
      String sdp, Processing processing, Inference inference) {
    return new CreateStreamRequest(
        Optional.of(SdpMessage.offer(sdp)),
        Optional.empty(),
        Optional.empty(),
        processing,
        inference,
        Optional.empty());
  }

  /** Variant B, as the clients of February 2026 sent it: {@code source}, always with a mode. */
  public static CreateStreamRequest ofSource(
      StreamSource source, Processing processing, Inference inference) {
    return new CreateStreamRequest(
        Optional.empty(),
        Optional.of(source),
        Optional.of(processing.mode()),
        processing,
        inference,
        Optional.empty());
  }

  /** A copy with the caller's id for the request. */
  public CreateStreamRequest withRequestId(String requestId) {
    return new CreateStreamRequest(
        webrtc,
        source,
        mode,
        processing,
        inference,
        Optional.of(new ClientInfo(Optional.of(requestId))));
  }

  /** Whether the response must contain an SDP answer. */
  public boolean offersPeerConnection() {
    return webrtc.isPresent() || source.filter(StreamSource.WebRtc.class::isInstance).isPresent();
  }

  /**
   * What the service would refuse; empty if nothing. Excludes {@code fps * sampling_ratio *
   * clip_length / delay <= 30}, a rule of one client of January 2026 that later clients broke.
   */
  public List<InvalidField> problems() {
    InvalidFields problems = new InvalidFields();
    webrtc.ifPresent(offer -> checkOffer(offer, problems));
    source.ifPresent(video -> problems.under("source", video.problems()));
    mode.filter(asked -> asked != processing.mode())
        .ifPresent(
            asked ->
                problems.add(
                    "mode", "does not fit processing: interval_seconds belongs to frame only"));
    problems.under("processing", processing.problems());
    problems.under("inference", inference.problems());
    inference
        .maxOutputTokens()
        .filter(tokens -> tokens > processing.maxOutputTokens())
        .ifPresent(tokens -> tooManyTokens(tokens, problems));
    return problems.list();
  }

  private void checkOffer(SdpMessage offer, InvalidFields problems) {
    if (source.isPresent()) {
      problems.add("webrtc", "can't be combined with source: use either");
    }
    if (!offer.type().equals(SdpMessage.OFFER)) {
      problems.add("webrtc.type", "is not offer but must be");
    }
    if (offer.sdp().isBlank()) {
      problems.add("webrtc.sdp", "is empty but must be the SDP of the offer");
    }
  }

  private void tooManyTokens(int tokens, InvalidFields problems) {
    problems.add(
        "inference.max_output_tokens",
        "is "
            + tokens
            + ": with a result every "
            + InvalidFields.text(processing.intervalBetweenResults())
            + " seconds at most "
            + processing.maxOutputTokens()
            + " are allowed ("
            + Processing.TOKENS_PER_SECOND
            + " per second)");
  }
}
