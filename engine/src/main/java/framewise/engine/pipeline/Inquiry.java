package framewise.engine.pipeline;

import framewise.engine.settings.PromptSettings;
import framewise.media.picture.EncodedPicture;
import java.util.List;

/**
 * A question about chosen pictures, to be asked once.
 *
 * @param prompt its name distinguishes the answer from those to the session's own prompts
 * @param pictures in the order in which they are sent; none for a question of text only
 * @param kept whether the pictures become evidence even where nothing leaves this process; not for
 *     questions that are asked every few seconds
 */
public record Inquiry(PromptSettings prompt, List<EncodedPicture> pictures, boolean kept) {
  public Inquiry {
    pictures = List.copyOf(pictures);
  }

  /** One whose pictures become evidence. */
  public Inquiry(PromptSettings prompt, List<EncodedPicture> pictures) {
    this(prompt, pictures, true);
  }
}
