package framewise.vision.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.TimeoutException;
import framewise.vision.AnswerException;
import framewise.vision.AnswerText;
import framewise.vision.FailureKind;
import framewise.vision.FinishReason;
import framewise.vision.chat.wire.BaseUrl;
import framewise.vision.chat.wire.CutOffException;
import framewise.vision.chat.wire.ErrorReplyException;
import framewise.vision.chat.wire.Redirect.RedirectedException;
import framewise.vision.chat.wire.SecretRedactor;
import framewise.vision.chat.wire.UnreadableException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the errors of a service that gave no answer, as results show them. Cleans the service's
 * messages.
 */
final class ServiceErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceErrors.class);
  private static final int MAX_LENGTH = 300;

  private final String title;
  private final String advice;
  private final Map<FailureKind, String> words;
  private final SecretRedactor redactor;
  private final AddressAdvice address;

  /** For a service at its provider's default address. */
  ServiceErrors(ChatBackend.Profile profile, SecretRedactor redactor) {
    this(profile, redactor, Optional.empty());
  }

  /**
   * @param base the configured address
   */
  ServiceErrors(ChatBackend.Profile profile, SecretRedactor redactor, Optional<BaseUrl> base) {
    this.title = profile.title();
    this.advice = profile.advice();
    this.words = profile.words();
    this.redactor = redactor;
    this.address =
        new AddressAdvice(base, profile.address().setting(), profile.address().version());
  }

  /** Removes secrets. */
  SecretRedactor redactor() {
    return redactor;
  }

  AnswerException of(RuntimeException failure) {
    Optional<ErrorReplyException> refused = cause(failure, ErrorReplyException.class);
    if (refused.isPresent()) {
      AnswerException refusal = refused(refused.get()).withHttpStatus(refused.get().statusCode());
      // A service that timed out may have worked until then.
      AnswerException answer =
          refusal.kind() == FailureKind.TIMEOUT ? refusal : refusal.withoutBill();
      return refused.get().retryAfter().map(answer::withRetryAfter).orElse(answer);
    }
    if (cause(failure, TimeoutException.class).isPresent()) {
      return because(FailureKind.TIMEOUT, "it did not answer in time", failure);
    }
    if (cause(failure, ContentFilteredException.class).isPresent()) {
      return because(FailureKind.CONTENT_FILTER, "its content filter blocked the answer", failure);
    }
    if (cause(failure, CutOffException.class).isPresent()) {
      return because(FailureKind.SERVICE_FAILED, "its answer was cut off", failure);
    }
    Optional<RedirectedException> moved = cause(failure, RedirectedException.class);
    if (moved.isPresent()) {
      return plainly(FailureKind.UNREADABLE_ANSWER, address.moved(moved.get()), moved.get())
          .withoutBill();
    }
    Optional<UnreadableException> unreadable = cause(failure, UnreadableException.class);
    if (unreadable.isPresent()) {
      return unreadable(unreadable.get(), failure);
    }
    Optional<IOException> broken = cause(failure, IOException.class);
    if (broken.isPresent() && cause(failure, JsonProcessingException.class).isEmpty()) {
      return because(
          FailureKind.UNREACHABLE,
          "it cannot be reached: check the network and " + advice,
          said(broken.get()),
          failure);
    }
    LOG.debug("{}: an answer that cannot be read", title, failure);
    return because(FailureKind.UNREADABLE_ANSWER, "its answer cannot be read", "", failure);
  }

  private AnswerException unreadable(UnreadableException answer, RuntimeException failure) {
    if (!answer.isPage()) {
      return because(FailureKind.UNREADABLE_ANSWER, "its answer cannot be read", answer);
    }
    return address
        .notFound()
        .map(
            wrong ->
                plainly(
                    FailureKind.UNREADABLE_ANSWER, "its answer is a web page: " + wrong, failure))
        .orElseGet(
            () -> because(FailureKind.UNREADABLE_ANSWER, "its answer cannot be read", answer))
        .withoutBill();
  }

  /**
   * The error for an empty answer, or one without displayable text.
   *
   * @param thought whether there were thoughts instead
   */
  AnswerException empty(FinishReason finish, boolean thought) {
    return switch (finish) {
      case CONTENT_FILTER ->
          new AnswerException(
              FailureKind.CONTENT_FILTER, title + ": its content filter blocked the answer.");
      case LENGTH ->
          new AnswerException(
              FailureKind.EMPTY_ANSWER,
              "%s: the answer %s. Raise max_output_tokens."
                  .formatted(
                      title,
                      thought ? "was cut off during reasoning" : "ended before its first word"));
      case STOP, TOOL_CALLS ->
          new AnswerException(
              FailureKind.EMPTY_ANSWER,
              title
                  + (thought
                      ? ": it reasoned but gave no answer. Raise max_output_tokens."
                      : ": the answer is empty."));
    };
  }

  /** The error for a structured answer that is longer than answers may be, so that it is cut. */
  AnswerException tooLong() {
    return new AnswerException(
        FailureKind.TOO_LONG,
        ("%s: the answer is longer than %,d characters, so its JSON is incomplete. Ask for"
                + " a shorter answer.")
            .formatted(title, AnswerText.MAX_LENGTH));
  }

  /**
   * Cleans an external text for a message. Removes the key before cutting, because a cut key would
   * leak.
   */
  String clean(String text) {
    String line = redactor.in(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }

  private AnswerException refused(ErrorReplyException e) {
    RefusalReason why = RefusalReason.of(e.statusCode(), e.error());
    if (why == RefusalReason.WRONG_ADDRESS) {
      Optional<String> wrong = address.notFound();
      if (wrong.isPresent()) {
        return plainly(why.kind(), wrong.get(), e);
      }
      why = RefusalReason.atRightAddress(e.statusCode(), e.error());
    }
    String todo = why == RefusalReason.NO_KEY ? ": check " + advice : "";
    return because(why.kind(), why.sentence() + todo, e);
  }

  private AnswerException because(FailureKind kind, String sentence, RuntimeException failure) {
    return because(kind, sentence, String.valueOf(failure.getMessage()), failure);
  }

  private AnswerException because(
      FailureKind kind, String sentence, String said, RuntimeException failure) {
    return failure(kind, words.getOrDefault(kind, title + ": " + sentence), said, failure);
  }

  /** An error without the service's own message, which would mislead. */
  private AnswerException plainly(FailureKind kind, String sentence, RuntimeException failure) {
    String cleaned = redactor.in(title + ": " + sentence);
    return failure(kind, cleaned, String.valueOf(failure.getMessage()), failure);
  }

  private AnswerException failure(
      FailureKind kind, String sentence, String words, RuntimeException failure) {
    String said = clean(words);
    return new AnswerException(
        kind, said.isEmpty() ? sentence + "." : "%s. (%s)".formatted(sentence, said), failure);
  }

  /** Java's HTTP client gives no message for the most common failure. */
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
