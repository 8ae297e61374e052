package framewise.vision.builtin.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PromptGoesToTheSkillThatCanAnswerTest {
  /** Columns: prompt | selected skills | counted things | words that are not understood. */
  private static final String TABLE =
      """
      Read any visible text                           | READ
      read the text.                                  | READ
      OCR                                             | READ
      What does the sign say?                         | READ
      What is written on the board?                   | READ
      Transcribe all text, word for word              | READ
      What's on the sign?                             | READ
      Is there any text?                              | READ
      Read the number plate                           | READ
      Read the text on the bus                        | READ
      Lies den Text im Bild                           | READ
      Lis le texte                                    | READ
      Lee el texto                                    | READ
      Describe what you see in few words              | DESCRIBE
      Describe the scene in one sentence              | DESCRIBE
      What do you see?                                | DESCRIBE
      what is in this image?                          | DESCRIBE
      What's happening?                               | DESCRIBE
      Beschreibe das Bild in wenigen Worten           | DESCRIBE
      Décris l'image                                  | DESCRIBE
      Describe lo que ves                             | DESCRIBE
      Count the people                                | FIND             | person
      How many people are there?                      | FIND             | person
      how many persons do you see in the video        | FIND             | person
      Is there anybody?                               | FIND             | person
      people?                                         | FIND             | person
      Zähle die Personen                              | FIND             | person
      Wie viele Autos sind im Bild?                   | FIND             | car
      Combien de voitures ?                           | FIND             | car
      ¿Cuántas personas hay?                          | FIND             | person
      Count the vehicles                              | FIND             | vehicle
      How many cars and people are there?             | FIND             | car, person
      Count the dogs, the cats and the traffic lights | FIND             | dog, cat, traffic light
      Is there a stop sign?                           | FIND             | stop sign
      Do you see a dog? Answer yes or no.             | FIND             | dog
      Detect mobile phones                            | FIND             | cell phone
      Tell me if a bicycle appears                    | FIND             | bicycle
      any bottles?                                    | FIND             | bottle
      List all objects                                | FIND             | known thing
      What changed?                                   | MOTION
      Is anything moving?                             | MOTION
      Has anything changed since the last frame?      | MOTION           |                         | since last
      What colours are there?                         | COLOURS
      Describe what you see and read any text         | DESCRIBE, READ
      Count the people and read the text              | FIND, READ       | person
      What changed, and how many cars are there?      | FIND, MOTION     | car
      How many people are wearing hats?               | FIND             | person                  | wearing hats
      How many people are in the queue at the door?   | FIND             | person                  | queue door
      Describe the mood                               | DESCRIBE         |                         | mood
      Read the text and translate it                  | READ             |                         | translate
      Why is there a car?                             | FIND             | car                     | why
      How many bottles are on the table?              | FIND             | bottle
      Is anyone in the car?                           | FIND             | person
      Is there a chair or a couch?                    | FIND             | chair, couch
      What colour is the car?                         | COLOURS          | car
      Welche Farbe hat das Auto?                      | COLOURS          | car
      De qué color es el coche?                       | COLOURS          | car
      Quelle est la couleur de la voiture ?           | COLOURS          | car
      Ist da ein Hund?                                | FIND             | dog
      Gibt es Fußgänger?                              | FIND             | person
      Wie viele Fahrräder und Stühle siehst du?       | FIND             | bicycle, chair
      Wie viele Buecher liegen auf dem Tisch?         | FIND             | book
      Zähle die Bierflaschen                          | FIND             | bottle
      Wieviele Polizeiautos sind zu sehen?            | FIND             | car
      Combien de vélos y a-t-il ?                     | FIND             | bicycle
      Combien de velos y a-t-il ?                     | FIND             | bicycle
      Est-ce qu'il y a un chien ou un chat ?          | FIND             | dog, cat
      Y a-t-il des sacs à dos ?                       | FIND             | backpack
      ¿Cuántos coches hay?                            | FIND             | car
      ¿Hay un perro en la imagen?                     | FIND             | dog
      ¿Cuantas bicicletas ves?                        | FIND             | bicycle
      Cuenta los camiones y los autobuses             | FIND             | truck, bus
      Are people standing?                            | FIND             | person
      Is someone raising a hand?                      | FIND             | person
      Hebt jemand die Hand?                           | FIND             | person
      Is there someone on the left?                   | FIND             | person
      Is there a car on the left?                     | FIND             | car
      What is on the left?                            | FIND             | known thing
      Is the room empty?                              | FIND             | person
      Is there nobody in the room?                    | FIND             | person
      Ist das Zimmer leer?                            | FIND             | person
      La pièce est-elle vide ?                        | FIND             | person
      ¿Está vacía la sala?                            | FIND             | person
      Is the parking lot full?                        | FIND             | vehicle                 | full
      Ist der Raum voll?                              | FIND             | person                  | voll
      Is the parking lot free?                        | FIND             | vehicle                 | free
      Is the parking space free?                      | FIND             | vehicle
      Ist der Parkplatz belegt?                       | FIND             | vehicle
      How many people are in the room?                | FIND             | person
      Wie viele Autos stehen auf dem Parkplatz?       | FIND             | car
      Combien de personnes dans la pièce ?            | FIND             | person
      Inside the store, count customers               | FIND             | person
      Any intruder?                                   | FIND             | person
      Are there more than 3 people?                   | FIND             | person
      Are there at least two cars?                    | FIND             | car
      Sind mindestens zwei Autos da?                  | FIND             | car
      Alert me when more than 5 people are there      | FIND             | person
      What is on the table?                           | FIND             | known thing
      ¿Qué hay en la mesa?                            | FIND             | known thing
      What objects are visible?                       | FIND             | known thing
      Which color is the car?                         | COLOURS          | car
      What time does the clock show?                  | READ
      Wie spät ist es?                                | READ
      What's the number on the screen?                | READ
      What is the number of cars?                     | FIND             | car
      Was steht auf dem Schild?                       | READ
      ¿Qué dice el cartel?                            | READ
      Que dit le panneau ?                            | READ
      Décris la scène                                 | DESCRIBE
      """;

  static List<String> rows() {
    return TABLE.lines().toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void table(String row) {
    List<String> cells = cells(row);
    Request request = Request.of(cells.get(0));
    assertThat(request.skills()).containsExactlyInAnyOrderElementsOf(skills(cells.get(1)));
    assertThat(request.things().stream().map(Things::singular).collect(Collectors.joining(", ")))
        .isEqualTo(cells.get(2));
    assertThat(String.join(" / ", request.unknown())).isEqualTo(cells.get(3));
  }

  private static List<String> cells(String row) {
    return Arrays.stream((row + "|||").split("\\|", -1)).map(String::strip).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Who is this?
          Which brand is it?
          Is this situation dangerous?
          How old is he?
          What is the weather like?
          How many trees are there?
          How many boxes are on the table?
          How many wheels does the car have?
          Wer ist das?
          Tell me a joke
          Please
          !!!
          今日は
          """)
  void unanswerablePromptsHaveNoSkill(String prompt) {
    assertThat(Request.of(prompt).skills()).isEmpty();
  }

  @Test
  void qualifiersAreKept() {
    Request request = Request.of("How many women and children are there?");
    assertThat(request.things()).extracting(Things::singular).containsExactly("person");
    assertThat(request.narrow()).containsExactly("women", "children");
  }

  @Test
  void longPromptsAreReadToTheLimit() {
    String prompt = "Count the people " + "and the unicorns ".repeat(100_000);
    Request request = Request.of(prompt);
    assertThat(request.things()).extracting(Things::singular).containsExactly("person");
    assertThat(request.unknown()).hasSizeLessThanOrEqualTo(4);
    assertThat(request.unknown()).allSatisfy(word -> assertThat(word.length()).isLessThan(50));
  }

  private static List<Skill> skills(String names) {
    return Arrays.stream(names.split(",", -1)).map(String::strip).map(Skill::valueOf).toList();
  }
}
