package framewise.server.service;

import framewise.server.config.ProviderSettings;
import framewise.server.config.Settings;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.UnavailableBackend;
import framewise.vision.chat.Provider;
import framewise.vision.overshoot.OvershootBackend;
import framewise.vision.provider.Providers;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All back ends, in order of preference. */
public final class AllBackends implements AutoCloseable {
  private final Settings settings;
  private final OvershootRelay overshoot;
  private final List<Backend> remote;
  private final Backends backends;

  /**
   * Creates them: first services that need a key, whether it is set or not, then those that need
   * none.
   *
   * @param builtin the model in this process
   * @param measured wraps each back end
   */
  public AllBackends(Settings settings, Backend builtin, UnaryOperator<Backend> measured) {
    this.settings = settings;
    this.overshoot = new OvershootRelay(settings);
    this.remote =
        Stream.concat(
                Stream.of(overshoot.own().orElseGet(() -> unavailable(OvershootBackend.PROVIDER))),
                Providers.ALL.stream().map(this::of))
            .toList();
    this.backends =
        new Backends(Stream.concat(remote.stream(), Stream.of(builtin)).map(measured).toList());
  }

  public Backends backends() {
    return backends;
  }

  /** Ends all streams to services, and all pending discovery. */
  @Override
  public void close() {
    overshoot.close();
    remote.forEach(Backend::close);
  }

  /** The provider's own service where its key is set, otherwise Overshoot. */
  private Backend of(Provider provider) {
    ProviderSettings own = settings.provider(provider);
    if (provider.needsKey() && own.key().isEmpty()) {
      return overshoot.to(provider).orElseGet(() -> unavailable(provider));
    }
    return provider
        .factory()
        .make(
            own.access(settings.pictures()),
            new Provider.LocalSearch(settings.findLocal(), settings.port()));
  }

  private static Backend unavailable(Provider provider) {
    Stream<String> relay =
        provider.atOvershoot().map(models -> OvershootBackend.PROVIDER.keySetting()).stream();
    List<String> keys = Stream.concat(relay, Stream.of(provider.keySetting())).distinct().toList();
    String others = keys.stream().skip(1).map(", or %s"::formatted).collect(Collectors.joining());
    return new UnavailableBackend(
        provider.name(),
        "%s must be provided%s: set it in the environment or in the .env file and start again.%s"
            .formatted(keys.getFirst(), others, UnavailableBackend.BUILTIN_NEEDS_NONE));
  }
}
