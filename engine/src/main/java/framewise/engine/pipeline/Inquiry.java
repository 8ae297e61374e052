package framewise.engine.pipeline;

import framewise.engine.SlotPool;
import framewise.engine.settings.PromptSettings;
import framewise.media.picture.EncodedPicture;
import framewise.vision.tool.ToolUse;
import java.util.List;
import java.util.Optional;

/**
 * A one-off question about chosen pictures.
 *
 * @param prompt the question; its name distinguishes the answer from those to the session's own
 *     prompts
 * @param pictures in the order in which they are sent; none for a text-only question
 * @param kept whether to store the pictures as evidence even if they don't leave this process; not
 *     for questions that are asked every few seconds
 * @param tools that the model may call instead of answering
 * @param holder who asks; a holder may use at most half of the places, and takes turns with others
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

  /** A question without tools. */
  public Inquiry(PromptSettings prompt, List<EncodedPicture> pictures, boolean kept) {
    this(prompt, pictures, kept, Optional.empty(), SlotPool.ALONE);
  }

  /** A question whose pictures are stored as evidence. */
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
