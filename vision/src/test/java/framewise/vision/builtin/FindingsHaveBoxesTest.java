package framewise.vision.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.DetectedContent;
import framewise.vision.Question;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class FindingsHaveBoxesTest {
  private static final BuiltinBackend BACKEND = new BuiltinBackend();

  static boolean present() {
    return SampleClip.present();
  }

  @Test
  void onlyRequestedObjectsAndTextHaveBoxes() throws Exception {
    try (Clip clip = clip(Sign.of("EXIT 42").frame())) {
      DetectedContent seen = BACKEND.ask(clip, Question.of("Read the text")).seen();
      assertThat(seen.objects()).isEmpty();
      DetectedContent.DetectedText text = seen.texts().orElseThrow().getFirst();
      assertThat(text.text()).isEqualTo("EXIT 42");
      assertThat(text.score()).isBetween(0.8, 1.0);
      assertThat(text.box().x() + text.box().width() / 2).isBetween(0.48, 0.52);
      assertThat(text.box().y() + text.box().height() / 2).isBetween(0.45, 0.55);
    }
  }

  @Test
  void notFoundIsAnEmptyList() throws Exception {
    try (Clip clip = clip(Sign.of("EXIT 42").frame())) {
      DetectedContent seen = BACKEND.ask(clip, Question.of("Count the people")).seen();
      assertThat(seen.objects()).hasValue(List.of());
      assertThat(seen.texts()).isEmpty();
    }
  }

  @Test
  @EnabledIf("present")
  void boxesAreFractionsOfThePicture() throws Exception {
    try (Clip clip = clip(SampleClip.frame("bottle-detection.mp4", 20))) {
      DetectedContent seen = BACKEND.ask(clip, Question.of("Count the bottles")).seen();
      DetectedContent.DetectedObject bottle = seen.objects().orElseThrow().getFirst();
      assertThat(bottle.label()).isEqualTo("bottle");
      assertThat(bottle.box().x()).isBetween(0.75, 0.82);
      assertThat(bottle.box().height()).isBetween(0.5, 0.65);
    }
  }

  @Test
  void aSchemaCanRequestBoxesOfText() throws Exception {
    JsonNode schema =
        new ObjectMapper()
            .readTree(
                """
                {"type":"object","required":["texts"],"properties":{"texts":{"type":"array",
                 "items":{"type":"object","required":["text","score","box"],"properties":{
                  "text":{"type":"string"},"score":{"type":"number"},
                  "box":{"type":"array","items":{"type":"number"}}}}}}}
                """);
    try (Clip clip = clip(Sign.of("EXIT 42").frame())) {
      String answer =
          BACKEND.ask(clip, Question.of("Read the text").withOutputSchema(schema)).text();
      JsonNode line = new ObjectMapper().readTree(answer).path("texts").path(0);
      assertThat(line.path("text").asText()).isEqualTo("EXIT 42");
      assertThat(line.path("box").path(2).asDouble()).isBetween(0.05, 0.3);
    }
  }

  private static Clip clip(Frame frame) {
    return new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(0.1), List.of(frame));
  }
}
