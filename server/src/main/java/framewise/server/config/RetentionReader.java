package framewise.server.config;

import framewise.engine.session.retention.Retention;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reader of the retention settings. */
final class RetentionReader {
  private static final Pattern TIME = Pattern.compile("(\\d{1,5})([mhd])");
  private static final ByteSize MAX_SIZE = new ByteSize(1L << 50);
  private static final ByteSize MIN_DATABASE_SIZE = ByteSize.ofMegabytes(16);
  private static final int MIN_EVENTS = 1_000;
  private static final int MAX_EVENTS = 1_000_000_000;

  private RetentionReader() {}

  static Retention read(SettingReader reader) {
    return new Retention(
        reader.value(Setting.FRAMEWISE_KEEP_UPLOADS, RetentionReader::age),
        bytes(reader, Setting.FRAMEWISE_KEEP_UPLOADS_SIZE, new ByteSize(0)),
        reader.value(Setting.FRAMEWISE_KEEP_RESULTS, RetentionReader::age),
        reader.number(Setting.FRAMEWISE_KEEP_RESULTS_PER_SESSION, MIN_EVENTS, MAX_EVENTS),
        bytes(reader, Setting.FRAMEWISE_KEEP_RESULTS_SIZE, MIN_DATABASE_SIZE),
        reader.value(Setting.FRAMEWISE_KEEP_EVIDENCE, RetentionReader::age),
        bytes(reader, Setting.FRAMEWISE_KEEP_EVIDENCE_PER_SESSION, new ByteSize(0)),
        reader.value(Setting.FRAMEWISE_KEEP_FREE, text -> size(text, new ByteSize(0))).bytes());
  }

  private static OptionalLong bytes(SettingReader reader, Setting setting, ByteSize least) {
    Optional<ByteSize> size = reader.optional(setting, text -> size(text, least));
    return size.map(ByteSize::bytes).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Optional<ByteSize> size(String text, ByteSize least) {
    return ByteSize.parse(text)
        .filter(size -> size.compareTo(least) >= 0 && size.compareTo(MAX_SIZE) <= 0);
  }

  /** Parses an age: the outer result is empty for invalid text, the inner one for "forever". */
  private static Optional<Optional<Duration>> age(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("forever")) {
      return Optional.of(Optional.empty());
    }
    Matcher matcher = TIME.matcher(lower);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      return Optional.empty();
    }
    int count = Integer.parseInt(matcher.group(1));
    return Optional.of(
        Optional.of(
            switch (matcher.group(2)) {
              case "d" -> Duration.ofDays(count);
              case "h" -> Duration.ofHours(count);
              default -> Duration.ofMinutes(count);
            }));
  }
}
