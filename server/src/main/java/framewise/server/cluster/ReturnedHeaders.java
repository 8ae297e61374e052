package framewise.server.cluster;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers of another node's response that this node passes on to the caller. Each node sets
 * everything about its callers and their browsers itself, such as cookies and CORS headers.
 */
final class ReturnedHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "accept-post",
          "accept-ranges",
          "cache-control",
          "content-disposition",
          "content-length",
          "content-range",
          "content-type",
          "etag",
          "last-modified",
          "link",
          "retry-after",
          "x-accel-buffering",
          "x-ratelimit-limit",
          "x-ratelimit-remaining",
          "x-ratelimit-reset");

  private static final String OWN = "x-framewise-";
  private static final String LOCATION = "location";

  private ReturnedHeaders() {}

  /** Adds them to this node's response. */
  static void pass(HttpHeaders answer, Context context) {
    answer
        .map()
        .forEach(
            (name, values) -> {
              if (isReturned(name.toLowerCase(Locale.ROOT), values)) {
                context.header(name, values.getFirst());
                values.stream().skip(1).forEach(more -> context.res().addHeader(name, more));
              }
            });
  }

  private static boolean isReturned(String name, List<String> values) {
    return NAMES.contains(name)
        || name.startsWith(OWN)
        || (name.equals(LOCATION) && values.size() == 1 && isPath(values.getFirst()));
  }

  /** Whether a URL leads to this service, also in browsers, which take {@code ///x} for a host. */
  private static boolean isPath(String url) {
    try {
      return new URI(url).getScheme() == null && !url.startsWith("//");
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
