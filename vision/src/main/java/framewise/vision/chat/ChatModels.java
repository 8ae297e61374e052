package framewise.vision.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;

/** One model of a service in both ways to ask it. Safe for any number of threads. */
public final class ChatModels {
  private final ChatModel whole;
  private final StreamingChatModel streaming;

  /**
   * @param whole answers at once
   * @param streaming answers word by word, in the thread that asks, as {@link Requests#http} makes
   *     it
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
