package framewise.vision.chat;

import framewise.vision.chat.wire.BaseUrl;
import framewise.vision.chat.wire.SecretRedactor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to reach a chat model. Never prints its key, nor a password in its address.
 *
 * @param key empty when not needed
 * @param baseUrl including the version, such as {@code https://api.openai.com/v1}; empty for the
 *     provider's default
 * @param model the default model; empty for the back end's choice
 * @param timeout for a whole answer
 * @param pictures how to send them
 */
public record Access(
    Optional<String> key,
    Optional<URI> baseUrl,
    Optional<String> model,
    Duration timeout,
    PictureEncoding pictures) {
  /** The address before the paths of calls, without its query; empty for the provider's default. */
  public Optional<String> root() {
    return base().map(BaseUrl::root);
  }

  Optional<BaseUrl> base() {
    return baseUrl.map(BaseUrl::new);
  }

  /**
   * Texts that must never be shown: an address may contain a password, and errors quote addresses.
   */
  List<String> secrets() {
    Stream<String> ofUrl =
        Stream.of(baseUrl.map(URI::getRawUserInfo), baseUrl.map(URI::getUserInfo))
            .flatMap(Optional::stream);
    Stream<String> ofQuery = base().stream().flatMap(base -> base.secrets().stream());
    return Stream.of(key.stream(), ofUrl, ofQuery).flatMap(secrets -> secrets).distinct().toList();
  }

  /** A copy with this address. */
  public Access at(URI address) {
    return new Access(key, Optional.of(address), model, timeout, pictures);
  }

  /**
   * Time-out for a whole question: its answer, and the one that corrects it if it violates the
   * schema.
   */
  public Duration answerTimeout() {
    return timeout.multipliedBy(2);
  }

  @Override
  public String toString() {
    String whole =
        "Access[%s, %s, key %s]".formatted(baseUrl, model, key.isPresent() ? "***" : "not set");
    return new SecretRedactor(secrets()).in(whole);
  }
}
