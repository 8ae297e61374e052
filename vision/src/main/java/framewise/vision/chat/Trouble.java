package framewise.vision.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.TimeoutException;
import framewise.vision.AnswerException;
import framewise.vision.FinishReason;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a service gave no answer, in the words of a result. What the service says is cleaned. */
final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
  private static final int LONGEST = 300;

  private static final Set<String> NO_CREDIT =
      Set.of(
          "insufficient_quota",
          "insufficient_credits",
          "billing_error",
          "billing_denied",
          "contract_spend_limit_reached",
          "enforced_spend_limit_reached");
  private static final Set<String> FILTERED =
      Set.of("content_filter", "content_policy_violation", "provider_safety_block");
  private static final Set<String> NO_KEY = Set.of("API_KEY_INVALID", "invalid_api_key");
  private static final Set<String> NO_MODEL = Set.of("model_not_found", "model_unavailable");

  private final String title;
  private final String advice;
  private final Map<String, String> words;
  private final Concealed concealed;

  Trouble(ChatBackend.Profile profile, Concealed concealed) {
    this.title = profile.title();
    this.advice = profile.advice();
    this.words = profile.words();
    this.concealed = concealed;
  }

  /** What must not be told. */
  Concealed concealed() {
    return concealed;
  }

  AnswerException of(RuntimeException failure) {
    Optional<RefusedException> refused = cause(failure, RefusedException.class);
    if (refused.isPresent()) {
      AnswerException told = refused(refused.get());
      return refused.get().retryAfter().map(told::withRetryAfter).orElse(told);
    }
    if (cause(failure, TimeoutException.class).isPresent()) {
      return because("timeout", "no answer came in time", failure);
    }
    if (cause(failure, ContentFilteredException.class).isPresent()) {
      return because("content_filter", "it will not answer this", failure);
    }
    if (cause(failure, CutOffException.class).isPresent()) {
      return because("service_failed", "its answer was cut off", failure);
    }
    Optional<UnreadableException> unreadable = cause(failure, UnreadableException.class);
    if (unreadable.isPresent()) {
      return because("unreadable_answer", "its answer is none", unreadable.get());
    }
    Optional<IOException> broken = cause(failure, IOException.class);
    if (broken.isPresent() && cause(failure, JsonProcessingException.class).isEmpty()) {
      return because(
          "unreachable",
          "it cannot be reached: check the network and " + advice,
          said(broken.get()),
          failure);
    }
    LOG.debug("{}: an answer that cannot be read", title, failure);
    return because("unreadable_answer", "its answer is none", "", failure);
  }

  /** There was an answer, and nothing in it, or nothing that may be told. */
  AnswerException empty(FinishReason finish) {
    return switch (finish) {
      case CONTENT_FILTER ->
          new AnswerException("content_filter", title + ": it will not answer this.");
      case LENGTH ->
          new AnswerException(
              "empty_answer",
              title + ": it ended before the first word: give more max_output_tokens.");
      case STOP -> new AnswerException("empty_answer", title + ": the answer is empty.");
    };
  }

  /** A text from outside, fit for a message. The key goes first: a cut one would still leak. */
  String clean(String text) {
    String line = concealed.in(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private AnswerException refused(RefusedException e) {
    ErrorBody error = e.error();
    int status = e.statusCode();
    if (status == 402 || error.says(NO_CREDIT)) {
      return because("insufficient_credits", "the account has no credit left", e);
    }
    if (status == 401 || status == 403 || error.says(NO_KEY)) {
      return because("unauthorized", "the key was refused: check " + advice, e);
    }
    if (error.says(FILTERED)) {
      return because("content_filter", "it will not answer this", e);
    }
    if (status == 404 || error.says(NO_MODEL)) {
      return because("unknown_model", "it has no such model, or not for this key", e);
    }
    if (status == 429) {
      return because("rate_limited", "more was asked than it grants: ask less often", e);
    }
    if (status == 408) {
      return because("timeout", "no answer came in time", e);
    }
    if (status >= 500) {
      return because("service_failed", "it has trouble of its own", e);
    }
    return status >= 400
        ? because("invalid_request", "it refused the request", e)
        : because("unreadable_answer", "its answer is none", e);
  }

  private AnswerException because(String code, String sentence, RuntimeException failure) {
    return because(code, sentence, String.valueOf(failure.getMessage()), failure);
  }

  private AnswerException because(
      String code, String sentence, String words, RuntimeException failure) {
    String said = clean(words);
    String told = this.words.getOrDefault(code, title + ": " + sentence);
    return new AnswerException(
        code, said.isEmpty() ? told + "." : "%s. (%s)".formatted(told, said), failure);
  }

  /** Java's HTTP client leaves the commonest of all without words. */
  private static String said(IOException broken) {
    if (cause(broken, UnresolvedAddressException.class).isPresent()) {
      return "there is no such host";
    }
    return broken instanceof ConnectException && broken.getMessage() == null
        ? "connection refused"
        : String.valueOf(broken.getMessage());
  }

  static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }
}
