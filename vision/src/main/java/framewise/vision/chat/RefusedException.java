package framewise.vision.chat;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/** A service answered with an error. The message is what it said, as it is. */
final class RefusedException extends HttpException {
  private final ErrorBody error;
  private final Optional<Duration> retryAfter;

  /**
   * @param status of HTTP, or the one that the error stands for when it came within an answer
   */
  RefusedException(int status, ErrorBody error, Optional<Duration> retryAfter) {
    super(status, error.message());
    this.error = error;
    this.retryAfter = retryAfter;
  }

  ErrorBody error() {
    return error;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
