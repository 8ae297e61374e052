package framewise.engine.pipeline;

import framewise.media.EncodedPicture;
import java.util.List;

/**
 * A question about pictures that somebody chose, to be asked once.
 *
 * @param prompt its name keeps the answer apart from those to the session's own prompts
 * @param pictures in the order in which they are shown; none where only words are sent
 */
public record Inquiry(PromptSettings prompt, List<EncodedPicture> pictures) {
  public Inquiry {
    pictures = List.copyOf(pictures);
  }
}
