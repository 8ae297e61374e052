package framewise.vision.chat.wire;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/** An error reply of a service. The message is the service's, verbatim. */
public final class ErrorReplyException extends HttpException {
  private final ErrorBody error;
  private final Optional<Duration> retryAfter;

  /**
   * @param status the HTTP status, or the one that an error within an answer stands for
   */
  public ErrorReplyException(int status, ErrorBody error, Optional<Duration> retryAfter) {
    super(status, error.message());
    this.error = error;
    this.retryAfter = retryAfter;
  }

  /** The reply's body. */
  public ErrorBody error() {
    return error;
  }

  /** How long the service asks to wait; empty when it does not say. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
