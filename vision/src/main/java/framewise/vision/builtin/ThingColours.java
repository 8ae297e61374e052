package framewise.vision.builtin;

import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.Detection;
import framewise.vision.builtin.object.ObjectKind;
import framewise.vision.builtin.prompt.Things;
import framewise.vision.builtin.scene.Colour;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names the colours of the things in a question. */
final class ThingColours {
  private static final int MAX_NAMED = 6;

  private ThingColours() {}

  static String describe(List<Things> wanted, ClipContents sight)
      throws ModelException, InterruptedException {
    Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
    wanted.forEach(things -> kinds.addAll(things.kinds()));
    List<String> found = new ArrayList<>();
    for (Detection thing : sight.things(kinds)) {
      Optional<Colour> colour = sight.colour(thing.place());
      if (found.size() < MAX_NAMED) {
        found.add(
            thing.kind().singular() + ": " + colour.map(Colour::word).orElse("several colours"));
      }
    }
    if (found.isEmpty()) {
      return AnswerWriter.counted(wanted, sight);
    }
    String all = String.join(", ", found);
    return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
  }
}
