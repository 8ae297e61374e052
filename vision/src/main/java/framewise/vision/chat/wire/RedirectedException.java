package framewise.vision.chat.wire;

import dev.langchain4j.exception.LangChain4jException;

/** A redirect to where the key must not go, or that would lose the request's body. */
public final class RedirectedException extends LangChain4jException {
  private final transient Redirect redirect;

  RedirectedException(Redirect redirect) {
    super("HTTP %d".formatted(redirect.status()));
    this.redirect = redirect;
  }

  /** Where the service points. */
  public Redirect redirect() {
    return redirect;
  }
}
