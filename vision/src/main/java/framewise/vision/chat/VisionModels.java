package framewise.vision.chat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Guesses from their names which models accept pictures, because servers do not say. */
public final class VisionModels {
  private static final Pattern SEES =
      Pattern.compile(
          "vision|llava|vl(?![a-z])|vlm|gemma-?[34]|minicpm-?[vo]|pixtral|moondream|internvl|molmo"
              + "|omni|llama-?4|mistral-small-?3|multimodal|glm-4(\\.\\d)?v|idefics|cogvlm|ovis"
              + "|gpt-[45]|claude|gemini|qwen-?3\\.[5-9]",
          Pattern.CASE_INSENSITIVE);

  /** Models that answer no questions at all. */
  private static final Pattern MUTE =
      Pattern.compile("embed|rerank|whisper|tts|bge-|-ocr-layout", Pattern.CASE_INSENSITIVE);

  private VisionModels() {}

  /**
   * The first that seems to accept pictures, else the first that answers; empty when there is none.
   */
  public static Optional<String> pick(List<String> models) {
    return models.stream()
        .filter(name -> SEES.matcher(name).find() && !MUTE.matcher(name).find())
        .findFirst()
        .or(() -> models.stream().filter(name -> !MUTE.matcher(name).find()).findFirst());
  }
}
