package framewise.vision.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;

/** A service's model with both ways to call it. Thread-safe. */
public final class ChatModels {
  private final ChatModel whole;
  private final StreamingChatModel streaming;

  /**
   * @param whole returns whole answers
   * @param streaming streams answers on the calling thread, as made by {@link Requests#http}
   */
  public ChatModels(ChatModel whole, StreamingChatModel streaming) {
    this.whole = whole;
    this.streaming = streaming;
  }

  ChatModel whole() {
    return whole;
  }

  StreamingChatModel streaming() {
    return streaming;
  }
}
