package framewise.bench.answers;

import framewise.vision.builtin.BuiltinBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Scores the built-in back end, one row per skill. Arguments: the folder of labelled media, which
 * need not exist, and {@code full} (200 drawn pictures without text and 60 with text) or {@code
 * short}.
 */
public final class AnswersBench {
  private AnswersBench() {}

  /** Prints a table in Markdown. */
  public static void main(String[] args) throws Exception {
    System.out.println("| asked | pictures | right | false alarms | CPU ms |");
    System.out.println("|---|---|---|---|---|");
    boolean full = args.length > 1 && args[1].equals("full");
    skills(Path.of(args[0]), full, skill -> System.out.println(skill.row()));
  }

  /**
   * @param done receives each skill as soon as it is scored
   */
  static void skills(Path media, boolean full, Consumer<SkillScore> done) throws Exception {
    BuiltinBackend backend = new BuiltinBackend();
    backend.warmUp();
    if (Files.isDirectory(media)) {
      new LabelledSet(backend, media).skills().forEach(done);
    }
    DrawnSet drawn = new DrawnSet(backend);
    (full ? drawn.skills(10, 60) : drawn.skills(1, 8)).forEach(done);
  }
}
