package framewise.engine.keep;

import framewise.engine.store.OwnerOnlyFiles;
import framewise.media.MediaTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * File of one kept picture. Its name has all metadata, so there is no index that could contradict
 * the files after a crash.
 */
public final class FrameFile {
  private static final Pattern NAME =
      Pattern.compile("(\\d{1,15})_(\\d{1,18})_(\\d{1,15})_(\\d{1,5})x(\\d{1,5})_(\\d{1,9})\\.jpg");

  private FrameFile() {}

  /** Name of the file. */
  public static String name(KeptFrame frame) {
    return "%d_%d_%d_%dx%d_%d.jpg"
        .formatted(
            frame.index(),
            frame.time().micros(),
            frame.at().toEpochMilli(),
            frame.width(),
            frame.height(),
            frame.bytes());
  }

  /** Parses a file's name; empty if it is not that of a kept picture. */
  public static Optional<KeptFrame> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new KeptFrame(
                Long.parseLong(matcher.group(1)),
                new MediaTime(Long.parseLong(matcher.group(2))),
                Instant.ofEpochMilli(Long.parseLong(matcher.group(3))),
                Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(5)),
                Integer.parseInt(matcher.group(6))))
        : Optional.empty();
  }

  /** Writes the file completely or not at all. */
  static void write(Path folder, KeptFrame frame, byte[] jpeg) throws IOException {
    OwnerOnlyFiles.makeFolder(folder);
    Path half = folder.resolve("new.part");
    OwnerOnlyFiles.makeFile(half);
    Files.write(half, jpeg);
    Files.move(half, folder.resolve(name(frame)), StandardCopyOption.ATOMIC_MOVE);
  }
}
