package framewise.vision.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.Answer;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class BuiltinAnswersTest {
  private static final BuiltinBackend BACKEND = new BuiltinBackend();

  static boolean present() {
    return SampleClip.present();
  }

  @Test
  @EnabledIf("present")
  void realObjectsAreCounted() throws Exception {
    try (Clip clip = clip(SampleClip.frame("bottle-detection.mp4", 25))) {
      assertThat(ask(clip, "How many bottles are there?")).isEqualTo("2 bottles.");
      assertThat(ask(clip, "How many bottles are on the left?"))
          .isEqualTo("No bottles detected on the left.");
      assertThat(ask(clip, "Is there a bottle on the right?")).isEqualTo("2 bottles on the right.");
      assertThat(ask(clip, "Count the people")).isEqualTo("No people detected.");
      assertThat(ask(clip, "Count bottles and people")).isEqualTo("2 bottles. No people detected.");
    }
  }

  @Test
  @EnabledIf("present")
  void yesOrNoComesWithTheCountBehindIt() throws Exception {
    try (Clip clip = clip(SampleClip.frame("bottle-detection.mp4", 25))) {
      assertThat(ask(clip, "Are there at least two bottles?")).isEqualTo("Yes: 2 bottles.");
      assertThat(ask(clip, "Are there more than two bottles?")).isEqualTo("No: 2 bottles.");
      assertThat(ask(clip, "Is there a bottle? Answer yes or no")).isEqualTo("Yes: 2 bottles.");
      assertThat(ask(clip, "Is the room empty?")).isEqualTo("Yes: no people detected.");
      assertThat(ask(clip, "Is the room occupied?")).isEqualTo("No people detected.");
      assertThat(ask(clip, "Are there fewer than 3 people?")).isEqualTo("Yes: no people detected.");
    }
  }

  @Test
  @EnabledIf("present")
  void vehiclesAreCountedTogether() throws Exception {
    try (Clip clip = clip(SampleClip.frame("car-detection.mp4", 16.5))) {
      assertThat(ask(clip, "Count the vehicles")).isEqualTo("2 vehicles.");
      assertThat(ask(clip, "Is there a car on the left?")).isEqualTo("1 car on the left.");
      assertThat(ask(clip, "Count the vehicles on the right")).isEqualTo("1 vehicle on the right.");
    }
  }

  @Test
  @EnabledIf("present")
  void arrivalsAreReported() throws Exception {
    try (Clip clip =
        clip(
            SampleClip.frame("car-detection.mp4", 3), SampleClip.frame("car-detection.mp4", 6.5))) {
      assertThat(ask(clip, "What changed?"))
          .startsWith("Movement ")
          .endsWith("0 cars before, 1 now.");
    }
  }

  @Test
  void aDescriptionHasTextAndColours() throws Exception {
    try (Clip clip =
        clip(Sign.of("EXIT 42").coloured(new Color(20, 60, 180), Color.WHITE).frame())) {
      assertThat(ask(clip, "Describe what you see in few words"))
          .contains("Text: “EXIT 42”.")
          .contains("Mostly blue.");
    }
  }

  @Test
  void textAndCountsAreCombined() throws Exception {
    try (Clip clip = clip(Sign.of("EXIT 42").frame())) {
      assertThat(ask(clip, "Count the dogs and read the text"))
          .isEqualTo("No dogs detected. Text:\nEXIT 42");
    }
  }

  @Test
  void unanswerablePartsAreNamed() throws Exception {
    try (Clip clip = clip(Sign.of("EXIT 42").frame())) {
      assertThat(ask(clip, "Who wrote this and in which mood?"))
          .isEqualTo(
              "The built-in model can't answer that. It can read text, count things, and describe"
                  + " what is visible.");
      assertThat(ask(clip, "How many women are wearing hats?"))
          .isEqualTo(
              "No people detected. The built-in model can't tell “women” from others."
                  + " The built-in model can't judge “wearing hats”.");
      assertThat(ask(clip, "How many trees are there?"))
          .isEqualTo(
              "The built-in model doesn't know “trees”. It can detect people, vehicles, animals,"
                  + " furniture, food and everyday objects.");
    }
  }

  @Test
  @EnabledIf("present")
  void onlyRequestedObjectsAreMentioned() throws Exception {
    try (Clip clip = clip(SampleClip.frame("bottle-detection.mp4", 5))) {
      assertThat(ask(clip, "How many bottles are on the table?")).isEqualTo("3 bottles.");
      assertThat(ask(clip, "Is there a dog or a bottle?")).isEqualTo("3 bottles.");
      assertThat(ask(clip, "Is there a dog or a cat?")).isEqualTo("No dogs or cats detected.");
      assertThat(ask(clip, "Wie viele Flaschen stehen auf dem Tisch?")).startsWith("3 bottles.");
      assertThat(ask(clip, "Combien de bouteilles y a-t-il sur la table ?"))
          .isEqualTo("3 bottles.");
    }
  }

  @Test
  @EnabledIf("present")
  void coloursBelongToTheirObject() throws Exception {
    try (Clip clip = clip(SampleClip.frame("car-detection.mp4", 18.5))) {
      assertThat(ask(clip, "What colour is the car?")).containsIgnoringCase("car: red");
      assertThat(ask(clip, "What color is the dog?")).isEqualTo("No dogs detected.");
    }
  }

  @Test
  @EnabledIf("present")
  void peopleAreDescribedByPoseAndPlace() throws Exception {
    try (Clip clip = clip(SampleClip.frame("labelled/face-demographics-walking-03.jpg", 0))) {
      assertThat(ask(clip, "Is anyone standing?")).isEqualTo("2 people: 2 standing.");
    }
    try (Clip clip = clip(SampleClip.frame("labelled/store-aisle-detection-03.jpg", 0))) {
      assertThat(ask(clip, "Is somebody raising a hand?"))
          .startsWith("2 people: 1 with a raised hand");
    }
    try (Clip clip = clip(SampleClip.frame("labelled/people-detection-01.jpg", 0))) {
      assertThat(ask(clip, "Is there someone on the left?")).isEqualTo("1 person on the left.");
      assertThat(ask(clip, "Is there someone on the right?"))
          .isEqualTo("No people detected on the right.");
    }
  }

  @Test
  void oneFrameCannotShowChange() throws Exception {
    try (Clip clip = clip(Sign.of("EXIT 42").frame())) {
      assertThat(ask(clip, "What changed?")).startsWith("This clip is one frame");
    }
  }

  @Test
  void movementToTheRightIsSeen() throws Exception {
    try (Clip clip = clip(ball(200), ball(400), ball(600), ball(800))) {
      assertThat(ask(clip, "Is anything moving?")).startsWith("Movement ").contains("going right");
    }
  }

  @Test
  void aStillClipDoesNotMove() throws Exception {
    try (Clip clip = clip(ball(400), ball(400), ball(400))) {
      assertThat(ask(clip, "What changed?")).isEqualTo("Nothing moves.");
    }
  }

  @Test
  void answersAreCutAtTheirLimit() throws Exception {
    try (Clip clip = clip(Sign.of("The quick brown fox", "jumps over the lazy dog").frame())) {
      Answer answer = BACKEND.ask(clip, Question.of("Read the text").withMaxOutputTokens(3));
      assertThat(answer.text()).isEqualTo("The quick");
      assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    }
  }

  private static String ask(Clip clip, String prompt) throws Exception {
    return BACKEND.ask(clip, Question.of(prompt)).text();
  }

  private static Clip clip(Frame... frames) {
    return new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(1), List.of(frames));
  }

  private static Frame ball(int x) {
    BufferedImage image = new BufferedImage(1280, 720, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, 1280, 720);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(x - 60, 300, 120, 120);
    graphics.dispose();
    return Frame.of(image, MediaTime.ZERO);
  }
}
