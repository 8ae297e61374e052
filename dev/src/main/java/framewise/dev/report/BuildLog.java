package framewise.dev.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Results that appear only in Maven's log.
 *
 * @param unfinished test classes that started and never ended, for example when their JVM crashed
 * @param notBuilt modules that failed to build, and those skipped because of them
 */
record BuildLog(Set<String> unfinished, List<String> notBuilt) {
  private static final Pattern STARTED = Pattern.compile("Running ([\\w.$]+)$");
  private static final Pattern ENDED = Pattern.compile(" -- in ([\\w.$]+)$");
  private static final Pattern MODULE =
      Pattern.compile("\\] Framewise (\\w+) \\.+ (FAILURE|SKIPPED)");

  /** Parses a log; a missing file is an empty log. */
  static BuildLog read(Path log) throws IOException {
    Set<String> unfinished = new LinkedHashSet<>();
    List<String> notBuilt = new ArrayList<>();
    if (Files.exists(log)) {
      // Tests may print bytes that are not UTF-8.
      for (String line : Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList()) {
        Matcher started = STARTED.matcher(line);
        Matcher ended = ENDED.matcher(line);
        Matcher module = MODULE.matcher(line);
        if (started.find()) {
          unfinished.add(started.group(1));
        } else if (ended.find()) {
          unfinished.remove(ended.group(1));
        } else if (module.find()) {
          notBuilt.add(
              module.group(1) + (module.group(2).equals("FAILURE") ? " failed" : " not run"));
        }
      }
    }
    return new BuildLog(unfinished, notBuilt);
  }
}
