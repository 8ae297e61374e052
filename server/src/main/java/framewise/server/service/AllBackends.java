package framewise.server.service;

import framewise.engine.backend.overshoot.OvershootService;
import framewise.overshoot.BaseUrl;
import framewise.overshoot.Secret;
import framewise.overshoot.Timeouts;
import framewise.overshoot.wire.Inference;
import framewise.server.config.Provider;
import framewise.server.config.Settings;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.UnavailableBackend;
import framewise.vision.anthropic.AnthropicBackend;
import framewise.vision.chat.Access;
import framewise.vision.gemini.GeminiBackend;
import framewise.vision.local.LocalBackend;
import framewise.vision.openai.OpenAiBackend;
import framewise.vision.overshoot.OvershootBackend;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Which back ends there are, in the order in which they are preferred. */
public final class AllBackends implements AutoCloseable {
  private static final String BUILTIN_NEEDS_NONE =
      " The back end builtin answers now, and needs no key.";

  private final Settings settings;
  private final Optional<URI> overshootChat;
  private final Optional<OvershootService> overshoot;
  private final List<Runnable> ends = new ArrayList<>();
  private final Backends backends;

  /**
   * The services that need a key, which say what they miss, then those that need none.
   *
   * @param builtin what answers in this process
   * @param measured makes of each back end the one that is used
   */
  public AllBackends(Settings settings, Backend builtin, UnaryOperator<Backend> measured) {
    this.settings = settings;
    Provider service = settings.provider("overshoot");
    this.overshootChat =
        service
            .baseUrl()
            .filter(address -> service.key().isPresent())
            .flatMap(OvershootBackend::generation);
    this.overshoot =
        service
            .key()
            .filter(key -> overshootChat.isEmpty())
            .map(key -> new OvershootService(access(key), settings.mediaNetwork().peerOptions()));
    List<Backend> preferred = new ArrayList<>();
    settings.providers().forEach(provider -> preferred.add(of(provider)));
    preferred.add(builtin);
    this.backends = new Backends(preferred.stream().map(measured).toList());
  }

  public Backends backends() {
    return backends;
  }

  /** Ends every stream to a service, and every look for one. */
  @Override
  public void close() {
    overshoot.ifPresent(OvershootService::close);
    ends.forEach(Runnable::run);
  }

  /** Straight to the provider where its own key is set, else through Overshoot. */
  private Backend of(Provider provider) {
    if (provider.name().equals("local")) {
      return local(provider);
    }
    if (provider.key().isPresent()) {
      switch (provider.name()) {
        case "gemini" -> {
          return GeminiBackend.of(direct(provider));
        }
        case "openai" -> {
          return OpenAiBackend.of(direct(provider));
        }
        case "anthropic" -> {
          return AnthropicBackend.of(direct(provider));
        }
        default -> {}
      }
    }
    return overshootChat
        .<Backend>map(address -> overChat(provider, address))
        .or(() -> overshoot.map(service -> service.backend(provider.name(), models(provider))))
        .orElseGet(() -> new UnavailableBackend(provider.name(), missing(provider)));
  }

  private Backend local(Provider provider) {
    if (provider.baseUrl().isEmpty() && !settings.findLocal()) {
      return new UnavailableBackend(
          "local",
          "LOCAL_BASE_URL must be provided: the address of a server that speaks OpenAI's API."
              + BUILTIN_NEEDS_NONE);
    }
    LocalBackend local =
        provider.baseUrl().isPresent()
            ? LocalBackend.at(direct(provider))
            : LocalBackend.found(direct(provider), settings.port());
    ends.add(local::close);
    return local;
  }

  /** Overshoot's own models, or those of one provider, by the newer of its APIs. */
  private Backend overChat(Provider provider, URI address) {
    Optional<String> key = settings.provider("overshoot").key().map(Secret::reveal);
    var access =
        new Access(
            key,
            Optional.of(address),
            provider.model(),
            settings.provider("overshoot").timeout(),
            settings.pictures());
    String usual =
        provider.name().equals("overshoot")
            ? "google/gemma-4-26B-A4B-it"
            : models(provider).getFirst();
    OvershootBackend backend =
        OvershootBackend.of(
            provider.name(), access, usual, model -> belongs(provider.name(), model));
    ends.add(backend::close);
    return backend;
  }

  private static boolean belongs(String provider, String model) {
    return switch (provider) {
      case "gemini" -> model.startsWith("gemini");
      case "openai" -> model.startsWith("gpt");
      case "anthropic" -> model.startsWith("claude");
      default -> true;
    };
  }

  private Access direct(Provider provider) {
    return new Access(
        provider.key().map(Secret::reveal),
        provider.baseUrl(),
        provider.model(),
        provider.timeout(),
        settings.pictures());
  }

  private framewise.overshoot.v02.Settings access(Secret key) {
    BaseUrl url =
        settings
            .provider("overshoot")
            .baseUrl()
            .map(address -> BaseUrl.of(address.toString()))
            .orElse(framewise.overshoot.v02.Settings.DEFAULT_BASE_URL);
    Duration most = settings.provider("overshoot").timeout();
    Timeouts usual = Timeouts.DEFAULT;
    Duration connect = most.compareTo(usual.connect()) < 0 ? most : usual.connect();
    return framewise.overshoot.v02.Settings.of(url, key)
        .withTimeouts(new Timeouts(connect, most, usual.ping(), usual.farewell()));
  }

  /** What Overshoot is asked for; the default first. */
  private static List<String> models(Provider provider) {
    List<String> known =
        switch (provider.name()) {
          case "overshoot" -> List.of(Inference.DEFAULT_MODEL, "Qwen/Qwen3-VL-8B-Instruct");
          case "gemini" -> List.of("gemini-2.0-flash");
          case "openai" -> List.of("gpt-5.4");
          case "anthropic" -> List.of("claude-sonnet-4-6");
          default -> List.<String>of();
        };
    return Stream.concat(provider.model().stream(), known.stream()).distinct().toList();
  }

  private static String missing(Provider provider) {
    String own =
        provider.name().equals("overshoot")
            ? ""
            : ", or " + provider.name().toUpperCase(Locale.ROOT) + "_API_KEY";
    return "OVERSHOOT_API_KEY must be provided%s: set it in the environment or in the .env file and start again.%s"
        .formatted(own, BUILTIN_NEEDS_NONE);
  }
}
