package framewise.server.service;

import framewise.engine.backend.overshoot.OvershootService;
import framewise.overshoot.OvershootUrl;
import framewise.overshoot.Secret;
import framewise.overshoot.Timeouts;
import framewise.server.config.ProviderSettings;
import framewise.server.config.Settings;
import framewise.vision.Backend;
import framewise.vision.chat.Access;
import framewise.vision.chat.Provider;
import framewise.vision.overshoot.OvershootBackend;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Overshoot.ai, through the one of its two APIs that the URL serves: its own models, and those of
 * the providers that it relays to. Everything is empty without a key.
 */
final class OvershootRelay implements AutoCloseable {
  private final Settings settings;
  private final ProviderSettings account;
  private final Optional<URI> chat;
  private final Optional<OvershootService> streams;

  OvershootRelay(Settings settings) {
    this.settings = settings;
    this.account = settings.overshoot();
    this.chat =
        account
            .baseUrl()
            .filter(address -> account.key().isPresent())
            .flatMap(OvershootBackend::generation);
    this.streams =
        account
            .key()
            .filter(key -> chat.isEmpty())
            .map(key -> new OvershootService(access(key), settings.mediaNetwork().peerOptions()));
  }

  /** The service's own models. */
  Optional<Backend> own() {
    return chat.<Backend>map(address -> OvershootBackend.own(access(address, account.model())))
        .or(() -> streams.map(OvershootService::own));
  }

  /** A provider's models, where the service relays to it. */
  Optional<Backend> to(Provider provider) {
    if (provider.atOvershoot().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> model = settings.provider(provider).model();
    return chat.<Backend>map(address -> OvershootBackend.relay(provider, access(address, model)))
        .or(
            () ->
                streams.map(
                    service ->
                        service.backend(
                            provider.name(),
                            Stream.concat(model.stream(), Stream.of(provider.defaultModel()))
                                .distinct()
                                .toList())));
  }

  /** Ends all streams to the service. */
  @Override
  public void close() {
    streams.ifPresent(OvershootService::close);
  }

  private Access access(URI address, Optional<String> model) {
    return new Access(
        account.key().map(Secret::reveal),
        Optional.of(address),
        model,
        account.timeout(),
        settings.pictures());
  }

  private framewise.overshoot.v02.ClientSettings access(Secret key) {
    OvershootUrl url =
        account
            .baseUrl()
            .map(address -> OvershootUrl.of(address.toString()))
            .orElse(framewise.overshoot.v02.ClientSettings.DEFAULT_BASE_URL);
    Duration most = account.timeout();
    Timeouts usual = Timeouts.DEFAULT;
    Duration connect = most.compareTo(usual.connect()) < 0 ? most : usual.connect();
    return framewise.overshoot.v02.ClientSettings.of(url, key)
        .withTimeouts(new Timeouts(connect, most, usual.ping(), usual.farewell()));
  }
}
