package framewise.vision.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import framewise.vision.Answer;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltinReadsTextTest {
  private static final BuiltinBackend BACKEND = new BuiltinBackend();

  @Test
  void theNewestFrameIsRead() throws Exception {
    try (Clip clip = clip(Sign.of("LEVEL 3").frame(), Sign.of("EXIT 42").frame())) {
      Answer answer = BACKEND.ask(clip, Question.of("Read any visible text"));
      assertThat(answer.text()).isEqualTo("EXIT 42");
      assertThat(answer.model()).isEqualTo("framewise-builtin-1");
      assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
      assertThat(answer.timings()).containsOnlyKeys("ocr");
    }
  }

  @Test
  void planarFramesAreReadToo() throws Exception {
    try (Frame packed = Sign.of("EXIT 42", "LEVEL 3").frame();
        Clip clip = clip(packed.convert(packed.width(), packed.height(), PixelFormat.I420))) {
      assertThat(BACKEND.ask(clip, Question.of("Read any visible text")).text())
          .isEqualTo("EXIT 42\nLEVEL 3");
    }
  }

  @Test
  void noTextIsReported() throws Exception {
    try (Clip clip = clip(Sign.of().frame())) {
      assertThat(BACKEND.ask(clip, Question.of("Read any visible text")).text())
          .isEqualTo("No readable text.");
    }
  }

  private static Clip clip(Frame... frames) {
    return new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(0.1), List.of(frames));
  }
}
