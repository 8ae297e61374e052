package framewise.vision.chat;

import dev.langchain4j.exception.LangChain4jException;
import java.net.URI;

/** A request was sent on to where the key must not go, or in a way that loses its body. */
final class RedirectedException extends LangChain4jException {
  private final URI from;
  private final URI to;

  RedirectedException(int status, URI from, URI to) {
    super("HTTP %d".formatted(status));
    this.from = from;
    this.to = to;
  }

  URI from() {
    return from;
  }

  URI to() {
    return to;
  }
}
