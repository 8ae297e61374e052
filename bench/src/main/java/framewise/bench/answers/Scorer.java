package framewise.bench.answers;

import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.Question;
import framewise.vision.builtin.BuiltinBackend;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Asks the built-in back end and counts right answers. Used by one thread. */
final class Scorer {
  private final BuiltinBackend backend;
  private final String name;
  private int pictures;
  private int right;
  private int of;
  private int falseAlarms;
  private long cpuNanos;

  Scorer(BuiltinBackend backend, String name) {
    this.backend = backend;
    this.name = name;
  }

  /** Asks about one frame, closes it, and returns the answer. */
  String ask(Frame frame, String prompt) throws Exception {
    try (Clip clip = new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(0.1), List.of(frame))) {
      long start = cpu();
      String answer = backend.ask(clip, Question.of(prompt)).text();
      cpuNanos += cpu() - start;
      pictures++;
      return answer;
    }
  }

  void score(int points, int possible) {
    right += points;
    of += possible;
  }

  void falseAlarm() {
    falseAlarms++;
  }

  /** Compares an answer such as {@code 3 people.} with the expected number. */
  void count(Frame frame, String prompt, int expected) throws Exception {
    String answer = ask(frame, prompt);
    int counted = answer.startsWith("No ") ? 0 : Integer.parseInt(answer.split(" ", 2)[0]);
    score(counted == expected ? 1 : 0, 1);
    if (counted > expected) {
      falseAlarm();
    }
  }

  SkillScore skill() {
    return new SkillScore(
        name, pictures, right, of, falseAlarms, cpuNanos / 1e6 / Math.max(1, pictures));
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
