package framewise.vision.chat;

import dev.langchain4j.exception.LangChain4jException;

/** A reply in no known form. The message says what it is instead. */
final class UnreadableException extends LangChain4jException {
  private final boolean page;

  /**
   * @param page whether it is a web page, as from an address without an API
   */
  UnreadableException(String message, boolean page) {
    super(message);
    this.page = page;
  }

  boolean isPage() {
    return page;
  }
}
