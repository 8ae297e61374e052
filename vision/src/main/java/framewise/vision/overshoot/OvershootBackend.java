package framewise.vision.overshoot;

import framewise.media.picture.Clip;
import framewise.media.picture.FrameSize;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.FailureKind;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.RefusedParameter;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.ModelWatch;
import framewise.vision.chat.Provider;
import framewise.vision.chat.VisionModels;
import framewise.vision.openai.OpenAiModels;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The back end for Overshoot.ai's API v1beta: OpenAI's chat completions, with the pictures in the
 * request. It is here rather than with the client of v0.2 because everything except its error
 * messages and regions is the same as for the other chat models.
 */
public final class OvershootBackend implements ClipBackend {
  /** Overshoot's own models; it also relays to other providers. */
  public static final Provider PROVIDER =
      Provider.of(
              "overshoot",
              "Overshoot.ai",
              "OVERSHOOT",
              "v1beta",
              "google/gemma-4-26B-A4B-it",
              (access, search) -> own(access))
          .relayedByOvershoot("");

  private static final String ADDRESS = "OVERSHOOT_API_URL";
  private static final String REGION = "X-Overshoot-Region";
  private static final String GENERATION = "/v1beta";
  private static final String HOST = "api.overshoot.ai";

  /** The original system's messages, if it has any. */
  private static final Map<FailureKind, String> WORDS =
      Map.of(
          FailureKind.UNREACHABLE,
              "Failed to connect to Overshoot.ai: check the network and OVERSHOOT_API_URL",
          FailureKind.TIMEOUT, "Timeout connecting to Overshoot.ai: it did not answer in time",
          FailureKind.UNAUTHORIZED, "Overshoot.ai refused the API key: check OVERSHOOT_API_KEY",
          FailureKind.INSUFFICIENT_CREDITS, "The Overshoot.ai account has no credits left");

  private static final Duration LOOK_EVERY = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final ChatBackend chat;
  private final String usualModel;
  private final Predicate<String> own;
  private final ModelWatch watch;

  /** Headers that select the region, once the service has named it. */
  private volatile Map<String, String> region = Map.of();

  private OvershootBackend(
      String name, Access access, String usualModel, Predicate<String> own, ModelWatch watch) {
    this.usualModel = usualModel;
    this.own = own;
    this.watch = watch;
    var profile =
        new ChatBackend.Profile(
            name,
            PROVIDER.title(),
            List.of(usualModel),
            PROVIDER.capabilities(),
            PROVIDER.keySetting() + " and " + ADDRESS,
            WORDS,
            new ChatBackend.Address(ADDRESS, PROVIDER.version()));
    this.chat =
        new ChatBackend(
            profile,
            access,
            () -> OpenAiModels.of(access, this::regionHeader),
            OpenAiModels::parameters);
  }

  /** The API's address if it speaks v1beta; empty for another generation. */
  public static Optional<URI> generation(URI address) {
    String text = address.toString().replaceAll("/+$", "");
    if (text.endsWith(GENERATION)) {
      return Optional.of(URI.create(text));
    }
    boolean newHost = HOST.equalsIgnoreCase(address.getHost()) && text.endsWith(HOST);
    return newHost ? Optional.of(URI.create(text + GENERATION)) : Optional.empty();
  }

  /**
   * Starts watching which of the service's own models are available.
   *
   * @param access has a key and an address
   */
  public static OvershootBackend own(Access access) {
    return relay(PROVIDER, access);
  }

  /**
   * Starts watching which models of a provider are available; sends nothing else before a question.
   *
   * @param provider a provider that Overshoot relays to; its default model is used if available and
   *     no other is named
   * @param access to Overshoot, with a key and an address
   */
  public static OvershootBackend relay(Provider provider, Access access) {
    String family = provider.atOvershoot().orElseThrow();
    return new OvershootBackend(
        provider.name(),
        access,
        access.model().orElse(provider.defaultModel()),
        model -> model.startsWith(family),
        new ModelWatch(
            provider.name(), List.of(access.baseUrl().orElseThrow()), LOOK_EVERY, TIMEOUT));
  }

  @Override
  public String name() {
    return chat.name();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public Readiness readiness() {
    return Readiness.READY;
  }

  @Override
  public List<String> models() {
    return Stream.concat(Stream.of(usual()), known().stream()).distinct().toList();
  }

  @Override
  public List<String> capabilities() {
    return chat.capabilities();
  }

  @Override
  public List<RefusedParameter> refusedParameters() {
    return chat.refusedParameters();
  }

  @Override
  public int concurrency() {
    return chat.concurrency();
  }

  @Override
  public Duration answerTimeout() {
    return chat.answerTimeout();
  }

  @Override
  public FrameSize pictureSize(String prompt) {
    return chat.pictureSize(prompt);
  }

  @Override
  public Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException {
    Question named = question.withModel(question.model().orElseGet(this::usual));
    try {
      return chat.ask(clip, named, listener);
    } catch (AnswerException e) {
      // Routes the next clip to where this one should have gone.
      ChatBackend.refusalOf(e)
          .map(body -> body.at("/detail/expected_region").asText())
          .filter(expected -> expected.matches("[a-z0-9-]{1,40}"))
          .ifPresent(expected -> region = Map.of(REGION, expected));
      throw e;
    }
  }

  @Override
  public void close() {
    watch.close();
  }

  private String usual() {
    List<String> known = known();
    return known.isEmpty() || known.contains(usualModel)
        ? usualModel
        : VisionModels.pick(known).orElse(usualModel);
  }

  private List<String> known() {
    return watch.found().stream()
        .flatMap(service -> service.models().stream())
        .filter(own)
        .toList();
  }

  private Map<String, String> regionHeader() {
    return region;
  }
}
