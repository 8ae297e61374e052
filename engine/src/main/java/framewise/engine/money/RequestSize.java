package framewise.engine.money;

import framewise.media.picture.Clip;
import framewise.media.picture.FrameSize;
import framewise.vision.Usage;
import java.util.OptionalInt;

/**
 * Size of a request, to estimate its tokens where the service reports none: pixels determine the
 * tokens of pictures, and an answer counts as 100.
 *
 * @param pixels total of all pictures as sent
 * @param characters length of the text
 * @param longestAnswer maximum output tokens; empty for no limit
 */
public record RequestSize(long pixels, int characters, OptionalInt longestAnswer) {
  /** English has about four characters a token; requests contain little other text. */
  private static final double CHARACTERS_PER_TOKEN = 4;

  private static final long OVERHEAD_TOKENS = 20;
  private static final int TYPICAL_ANSWER_TOKENS = 100;

  /** Size of a request about a clip whose pictures are scaled to a maximum size. */
  public static RequestSize of(Clip clip, FrameSize most, int characters, OptionalInt answer) {
    long pixels =
        clip.frames().stream().mapToLong(f -> most.fit(f.width(), f.height()).pixels()).sum();
    return new RequestSize(pixels, characters, answer);
  }

  /** Estimates the tokens. */
  Usage tokens(Price price) {
    return new Usage(
        Math.round(pixels / price.pixelsPerToken() + characters / CHARACTERS_PER_TOKEN)
            + OVERHEAD_TOKENS,
        Math.min(longestAnswer.orElse(TYPICAL_ANSWER_TOKENS), TYPICAL_ANSWER_TOKENS));
  }
}
