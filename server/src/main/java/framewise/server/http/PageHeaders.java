package framewise.server.http;

import java.util.Map;
import java.util.Optional;

/** What browsers are told about an answer, whatever it is. */
public interface PageHeaders {
  /**
   * The headers of an answer.
   *
   * @param path that was asked for
   * @param origin of the page that asks, as the request names it
   */
  Map<String, String> headers(String path, Optional<String> origin);
}
