package framewise.vision.chat;

import dev.langchain4j.exception.LangChain4jException;

/** What came is in no form of an answer. The message tells what it is instead. */
final class UnreadableException extends LangChain4jException {
  UnreadableException(String message) {
    super(message);
  }
}
