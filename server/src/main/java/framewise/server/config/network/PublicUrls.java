package framewise.server.config.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Public URLs of the service where it can't detect them, such as behind a proxy.
 *
 * @param urls http or https, with a host and without user, query or fragment
 */
public record PublicUrls(List<URI> urls) {
  public PublicUrls {
    urls = List.copyOf(urls);
  }

  /**
   * Parses a comma-separated list.
   *
   * @return empty when an entry is invalid
   */
  public static Optional<PublicUrls> parse(String text) {
    List<URI> urls = new ArrayList<>();
    if (text.isBlank()) {
      return Optional.of(new PublicUrls(urls));
    }
    for (String one : text.split(",", -1)) {
      Optional<URI> url = url(one.strip());
      if (url.isEmpty()) {
        return Optional.empty();
      }
      urls.add(url.get());
    }
    return Optional.of(new PublicUrls(urls));
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      boolean sound =
          (scheme.equals("http") || scheme.equals("https"))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      return sound ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }
}
