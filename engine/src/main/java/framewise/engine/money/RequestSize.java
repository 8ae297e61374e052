package framewise.engine.money;

import framewise.media.Clip;
import framewise.media.FrameSize;
import framewise.vision.Usage;
import java.util.OptionalInt;

/**
 * What a request is made of, to guess its tokens where nobody has counted them: pictures make as
 * many as their pixels say, an answer 100.
 *
 * @param pixels of all its pictures, as they are sent
 * @param characters of its words
 * @param longestAnswer tokens; empty for no limit
 */
public record RequestSize(long pixels, int characters, OptionalInt longestAnswer) {
  /** English takes about four characters a token; other words of a request are few. */
  private static final double CHARACTERS_PER_TOKEN = 4;

  private static final long OVERHEAD_TOKENS = 20;
  private static final int USUAL_ANSWER_TOKENS = 100;

  /** That of a question about a clip, whose pictures are sent so large at most. */
  public static RequestSize of(Clip clip, FrameSize most, int characters, OptionalInt answer) {
    long pixels =
        clip.frames().stream().mapToLong(f -> most.fit(f.width(), f.height()).pixels()).sum();
    return new RequestSize(pixels, characters, answer);
  }

  /** A guess. */
  Usage tokens(Price price) {
    return new Usage(
        Math.round(pixels / price.pixelsPerToken() + characters / CHARACTERS_PER_TOKEN)
            + OVERHEAD_TOKENS,
        Math.min(longestAnswer.orElse(USUAL_ANSWER_TOKENS), USUAL_ANSWER_TOKENS));
  }
}
