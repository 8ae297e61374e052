package framewise.vision.chat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import framewise.vision.AskListener;
import java.util.Optional;

/** Passes a streamed answer on while it grows. Used by the thread that asks alone. */
final class PartialAnswer implements StreamingChatResponseHandler {
  private final AskListener listener;
  private final StringBuilder text = new StringBuilder();
  private Optional<ChatResponse> whole = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();

  PartialAnswer(AskListener listener) {
    this.listener = listener;
  }

  @Override
  public void onPartialResponse(String more) {
    text.append(more);
    listener.partial(text.toString());
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    whole = Optional.of(response);
  }

  @Override
  public void onError(Throwable thrown) {
    failure = failure.or(() -> Optional.of(thrown));
  }

  /** The whole answer. Throws what went wrong. */
  ChatResponse response() {
    failure.ifPresent(
        thrown -> {
          throw thrown instanceof RuntimeException known
              ? known
              : new IllegalStateException(thrown);
        });
    return whole.orElseThrow(() -> new CutOffException("the stream had no answer in it", null));
  }
}
