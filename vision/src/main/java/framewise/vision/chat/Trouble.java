package framewise.vision.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import framewise.vision.AnswerException;
import framewise.vision.FinishReason;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;

/** Why a service gave no answer, in the words of a result. What the service says is cleaned. */
final class Trouble {
  private static final int LONGEST = 300;
  private static final int PAYMENT_REQUIRED = 402;

  private final String title;
  private final String advice;
  private final Optional<String> secret;

  /**
   * @param advice where its key and address are set
   */
  Trouble(String title, String advice, Optional<String> secret) {
    this.title = title;
    this.advice = advice;
    this.secret = secret;
  }

  AnswerException of(RuntimeException failure) {
    Optional<HttpException> http = cause(failure, HttpException.class);
    if (http.filter(answer -> answer.statusCode() == PAYMENT_REQUIRED).isPresent()) {
      return because("insufficient_credits", "the account has no credit left", failure);
    }
    if (cause(failure, TimeoutException.class).isPresent()
        || cause(failure, HttpTimeoutException.class).isPresent()) {
      return because("timeout", "no answer came in time", failure);
    }
    return switch (failure) {
      case AuthenticationException e ->
          because("unauthorized", "the key was refused: check " + advice, e);
      case RateLimitException e ->
          because("rate_limited", "more was asked than it grants: ask less often", e);
      case ModelNotFoundException e ->
          because("unknown_model", "it has no such model, or not for this key", e);
      case ContentFilteredException e -> because("content_filter", "it will not answer this", e);
      case InvalidRequestException e -> because("invalid_request", "it refused the request", e);
      case InternalServerException e -> because("service_failed", "it has trouble of its own", e);
      case UnresolvedModelServerException e -> unreachable(e);
      default ->
          cause(failure, IOException.class).isPresent()
                  && cause(failure, JsonProcessingException.class).isEmpty()
              ? unreachable(failure)
              : because("unreadable_answer", "its answer is none", failure);
    };
  }

  /** There was an answer, and nothing in it. */
  AnswerException empty(FinishReason finish) {
    return finish == FinishReason.CONTENT_FILTER
        ? new AnswerException("content_filter", title + ": it will not answer this.")
        : new AnswerException("empty_answer", title + ": the answer is empty.");
  }

  /** A text from outside, fit for a message. The key goes first: a cut one would still leak. */
  String clean(String text) {
    String line =
        secret
            .map(key -> text.replace(key, "***"))
            .orElse(text)
            .replaceAll("[\\p{Cntrl}\\s]+", " ")
            .strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private AnswerException unreachable(RuntimeException failure) {
    return because("unreachable", "it cannot be reached: check the network and " + advice, failure);
  }

  private AnswerException because(String code, String sentence, RuntimeException failure) {
    String said = clean(String.valueOf(failure.getMessage()));
    return new AnswerException(code, "%s: %s. (%s)".formatted(title, sentence, said), failure);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }
}
