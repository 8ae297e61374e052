package framewise.vision.chat;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/** An error reply of a service. The message is the service's, verbatim. */
final class RefusedException extends HttpException {
  private final ErrorBody error;
  private final Optional<Duration> retryAfter;

  /**
   * @param status the HTTP status, or the one that an error within an answer stands for
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
