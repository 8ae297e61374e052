package framewise.vision.chat.wire;

import dev.langchain4j.exception.ContentFilteredException;
import framewise.time.WallClock;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a reply's body, whole or as events, into an {@link Exchange}. Throws when it is not an
 * answer, or incomplete.
 */
final class ReplyReader {
  private final Exchange exchange;
  private final WallClock clock;

  ReplyReader(Exchange exchange, WallClock clock) {
    this.exchange = exchange;
    this.clock = clock;
  }

  /**
   * Reads the whole body.
   *
   * @param streamed whether events were requested
   */
  void read(ReplyBody body, boolean streamed) {
    if (!body.isJson()) {
      events(body, streamed);
      return;
    }
    whole(body);
    if (streamed) {
      exchange.refused().learn(exchange.model(), Set.of(RequestBody.STREAM));
    }
  }

  private void whole(ReplyBody body) {
    String text = body.text();
    List<ReplyJson> parts = ReplyJson.parseAll(text);
    parts.forEach(part -> check(part, parts.size() > 1));
    if (parts.stream().noneMatch(ReplyJson::isAnswer)) {
      ErrorBody said = ErrorBody.parse(text);
      throw new UnreadableException(said.message(), said.isPage());
    }
    parts.forEach(part -> exchange.said(part.part()));
  }

  private void events(ReplyBody body, boolean streamed) {
    var reader = new EventReader(body);
    boolean any = false;
    boolean ended = false;
    try {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        EventReader.ServerEvent event = next.get();
        ended |= event.isDone();
        if (!event.isDone()) {
          any = true;
          ended |= event(event);
          if (streamed) {
            exchange.publishPartial();
          }
          if (exchange.isCut()) {
            return; // the rest would be dropped
          }
        }
      }
    } catch (IOException e) {
      // A failure after the end of an answer does not affect it.
      if (!ended) {
        body.throwFailure();
        throw new CutOffException(String.valueOf(e.getMessage()), e);
      }
    }
    if (!ended) {
      body.throwFailure();
    }
    if (!any) {
      throw new UnreadableException("no event in the stream", false);
    }
    if (!ended) {
      throw new CutOffException("the stream ended in the middle", null);
    }
  }

  /** Handles an event; true for the last one. */
  private boolean event(EventReader.ServerEvent event) {
    Optional<ReplyJson> json = ReplyJson.parse(event.data());
    if (event.isError()) {
      ErrorBody error =
          json.map(it -> ErrorBody.of(it.json())).orElse(ErrorBody.parse(event.data()));
      throw refused(error);
    }
    ReplyJson reply =
        json.orElseThrow(() -> new UnreadableException("an event is not JSON", false));
    check(reply, true);
    exchange.said(reply.part());
    return reply.ends();
  }

  /** An error within an answer; the HTTP status comes from its text, if anywhere. */
  private ErrorReplyException refused(ErrorBody error) {
    var none = HttpHeaders.of(Map.of(), (name, value) -> false);
    return new ErrorReplyException(
        error.status(), error, new RetryAfter(clock.now()).of(none, error.json()));
  }

  private void check(ReplyJson reply, boolean streamed) {
    reply.usage().ifPresent(exchange::took);
    reply
        .error(streamed)
        .ifPresent(
            error -> {
              throw refused(error);
            });
    reply
        .blocked()
        .ifPresent(
            reason -> {
              throw new ContentFilteredException(reason);
            });
  }
}
