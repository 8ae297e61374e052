package framewise.server.http;

import java.util.Map;
import java.util.Optional;

/** Headers for browsers, set on every response. */
public interface PageHeaders {
  /**
   * Sets the headers of a response.
   *
   * @param path of the request
   * @param origin of the requesting page, from the request's header
   */
  Map<String, String> headers(String path, Optional<String> origin);
}
