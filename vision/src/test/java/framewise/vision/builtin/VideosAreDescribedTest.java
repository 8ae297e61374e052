package framewise.vision.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.MediaTime;
import framewise.media.file.VideoReader;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import framewise.vision.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Videos that look right only if each picture is decoded with its own properties. */
class VideosAreDescribedTest {
  private static final BuiltinBackend BACKEND = new BuiltinBackend();

  /**
   * Seen: in the recording of a call that began with 160x90 pixels, no text could be read at any
   * time.
   */
  @Test
  void textInGrowingPictures() throws Exception {
    assertThat(ask("g2-grow.webm", 3, "Read any visible text"))
        .isEqualTo("GATE 7 CLOSED UNTIL 18.30");
  }

  /** Seen: the answer was "Mostly grey." */
  @Test
  void whiteInHdr() throws Exception {
    assertThat(ask("b-white-pq.mp4", 1, "Describe the picture")).contains("Mostly white.");
  }

  /** Seen: the answer was "Mostly brown." */
  @Test
  void orangeInHdr() throws Exception {
    assertThat(ask("b-orange-hlg.mov", 1, "Describe the picture")).contains("Mostly orange.");
  }

  private static String ask(String name, double seconds, String prompt) throws Exception {
    Path file =
        Path.of(Objects.requireNonNull(VideosAreDescribedTest.class.getResource(name)).toURI());
    try (VideoReader reader = VideoReader.open(file, new FrameSize(1280), PixelFormat.BGR24)) {
      Frame frame = reader.at(MediaTime.ofSeconds(seconds)).orElseThrow();
      try (Clip clip = new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(0.1), List.of(frame))) {
        return BACKEND.ask(clip, Question.of(prompt)).text();
      }
    }
  }
}
