package framewise.vision.chat;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import framewise.media.picture.EncodedPicture;
import framewise.vision.Question;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Builds the message for a clip: its pictures as JPEG, oldest first, each with its time in the
 * video if there are several, then the prompt.
 */
final class ClipMessage {
  private ClipMessage() {}

  static UserMessage of(List<EncodedPicture> pictures, Question question) {
    boolean reads = PictureEncoding.reads(question.prompt());
    List<Content> contents = new ArrayList<>();
    for (EncodedPicture picture : pictures) {
      if (pictures.size() > 1) {
        contents.add(TextContent.from("The picture at %s:".formatted(picture.time())));
      }
      contents.add(picture(picture, reads));
    }
    contents.add(TextContent.from(prompt(question)));
    return UserMessage.from(contents);
  }

  private static ImageContent picture(EncodedPicture picture, boolean reads) {
    return ImageContent.from(
        Base64.getEncoder().encodeToString(picture.jpeg()),
        "image/jpeg",
        reads ? ImageContent.DetailLevel.HIGH : ImageContent.DetailLevel.AUTO);
  }

  /** Adds a schema to the prompt, because some servers ignore the parameter. */
  private static String prompt(Question question) {
    return question
        .outputSchema()
        .map(
            schema ->
                question.prompt()
                    + "\n\nAnswer with JSON alone that fits this JSON Schema:\n"
                    + schema)
        .orElse(question.prompt());
  }
}
