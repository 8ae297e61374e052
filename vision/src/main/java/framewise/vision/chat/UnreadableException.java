package framewise.vision.chat;

import dev.langchain4j.exception.LangChain4jException;

/** What came is in no form of an answer. The message tells what it is instead. */
final class UnreadableException extends LangChain4jException {
  private final boolean page;

  /**
   * @param page whether it is a web page, as where there is no API
   */
  UnreadableException(String message, boolean page) {
    super(message);
    this.page = page;
  }

  boolean isPage() {
    return page;
  }
}
