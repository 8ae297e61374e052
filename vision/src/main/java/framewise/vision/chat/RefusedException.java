package framewise.vision.chat;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A service answered with an error. The message is what it said, as it is. */
final class RefusedException extends HttpException {
  private static final Pattern STREAM = Pattern.compile("\\bstream(ing|ed)?\\b", CASE_INSENSITIVE);

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

  /** Whether it is the way to answer that it will not have. */
  boolean refusesStreams() {
    boolean request = statusCode() == 400 || statusCode() == 422;
    return request && STREAM.matcher(error.message()).find();
  }

  ErrorBody error() {
    return error;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
