package framewise.server.guard;

import framewise.server.http.Problem;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/** Rejects malformed requests that would cause errors or fill memory later. */
final class RequestSyntax {
  /** Known methods: any other would become a metric's label. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  /**
   * Maximum length of the subprotocols, in characters: the response to a handshake repeats them.
   */
  private static final int MAX_SUBPROTOCOLS_LENGTH = 1_024;

  /**
   * Javalin would take the method from this header, bypassing the checks of the method that was
   * sent.
   */
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  private RequestSyntax() {}

  /** Why the request is refused; empty where it is not. */
  static Optional<Problem> fault(Request request) {
    if (!METHODS.contains(request.getMethod())) {
      return Optional.of(
          Problem.of(
              HttpStatus.NOT_IMPLEMENTED_501,
              "not_implemented",
              "The service does not support this method. It supports GET, HEAD, POST,"
                  + " PATCH, DELETE and OPTIONS."));
    }
    if (request.getHeaders().contains(METHOD_OVERRIDE)) {
      return Optional.of(
          Problem.of(
              HttpStatus.BAD_REQUEST_400,
              "invalid_request",
              "%s is not supported: send the request with the real method."
                  .formatted(METHOD_OVERRIDE)));
    }
    int subprotocols =
        request.getHeaders().getValuesList(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL).stream()
            .mapToInt(String::length)
            .sum();
    return subprotocols > MAX_SUBPROTOCOLS_LENGTH
        ? Optional.of(
            Problem.of(
                HttpStatus.BAD_REQUEST_400,
                "invalid_request",
                "Sec-WebSocket-Protocol has %d characters but may have at most %d. The service's sockets need none."
                    .formatted(subprotocols, MAX_SUBPROTOCOLS_LENGTH)))
        : Optional.empty();
  }
}
