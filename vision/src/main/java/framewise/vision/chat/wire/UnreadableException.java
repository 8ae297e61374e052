package framewise.vision.chat.wire;

import dev.langchain4j.exception.LangChain4jException;

/** A reply in no known form. The message says what it is instead. */
public final class UnreadableException extends LangChain4jException {
  private final boolean page;

  /**
   * @param page whether it is a web page, as from an address without an API
   */
  UnreadableException(String message, boolean page) {
    super(message);
    this.page = page;
  }

  /** Whether the reply is a web page. */
  public boolean isPage() {
    return page;
  }
}
