package framewise.vision.builtin;

import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.Detection;
import framewise.vision.builtin.object.ObjectKind;
import framewise.vision.builtin.prompt.Claim;
import framewise.vision.builtin.prompt.Request;
import framewise.vision.builtin.prompt.Skill;
import framewise.vision.builtin.prompt.Things;
import framewise.vision.builtin.scene.Colour;
import framewise.vision.builtin.scene.Motion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes answers. They say so when something requested cannot be detected: "not detected" never
 * becomes "not there", and nothing is guessed.
 */
final class AnswerWriter {
  private static final String NO_TEXT = "No readable text.";
  private static final String ONE_FRAME =
      "This clip is one frame, so nothing can be compared: movement needs clips of two or more.";

  private static final String CANNOT =
      "The built-in model can't answer that. It can read text, count things, and describe what is"
          + " visible.";

  private AnswerWriter() {}

  /** Answers a prompt. */
  static String answer(Request request, ClipContents sight)
      throws ModelException, InterruptedException {
    Set<Skill> skills = request.skills();
    if (skills.isEmpty()) {
      return request.noun()
          ? "The built-in model doesn't know "
              + quoted(request.unknown())
              + ". It can detect people, vehicles, animals, furniture, food and everyday objects."
          : CANNOT;
    }
    List<String> parts = new ArrayList<>();
    if (skills.contains(Skill.DESCRIBE)) {
      parts.add(description(sight));
    }
    if (skills.contains(Skill.FIND)) {
      parts.add(found(request, sight));
    }
    if (skills.contains(Skill.MOTION)) {
      parts.add(changed(sight));
    }
    if (skills.contains(Skill.COLOURS) && !skills.contains(Skill.DESCRIBE)) {
      boolean ofThings = !request.things().isEmpty() && !skills.contains(Skill.FIND);
      parts.add(ofThings ? ThingColours.describe(request.things(), sight) : colours(sight));
    }
    parts.addAll(limits(request));
    if (skills.contains(Skill.READ) && !skills.contains(Skill.DESCRIBE)) {
      boolean alone = parts.isEmpty();
      List<String> lines = lines(sight);
      String read = lines.isEmpty() ? NO_TEXT : String.join("\n", lines);
      parts.add(alone || lines.isEmpty() ? read : "Text:\n" + read);
    }
    return String.join(" ", parts);
  }

  /** A description with counts, text, colours and, for several frames, movement. */
  static String description(ClipContents sight) throws ModelException, InterruptedException {
    String things = new Counts(sight.things()).listed();
    List<String> parts = new ArrayList<>();
    parts.add(things.isEmpty() ? "No known object detected." : things + ".");
    List<String> lines = lines(sight);
    if (!lines.isEmpty()) {
      parts.add(
          "Text: "
              + lines.stream().map(line -> "“" + line + "”").collect(Collectors.joining(", "))
              + ".");
    }
    parts.add(colours(sight));
    Optional<Motion> motion = sight.motion();
    if (motion.isPresent()) {
      parts.add(moved(motion.get()));
    }
    return String.join(" ", parts);
  }

  /** Rows of text, then a line with the number of unread pieces, if any. */
  static List<String> lines(ClipContents sight) throws ModelException, InterruptedException {
    List<String> lines = new ArrayList<>(sight.text().lines());
    if (sight.text().unread() > 0) {
      lines.add("[" + sight.text().unread() + " more not read]");
    }
    return lines;
  }

  private static String found(Request request, ClipContents sight)
      throws ModelException, InterruptedException {
    boolean ofPeople =
        request.things().size() == 1
            && request.things().getFirst().kinds().equals(Set.of(ObjectKind.PERSON));
    if (ofPeople && !request.about().isEmpty()) {
      return Postures.describe(request.about(), sight);
    }
    String counted = counted(request, sight);
    String moving = MovingShape.describe(request.things(), sight);
    boolean only = request.skills().equals(Set.of(Skill.FIND));
    if (only && moving.isEmpty() && request.claim().isPresent()) {
      return judged(request.claim().get(), request.things(), counted, sight);
    }
    return counted + moving;
  }

  /** Answers a yes-or-no question with the count behind it: "Yes: 3 people." */
  private static String judged(Claim claim, List<Things> wanted, String counted, ClipContents sight)
      throws ModelException, InterruptedException {
    int count = sight.things(kinds(wanted)).size();
    boolean holds = claim.holds(count);
    if (count == 0) {
      return holds ? "Yes: no" + counted.substring("No".length()) : counted;
    }
    return (holds ? "Yes: " : "No: ") + counted;
  }

  static String counted(List<Things> wanted, ClipContents sight)
      throws ModelException, InterruptedException {
    return counted(wanted, sight.things(kinds(wanted)), "", false);
  }

  private static String counted(Request request, ClipContents sight)
      throws ModelException, InterruptedException {
    List<Detection> things = sight.things(kinds(request.things()));
    Optional<Side> side = Side.of(request.about());
    return counted(
        request.things(),
        side.map(half -> half.of(things, Detection::place, sight.width())).orElse(things),
        side.map(Side::words).orElse(""),
        request.either());
  }

  private static Set<ObjectKind> kinds(List<Things> wanted) {
    Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
    wanted.forEach(things -> kinds.addAll(things.kinds()));
    return kinds;
  }

  /**
   * @param where the half of the picture that is counted, in words; empty for all of it
   * @param either whether one of the things would do; then missing ones are not mentioned
   */
  private static String counted(
      List<Things> wanted, List<Detection> detected, String where, boolean either) {
    Counts counts = new Counts(detected);
    List<String> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Things things : wanted) {
      if (counts.of(things) == 0) {
        missing.add(things.plural());
      } else if (things.equals(Things.ALL)) {
        found.add(counts.listed());
      } else {
        found.add(things.counted(counts.of(things)));
      }
    }
    if (missing.isEmpty()) {
      return String.join(", ", found) + where + ".";
    }
    String none = "No " + String.join(" or ", missing) + " detected" + where + ".";
    if (either && !found.isEmpty()) {
      return String.join(", ", found) + where + ".";
    }
    return found.isEmpty() ? none : String.join(", ", found) + where + ". " + none;
  }

  static String colours(ClipContents sight) throws ModelException, InterruptedException {
    List<Colour> colours = sight.colours();
    return colours.isEmpty()
        ? "Many colours."
        : "Mostly " + colours.stream().map(Colour::word).collect(Collectors.joining(" and ")) + ".";
  }

  static String moved(Motion motion) {
    if (motion.none()) {
      return "Nothing moves.";
    }
    if (motion.whole()) {
      return "Nearly the whole picture changes: a cut or a moving camera.";
    }
    return "Movement"
        + motion.where().map(where -> " " + where).orElse(" in several places")
        + motion.heading().map(heading -> ", going " + heading).orElse("")
        + ".";
  }

  /** Describes movement, appearances and disappearances. */
  private static String changed(ClipContents sight) throws ModelException, InterruptedException {
    Optional<Motion> motion = sight.motion();
    if (motion.isEmpty()) {
      return ONE_FRAME;
    }
    List<String> parts = new ArrayList<>(List.of(moved(motion.get())));
    if (!motion.get().none()) {
      Counts before = new Counts(sight.thingsBefore());
      Counts now = new Counts(sight.things());
      Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
      kinds.addAll(before.kinds());
      kinds.addAll(now.kinds());
      for (ObjectKind kind : kinds) {
        if (before.of(kind) != now.of(kind)) {
          parts.add(Counts.counted(kind, before.of(kind)) + " before, " + now.of(kind) + " now.");
        }
      }
    }
    return String.join(" ", parts);
  }

  private static List<String> limits(Request request) {
    List<String> limits = new ArrayList<>();
    if (!request.narrow().isEmpty() && request.skills().contains(Skill.FIND)) {
      limits.add("The built-in model can't tell " + quoted(request.narrow()) + " from others.");
    }
    if (!request.unknown().isEmpty()) {
      limits.add("The built-in model can't judge " + quoted(request.unknown()) + ".");
    }
    return limits;
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> "“" + word + "”").collect(Collectors.joining(", "));
  }
}
