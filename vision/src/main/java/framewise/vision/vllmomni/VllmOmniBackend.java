package framewise.vision.vllmomni;

import framewise.media.Sampling;
import framewise.vision.Backend;
import framewise.vision.OpenStream;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.StreamBackend;
import framewise.vision.StreamEnd;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import framewise.vision.UnavailableBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.Provider;
import java.time.Duration;
import java.util.List;

/**
 * The back end for vLLM-Omni's streaming video input, {@code /v1/video/chat/stream}.
 *
 * @param access has an address
 */
public record VllmOmniBackend(Access access) implements StreamBackend {
  /** A server hosts one model, whose name may be left out. */
  private static final String ANY_MODEL = "default";

  public static final Provider PROVIDER =
      Provider.of(
              "vllm_omni",
              "vLLM-Omni",
              "VLLM_OMNI",
              "v1",
              ANY_MODEL,
              (access, search) -> of(access))
          .withoutKey(Duration.ofSeconds(30))
          .with(List.of("describe", "read", "count", "language"));

  /** A server at its address, or a placeholder that says what is missing. */
  static Backend of(Access access) {
    return access.baseUrl().isPresent()
        ? new VllmOmniBackend(access)
        : new UnavailableBackend(
            PROVIDER.name(),
            PROVIDER.addressSetting()
                + " must be provided: the address of a server of vLLM-Omni, such as"
                + " http://gpu:8091/v1."
                + UnavailableBackend.BUILTIN_NEEDS_NONE);
  }

  @Override
  public String name() {
    return PROVIDER.name();
  }

  /** Ready even while the server is down: sessions reconnect. */
  @Override
  public Readiness readiness() {
    return Readiness.READY;
  }

  @Override
  public List<String> models() {
    return List.of(access.model().orElse(ANY_MODEL));
  }

  @Override
  public List<String> capabilities() {
    return PROVIDER.capabilities();
  }

  @Override
  public OpenStream open(Question question, Sampling sampling, StreamListener listener)
      throws StreamRefusedException, InterruptedException {
    if (question.outputSchema().isPresent()) {
      String detail =
          PROVIDER.title()
              + " does not support output_schema: leave it out, or choose another back end.";
      throw new StreamRefusedException(
          new StreamEnd("schema_unsupported", detail, StreamEnd.Cure.OTHER_REQUEST), null);
    }
    String model = question.model().orElse(models().getFirst());
    var config =
        new OmniConfig(
            model.equals(ANY_MODEL) ? "" : model,
            question.system(),
            question.maxOutputTokens(),
            sampling.framesPerClip());
    return OmniSession.open(access, config, question.prompt(), sampling, listener);
  }
}
