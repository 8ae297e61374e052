package framewise.engine.keep;

import framewise.engine.Refusal;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a live video is kept. Written as {@code 600s@2fps}, {@code 2h@0.5fps} or {@code off}.
 *
 * @param seconds maximum age of a picture, 0 (nothing is kept) to {@link #MAX_SECONDS}
 * @param fps maximum pictures a second; {@link #MIN_FPS} to {@link #MAX_FPS}
 * @param maxSide maximum long side of a kept picture, in pixels; {@link #MIN_SIDE} to {@link
 *     #MAX_SIDE}
 */
public record KeepSettings(int seconds, double fps, int maxSide) {
  public static final int MAX_SECONDS = 86_400;
  public static final double MIN_FPS = 0.1;
  public static final double MAX_FPS = 15;
  public static final int MIN_SIDE = 64;
  public static final int MAX_SIDE = 4_096;

  /**
   * Maximum number of pictures of a session. Each takes some 200 bytes of memory, whatever its size
   * on disk.
   */
  public static final int MAX_PICTURES = 200_000;

  /** Ten minutes at two pictures a second: about 100 MB for a 720p camera. */
  public static final KeepSettings DEFAULT = new KeepSettings(600, 2, 1_280);

  /** Nothing is kept. */
  public static final KeepSettings OFF = new KeepSettings(0, 2, 1_280);

  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,5})([smh])@(\\d{1,2}(?:\\.\\d{1,2})?)fps");

  /**
   * @throws framewise.engine.RefusedException when a value is out of range
   */
  public KeepSettings {
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw Refusal.field(
              "keep.seconds",
              "keep.seconds is %d but must be from 0 to %d".formatted(seconds, MAX_SECONDS))
          .asException();
    }
    if (!(fps >= MIN_FPS && fps <= MAX_FPS)) {
      throw Refusal.field(
              "keep.fps",
              "keep.fps is %s but must be from %s to %s"
                  .formatted(plain(fps), plain(MIN_FPS), plain(MAX_FPS)))
          .asException();
    }
    if (seconds * fps > MAX_PICTURES) {
      throw Refusal.field(
              "keep.seconds",
              "keep.seconds times keep.fps is %.0f but must be at most %d"
                  .formatted(seconds * fps, MAX_PICTURES))
          .asException();
    }
    if (maxSide < MIN_SIDE || maxSide > MAX_SIDE) {
      throw Refusal.field(
              "keep.max_side",
              "keep.max_side is %d but must be from %d to %d"
                  .formatted(maxSide, MIN_SIDE, MAX_SIDE))
          .asException();
    }
  }

  /** Parses the notation above; empty when the text is invalid or a value is out of range. */
  public static Optional<KeepSettings> parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.equals("off")) {
      return Optional.of(OFF);
    }
    Matcher matcher = SYNTAX.matcher(lower);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int unit =
        switch (matcher.group(2)) {
          case "h" -> 3_600;
          case "m" -> 60;
          default -> 1;
        };
    long seconds = Long.parseLong(matcher.group(1)) * unit;
    double fps = Double.parseDouble(matcher.group(3));
    return seconds >= 1
            && seconds <= MAX_SECONDS
            && fps >= MIN_FPS
            && fps <= MAX_FPS
            && seconds * fps <= MAX_PICTURES
        ? Optional.of(new KeepSettings((int) seconds, fps, DEFAULT.maxSide()))
        : Optional.empty();
  }

  /** Whether anything is kept. */
  public boolean isOn() {
    return seconds > 0;
  }

  @Override
  public String toString() {
    return isOn() ? "%ds@%sfps".formatted(seconds, plain(fps)) : "off";
  }

  private static String plain(double number) {
    return Double.isFinite(number)
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }
}
