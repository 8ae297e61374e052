package framewise.vision.builtin.prompt;

import framewise.vision.builtin.object.ObjectKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The recognised content of a prompt. English, with a few words of German, French and Spanish.
 *
 * @param skills the skills that apply; empty when none does
 * @param things what to find and count, each once
 * @param narrow words that mean only part of a kind, such as {@code women}
 * @param about questions on the pose or place of people
 * @param claim what a yes-or-no question claims about the number of those things; empty where the
 *     number itself is asked for, or something that cannot be detected decides
 * @param either whether one of several things would do, as in "a dog or a cat"
 * @param noun whether it asks only for unknown things
 * @param unknown other requests that cannot be answered, in the prompt's words
 */
public record Request(
    Set<Skill> skills,
    List<Things> things,
    Set<PersonTrait> about,
    Optional<Claim> claim,
    boolean either,
    boolean noun,
    List<String> narrow,
    List<String> unknown) {
  /** What can be detected about people. */
  public enum PersonTrait {
    STANDING,
    HAND_RAISED,
    LEFT,
    RIGHT
  }

  /** Only this many characters of a prompt are read. */
  private static final int MAX_LENGTH = 4_000;

  /** An answer repeats at most this many unknown phrases. */
  private static final int MAX_UNKNOWN = 4;

  public Request {
    skills = Set.copyOf(skills);
    things = List.copyOf(things);
    about = Set.copyOf(about);
    narrow = List.copyOf(narrow);
    unknown = List.copyOf(unknown);
  }

  public static Request of(String prompt) {
    PromptWords words = new PromptWords(prompt.substring(0, Math.min(MAX_LENGTH, prompt.length())));
    words.take(Phrases.MANNER);
    Optional<String> undecided = Surroundings.state(words).flatMap(Surroundings::undecided);
    boolean yesOrNo = words.take(Phrases.YES_OR_NO);
    Optional<Claim> claim =
        Claim.of(words).or(() -> yesOrNo ? Optional.of(Claim.SOME) : Optional.empty());
    words.take(Phrases.COMPARISON);
    boolean shownText = words.take(Phrases.SHOWN_TEXT);
    boolean emptyOfPeople = words.take(Surroundings.EMPTY_OF_PEOPLE);
    boolean emptyOfVehicles = words.take(Surroundings.EMPTY_OF_VEHICLES);
    boolean named = words.has(Phrases.NAMES_A_THING);
    words.take(Surroundings.MENTIONED);
    Set<PersonTrait> about = EnumSet.noneOf(PersonTrait.class);
    take(words, Phrases.STANDING, PersonTrait.STANDING, about);
    take(words, Phrases.HAND_RAISED, PersonTrait.HAND_RAISED, about);
    take(words, Phrases.LEFT, PersonTrait.LEFT, about);
    take(words, Phrases.RIGHT, PersonTrait.RIGHT, about);
    Set<Skill> skills = EnumSet.noneOf(Skill.class);
    for (Skill skill :
        List.of(Skill.DESCRIBE, Skill.FIND, Skill.MOTION, Skill.COLOURS, Skill.READ)) {
      if (words.take(Phrases.of(skill))) {
        skills.add(skill);
      }
    }
    boolean asksForThings = skills.remove(Skill.FIND);
    List<Things> things = new ArrayList<>();
    List<Things> places = new ArrayList<>();
    List<String> narrow = new ArrayList<>();
    words.takeNouns(
        (word, noun, place) -> {
          List<Things> list = place ? places : things;
          if (!list.contains(noun.things())) {
            list.add(noun.things());
          }
          if (noun.narrow() && !place) {
            narrow.add(word);
          }
        });
    if (shownText) {
      skills.add(Skill.READ);
    } else if (things.isEmpty()) {
      boolean ofPosture =
          about.contains(PersonTrait.STANDING) || about.contains(PersonTrait.HAND_RAISED);
      if (emptyOfPeople || ofPosture) {
        things.add(Things.PEOPLE);
      } else if (!about.isEmpty() && places.isEmpty()) {
        things.add(Things.ALL);
      } else if (emptyOfVehicles) {
        things.add(Vocabulary.vehicles());
      }
    }
    if (things.stream().noneMatch(one -> one.kinds().contains(ObjectKind.PERSON))) {
      about.removeAll(EnumSet.of(PersonTrait.STANDING, PersonTrait.HAND_RAISED));
    }
    boolean either = words.take(Phrases.EITHER);
    if (words.take(Phrases.ANYTHING) && things.isEmpty() && asksForThings) {
      things.add(Things.ALL);
    }
    if (things.isEmpty() && !places.isEmpty() && !shownText) {
      // "What is on the table?" asks for everything but the table, "How many boxes are on it?" for
      // boxes.
      boolean ofUnknown = words.rest(Phrases::matters).stream().findAny().isPresent();
      if (skills.contains(Skill.COLOURS)) {
        things.addAll(places);
      } else if (!named || !ofUnknown) {
        things.add(Things.ALL);
      } else {
        asksForThings = false;
      }
    }
    if (words.take(Phrases.SIGN) && things.isEmpty()) {
      skills.add(Skill.READ);
    }
    if (!things.isEmpty() && (asksForThings || skills.isEmpty())) {
      skills.add(Skill.FIND);
    }
    List<String> unknown = new ArrayList<>();
    undecided.filter(word -> skills.contains(Skill.FIND)).ifPresent(unknown::add);
    unknown.addAll(
        skills.equals(Set.of(Skill.READ))
            ? words.rest(Phrases::beyondReading)
            : words.rest(Phrases::matters));
    boolean noun = named && skills.isEmpty() && !unknown.isEmpty();
    boolean decided =
        skills.contains(Skill.FIND)
            && about.isEmpty()
            && narrow.isEmpty()
            && unknown.isEmpty()
            && (things.size() == 1 || either);
    boolean kept = skills.contains(Skill.FIND) || skills.contains(Skill.COLOURS);
    return new Request(
        skills,
        kept ? things : List.of(),
        skills.contains(Skill.FIND) ? about : Set.of(),
        decided ? claim : Optional.empty(),
        either,
        noun,
        narrow,
        unknown.subList(0, Math.min(MAX_UNKNOWN, unknown.size())));
  }

  private static void take(
      PromptWords words, Pattern phrase, PersonTrait about, Set<PersonTrait> taken) {
    if (words.take(phrase)) {
      taken.add(about);
    }
  }
}
