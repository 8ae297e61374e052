package framewise.vision.local;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import framewise.media.picture.Clip;
import framewise.media.picture.FrameSize;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.Backend;
import framewise.vision.ClipBackend;
import framewise.vision.FailureKind;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.Reasoning;
import framewise.vision.RefusedParameter;
import framewise.vision.UnavailableBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.ModelWatch;
import framewise.vision.chat.Provider;
import framewise.vision.chat.Requests;
import framewise.vision.chat.VisionModels;
import framewise.vision.openai.OpenAiModels;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A self-hosted server with OpenAI's API: llama.cpp, Ollama, vLLM, LM Studio. Its address is
 * configured, or found at the usual ports of this computer.
 */
public final class LocalBackend implements ClipBackend {
  /** Default ports of Ollama, LM Studio, llama.cpp and vLLM. */
  static final List<Integer> DEFAULT_PORTS = List.of(11_434, 1_234, 8_080, 8_000);

  /** Servers with one model accept any name; the others list theirs. */
  private static final String ANY_MODEL = "default";

  public static final Provider PROVIDER =
      Provider.of("local", "The local server", "LOCAL", "v1", ANY_MODEL, LocalBackend::of)
          .withoutKey(Duration.ofMinutes(2));

  /** Concurrent requests, as for the other services. */
  private static final int CONCURRENCY = 4;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final Access access;
  private final ModelWatch watch;
  private volatile Optional<ServerBackend> served = Optional.empty();

  private record ServerBackend(URI baseUrl, ChatBackend backend) {}

  LocalBackend(Access access, ModelWatch watch) {
    this.access = access;
    this.watch = watch;
  }

  /** A server at its address, or found later, or a placeholder that says what is missing. */
  static Backend of(Access access, Provider.LocalSearch search) {
    if (access.baseUrl().isPresent()) {
      return at(access);
    }
    return search.on()
        ? found(access, search.ownPort())
        : new UnavailableBackend(
            PROVIDER.name(),
            "LOCAL_BASE_URL must be provided: the address of a server that speaks OpenAI's API."
                + UnavailableBackend.BUILTIN_NEEDS_NONE);
  }

  /**
   * A server at a known address. Counts as ready even while it is down.
   *
   * @param access has an address
   */
  public static LocalBackend at(Access access) {
    return new LocalBackend(access, watch(List.of(access.baseUrl().orElseThrow())));
  }

  /**
   * A server found on this computer, now or later. Only used when named, because its model may not
   * accept pictures.
   *
   * @param access has no address
   * @param ownPort never contacted
   */
  public static LocalBackend found(Access access, int ownPort) {
    return new LocalBackend(access, watch(addresses(ownPort)));
  }

  static List<URI> addresses(int ownPort) {
    return DEFAULT_PORTS.stream()
        .filter(port -> port != ownPort)
        .map(port -> URI.create("http://127.0.0.1:%d/v1".formatted(port)))
        .toList();
  }

  private static ModelWatch watch(List<URI> addresses) {
    return new ModelWatch(PROVIDER.name(), addresses, LOOK_EVERY, TIMEOUT);
  }

  @Override
  public String name() {
    return PROVIDER.name();
  }

  @Override
  public boolean answersOnlyWhenNamed() {
    return access.baseUrl().isEmpty();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public Readiness readiness() {
    if (access.baseUrl().isPresent()) {
      return Readiness.READY;
    }
    Optional<ModelWatch.LocalServer> found = watch.found();
    if (found.isEmpty()) {
      return Readiness.missing(
          "LOCAL_BASE_URL must be provided: the address of a server that speaks OpenAI's"
              + " API. Framewise found none on the usual ports of this machine (Ollama, LM"
              + " Studio, llama.cpp, vLLM). Start one, and Framewise uses it.");
    }
    return model(found).isPresent()
        ? Readiness.READY
        : Readiness.missing(
            ("The local server at %s has no model: load one that accepts pictures, for"
                    + " example with \"ollama pull qwen2.5vl\".")
                .formatted(found.get().baseUrl()));
  }

  @Override
  public List<String> models() {
    Optional<ModelWatch.LocalServer> found = watch.found();
    Stream<String> first = model(found).stream();
    Stream<String> all = found.stream().flatMap(server -> server.models().stream());
    List<String> models = Stream.concat(first, all).distinct().toList();
    return models.isEmpty() && access.baseUrl().isPresent() ? List.of(ANY_MODEL) : models;
  }

  @Override
  public List<String> capabilities() {
    return PROVIDER.capabilities();
  }

  @Override
  public List<RefusedParameter> refusedParameters() {
    return served.map(server -> server.backend().refusedParameters()).orElse(List.of());
  }

  @Override
  public int concurrency() {
    return CONCURRENCY;
  }

  @Override
  public Duration answerTimeout() {
    return access.answerTimeout();
  }

  @Override
  public FrameSize pictureSize(String prompt) {
    return access.pictures().sizeFor(prompt);
  }

  @Override
  public Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException {
    Optional<ModelWatch.LocalServer> found = watch.found();
    URI address =
        access
            .baseUrl()
            .or(() -> found.map(ModelWatch.LocalServer::baseUrl))
            .orElseThrow(() -> new AnswerException(FailureKind.UNREACHABLE, serverStopped()));
    String model = question.model().or(() -> model(found)).orElse(ANY_MODEL);
    try {
      return backendAt(address).ask(clip, question.withModel(model), listener);
    } catch (AnswerException e) {
      if (e.kind() == FailureKind.UNREACHABLE) {
        watch.lookAgain();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    watch.close();
  }

  /** The configured model, else the one that seems to accept pictures. */
  private Optional<String> model(Optional<ModelWatch.LocalServer> found) {
    return access.model().or(() -> found.flatMap(server -> VisionModels.pick(server.models())));
  }

  private ChatBackend backendAt(URI address) {
    Optional<ServerBackend> made = served.filter(known -> known.baseUrl().equals(address));
    if (made.isPresent()) {
      return made.get().backend();
    }
    var fresh = new ServerBackend(address, backend(address));
    served = Optional.of(fresh);
    return fresh.backend();
  }

  private ChatBackend backend(URI address) {
    String advice =
        access.baseUrl().isPresent()
            ? "LOCAL_BASE_URL and LOCAL_MODEL"
            : "whether it still runs at " + address;
    var profile =
        new ChatBackend.Profile(
            PROVIDER.name(),
            PROVIDER.title(),
            List.of(ANY_MODEL),
            PROVIDER.capabilities(),
            advice,
            Map.of(),
            new ChatBackend.Address(PROVIDER.addressSetting(), PROVIDER.version()));
    Access there = access.at(address);
    return new ChatBackend(profile, there, () -> OpenAiModels.of(there), LocalBackend::parameters);
  }

  /**
   * vLLM, SGLang and llama.cpp switch reasoning on or off in the model's chat template; the field
   * of OpenAI's API has no effect on most of their models.
   */
  private static ChatRequestParameters parameters(Question question) {
    var parameters = OpenAiChatRequestParameters.builder();
    question.maxOutputTokens().ifPresent(parameters::maxOutputTokens);
    Requests.format(question).ifPresent(parameters::responseFormat);
    question
        .reasoning()
        .map(reasoning -> Map.<String, Object>of("enable_thinking", reasoning != Reasoning.OFF))
        .map(switched -> Map.<String, Object>of("chat_template_kwargs", switched))
        .ifPresent(parameters::customParameters);
    return parameters.build();
  }

  private static String serverStopped() {
    return "The local server has stopped: start it again, or set LOCAL_BASE_URL.";
  }
}
