package framewise.vision.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;

/**
 * One model of a service in both ways to ask it.
 *
 * @param whole answers at once
 * @param streaming answers word by word, in the thread that asks, as {@link Requests#http} makes it
 */
public record ChatModels(ChatModel whole, StreamingChatModel streaming) {}
