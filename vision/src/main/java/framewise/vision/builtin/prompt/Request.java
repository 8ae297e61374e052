package framewise.vision.builtin.prompt;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a prompt asks for, as far as it is understood. English, with a few words of German, French
 * and Spanish.
 *
 * @param skills what can be done about it; empty when nothing
 * @param things what shall be found and counted, each once
 * @param narrow words that mean only some of a kind, such as {@code women}
 * @param unknown what else it asks for and nothing can be done about, in its own words
 */
public record Request(
    Set<Skill> skills, List<Things> things, List<String> narrow, List<String> unknown) {
  /** The first so many characters of a prompt are looked at. */
  private static final int MAX_LENGTH = 4_000;

  /** An answer repeats no more than this of what was not understood. */
  private static final int MAX_UNKNOWN = 4;

  public Request {
    skills = Set.copyOf(skills);
    things = List.copyOf(things);
    narrow = List.copyOf(narrow);
    unknown = List.copyOf(unknown);
  }

  public static Request of(String prompt) {
    Words words = new Words(prompt.substring(0, Math.min(MAX_LENGTH, prompt.length())));
    words.take(Phrases.MANNER);
    Set<Skill> skills = EnumSet.noneOf(Skill.class);
    for (Skill skill :
        List.of(Skill.DESCRIBE, Skill.FIND, Skill.MOTION, Skill.COLOURS, Skill.READ)) {
      if (words.take(Phrases.of(skill))) {
        skills.add(skill);
      }
    }
    boolean asksForThings = skills.remove(Skill.FIND);
    List<Things> things = new ArrayList<>();
    List<String> narrow = new ArrayList<>();
    words.takeNouns(
        (word, noun) -> {
          if (!things.contains(noun.things())) {
            things.add(noun.things());
          }
          if (noun.narrow()) {
            narrow.add(word);
          }
        });
    if (words.take(Phrases.ANYTHING) && things.isEmpty() && asksForThings) {
      things.add(Things.ALL);
    }
    if (words.take(Phrases.SIGN) && things.isEmpty()) {
      skills.add(Skill.READ);
    }
    if (!things.isEmpty() && (asksForThings || skills.isEmpty())) {
      skills.add(Skill.FIND);
    }
    List<String> unknown =
        skills.equals(Set.of(Skill.READ))
            ? words.rest(Phrases::beyondReading)
            : words.rest(Phrases::matters);
    return new Request(
        skills,
        skills.contains(Skill.FIND) ? things : List.of(),
        narrow,
        unknown.subList(0, Math.min(MAX_UNKNOWN, unknown.size())));
  }
}
