package framewise.vision.chat;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at the events of a streamed answer on their way: whether it is one, and has its end. */
final class StreamedEvents implements ServerSentEventListener {
  private final ServerSentEventListener listener;
  private final Consumer<ReplyJson> check;
  private boolean any;
  private boolean ended;
  private Optional<RuntimeException> failure = Optional.empty();

  /**
   * @param check throws where an event is no part of an answer
   */
  StreamedEvents(ServerSentEventListener listener, Consumer<ReplyJson> check) {
    this.listener = listener;
    this.check = check;
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    try {
      boolean done = event.data().equals("[DONE]");
      if (!done) {
        ReplyJson json =
            ReplyJson.parse(event.data())
                .orElseThrow(() -> new UnreadableException("an event is no JSON"));
        any = true;
        check.accept(json);
        ended |= json.ends();
      }
      ended |= done;
      if (!done) {
        listener.onEvent(event, context);
      }
    } catch (RuntimeException e) {
      failure = Optional.of(e);
      context.parsingHandle().cancel();
    }
  }

  /** What failed is known to who reads. */
  @Override
  public void onError(Throwable thrown) {}

  void throwFailure() {
    failure.ifPresent(
        thrown -> {
          throw thrown;
        });
  }

  /** Called when no more will come. */
  void checkEnd() {
    if (!any) {
      throw new UnreadableException("no event in the stream");
    }
    if (!ended) {
      throw new CutOffException("the stream ended in the middle", null);
    }
  }
}
