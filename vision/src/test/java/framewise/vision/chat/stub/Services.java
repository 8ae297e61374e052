package framewise.vision.chat.stub;

import framewise.vision.ClipBackend;
import framewise.vision.anthropic.AnthropicBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.PictureEncoding;
import framewise.vision.gemini.GeminiBackend;
import framewise.vision.local.LocalBackend;
import framewise.vision.mistral.MistralBackend;
import framewise.vision.openai.OpenAiBackend;
import framewise.vision.overshoot.OvershootBackend;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The services, each with its back end and wire format. */
@SuppressWarnings("ImmutableEnumChecker") // records and lambdas without state
public enum Services {
  OPENAI(new OpenAiForm("/v1", "/max_completion_tokens"), OpenAiBackend::of),
  LOCAL(new OpenAiForm("/v1", "/max_tokens"), LocalBackend::at),
  OVERSHOOT(new OpenAiForm("/v1beta", "/max_completion_tokens"), OvershootBackend::own),
  MISTRAL(new OpenAiForm("/v1", "/max_tokens"), MistralBackend::of),
  GEMINI(new GeminiForm(), GeminiBackend::of),
  ANTHROPIC(new AnthropicForm(), AnthropicBackend::of);

  public static final String KEY = "sk-a-key-that-must-not-be-seen";

  private final WireForm form;
  private final Function<Access, ClipBackend> maker;

  Services(WireForm form, Function<Access, ClipBackend> maker) {
    this.form = form;
    this.maker = maker;
  }

  /** One service per wire format. */
  public static List<Services> ofEachWire() {
    return List.of(LOCAL, GEMINI, ANTHROPIC);
  }

  public WireForm form() {
    return form;
  }

  public ClipBackend backend(ServiceStub stub) {
    return backend(stub, Duration.ofSeconds(20));
  }

  public ClipBackend backend(ServiceStub stub, Duration timeout) {
    return backend(stub.address(form.base()), timeout);
  }

  public ClipBackend backend(URI address, Duration timeout) {
    return backend(
        new Access(
            Optional.of(KEY),
            Optional.of(address),
            Optional.of("asked-for"),
            timeout,
            PictureEncoding.DEFAULT));
  }

  public ClipBackend backend(Access access) {
    return maker.apply(access);
  }
}
