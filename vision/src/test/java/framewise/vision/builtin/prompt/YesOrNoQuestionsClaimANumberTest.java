package framewise.vision.builtin.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.vision.builtin.prompt.Claim.Relation;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YesOrNoQuestionsClaimANumberTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Are there more than 2 people?                 | MORE_THAN  | 2
          Alert me when more than five people are there | MORE_THAN  | 5
          Sind mehr als zwei Autos da?                  | MORE_THAN  | 2
          Y a-t-il plus de trois voitures ?             | MORE_THAN  | 3
          ¿Hay más de 4 perros?                         | MORE_THAN  | 4
          Are there fewer than three cars?              | FEWER_THAN | 3
          Sind weniger als 3 Personen da?               | FEWER_THAN | 3
          Are there at least two cars?                  | AT_LEAST   | 2
          2 or more dogs?                               | AT_LEAST   | 2
          Sind mindestens zwei Autos da?                | AT_LEAST   | 2
          Are there no fewer than 2 cats?               | AT_LEAST   | 2
          At most 10 people?                            | AT_MOST    | 10
          Are there no more than 4 people?              | AT_MOST    | 4
          Are there exactly 2 bottles?                  | EXACTLY    | 2
          Is the room empty?                            | EXACTLY    | 0
          Is there nobody in the room?                  | EXACTLY    | 0
          Ist das Zimmer leer?                          | EXACTLY    | 0
          La pièce est-elle vide ?                      | EXACTLY    | 0
          ¿Está vacía la sala?                          | EXACTLY    | 0
          Is the parking lot empty?                     | EXACTLY    | 0
          Are there no people?                          | EXACTLY    | 0
          No person present                             | EXACTLY    | 0
          There is no dog                               | EXACTLY    | 0
          Tell me when no car is there                  | EXACTLY    | 0
          Ist da kein Hund?                             | EXACTLY    | 0
          Il n'y a pas de voiture ?                     | EXACTLY    | 0
          ¿No hay personas?                             | EXACTLY    | 0
          Is the parking space free?                    | EXACTLY    | 0
          Is the meeting room occupied?                 | AT_LEAST   | 1
          Ist der Parkplatz belegt?                     | AT_LEAST   | 1
          Do you see a dog? Answer yes or no.           | AT_LEAST   | 1
          A dog or a cat? yes or no                     | AT_LEAST   | 1
          Ist da ein Hund? Antworte nur mit ja oder nein | AT_LEAST  | 1
          """)
  void whoseTruthTheCountDecides(String prompt, Relation relation, long number) {
    assertThat(Request.of(prompt).claim()).contains(new Claim(relation, number));
  }

  /** Questions that ask for a number, or that a count alone does not answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "How many people are there?",
        "How many people are there? If there are no people, say none.",
        "Count the people, more than 3 are too many",
        "Wie viele Autos? Wenn keine da sind, sag 0",
        "Is there a dog?",
        "Is the parking lot full?",
        "Is the room crowded?",
        "Is there nobody else?",
        "Are there more than 2 people wearing hats?",
        "Are there more than 2 women?",
        "Are there more than 2 people on the left?",
        "Are there more than 2 dogs and 3 cats?",
        "Are there more cars than people?",
        "Is the text more than 3 words?"
      })
  void othersClaimNone(String prompt) {
    assertThat(Request.of(prompt).claim()).isEmpty();
  }

  @Test
  void noCountExceedsAnEndlessNumber() {
    Optional<Claim> claim = Request.of("More than " + "9".repeat(3_000) + " people?").claim();
    assertThat(claim.orElseThrow().holds(Integer.MAX_VALUE)).isFalse();
  }
}
