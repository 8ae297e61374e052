package framewise.vision.chat.wire;

import dev.langchain4j.exception.LangChain4jException;

/** A streamed answer was requested from a service that only sends whole ones. */
public final class NotStreamedException extends LangChain4jException {
  NotStreamedException() {
    super("the service streams no answers");
  }
}
