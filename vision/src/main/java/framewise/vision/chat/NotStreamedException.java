package framewise.vision.chat;

import dev.langchain4j.exception.LangChain4jException;

/** An answer was asked for word by word of a service that gives whole ones only. */
final class NotStreamedException extends LangChain4jException {
  NotStreamedException() {
    super("the service streams no answers");
  }
}
