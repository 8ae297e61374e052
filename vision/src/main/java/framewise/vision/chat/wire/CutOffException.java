package framewise.vision.chat.wire;

import dev.langchain4j.exception.LangChain4jException;
import org.jspecify.annotations.Nullable;

/** An answer that started and did not end properly. */
public final class CutOffException extends LangChain4jException {
  CutOffException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
