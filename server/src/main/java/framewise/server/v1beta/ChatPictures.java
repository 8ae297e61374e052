package framewise.server.v1beta;

import framewise.engine.session.Session;
import framewise.media.picture.EncodedPicture;
import framewise.vision.tool.ToolUse;
import java.util.List;
import java.util.Optional;

/**
 * The pictures in a chat's messages, and the text around them.
 *
 * @param pictures in the order of the messages
 * @param text the question, with a mark at the place of each of several pictures
 * @param system the system prompt
 * @param session of the first stream in the messages
 * @param found number of pictures before they were thinned out to the maximum
 * @param cut whether a segment began before the oldest kept picture
 * @param tools that the model may call, with the conversation after the question
 */
record ChatPictures(
    List<EncodedPicture> pictures,
    String text,
    Optional<String> system,
    Optional<Session> session,
    long found,
    boolean cut,
    Optional<ToolUse> tools) {
  ChatPictures {
    pictures = List.copyOf(pictures);
  }
}
