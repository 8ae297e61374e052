package framewise.vision.chat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a chat model is reached. Does not print its key, nor a password in its address.
 *
 * @param key empty where none is needed
 * @param baseUrl with the version in it, such as {@code https://api.openai.com/v1}; empty for the
 *     provider's own
 * @param model the one that is asked when none is named; empty for the back end's choice
 * @param timeout for a whole answer
 * @param pictures how they are sent
 */
public record Access(
    Optional<String> key,
    Optional<URI> baseUrl,
    Optional<String> model,
    Duration timeout,
    PictureForm pictures) {
  /**
   * The address that the paths of calls follow, without its query; empty for the provider's own.
   */
  public Optional<String> root() {
    return base().map(BaseUrl::root);
  }

  Optional<BaseUrl> base() {
    return baseUrl.map(BaseUrl::new);
  }

  /** What must never be shown: an address may have a password in it, and errors name addresses. */
  List<String> secrets() {
    Stream<String> ofUrl =
        Stream.of(baseUrl.map(URI::getRawUserInfo), baseUrl.map(URI::getUserInfo))
            .flatMap(Optional::stream);
    Stream<String> ofQuery = base().stream().flatMap(base -> base.secrets().stream());
    return Stream.of(key.stream(), ofUrl, ofQuery).flatMap(secrets -> secrets).distinct().toList();
  }

  /** The same, at this address. */
  public Access at(URI address) {
    return new Access(key, Optional.of(address), model, timeout, pictures);
  }

  /** For a whole question: its answer, and the one that mends it where the schema was not kept. */
  public Duration patience() {
    return timeout.multipliedBy(2);
  }

  @Override
  public String toString() {
    String whole =
        "Access[%s, %s, key %s]".formatted(baseUrl, model, key.isPresent() ? "***" : "not set");
    return new Concealed(secrets()).in(whole);
  }
}
