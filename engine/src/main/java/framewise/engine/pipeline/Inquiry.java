package framewise.engine.pipeline;

import framewise.engine.PlaceShares;
import framewise.engine.settings.PromptSettings;
import framewise.media.picture.EncodedPicture;
import framewise.vision.tool.ToolUse;
import java.util.List;
import java.util.Optional;

/**
 * A question about chosen pictures, to be asked once.
 *
 * @param prompt its name distinguishes the answer from those to the session's own prompts
 * @param pictures in the order in which they are sent; none for a question of text only
 * @param kept whether the pictures become evidence even where nothing leaves this process; not for
 *     questions that are asked every few seconds
 * @param tools that the model may call instead of answering
 * @param holder who asks: one holder may have half of the places, and takes turns with others
 */
public record Inquiry(
    PromptSettings prompt,
    List<EncodedPicture> pictures,
    boolean kept,
    Optional<ToolUse> tools,
    String holder) {
  public Inquiry {
    pictures = List.copyOf(pictures);
  }

  /** One without tools. */
  public Inquiry(PromptSettings prompt, List<EncodedPicture> pictures, boolean kept) {
    this(prompt, pictures, kept, Optional.empty(), PlaceShares.ALONE);
  }

  /** One whose pictures become evidence. */
  public Inquiry(PromptSettings prompt, List<EncodedPicture> pictures) {
    this(prompt, pictures, true);
  }

  public Inquiry withTools(Optional<ToolUse> use) {
    return new Inquiry(prompt, pictures, kept, use, holder);
  }

  public Inquiry by(String asker) {
    return new Inquiry(prompt, pictures, kept, tools, asker);
  }
}
