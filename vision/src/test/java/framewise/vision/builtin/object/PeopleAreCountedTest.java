package framewise.vision.builtin.object;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.picture.Frame;
import framewise.vision.builtin.SampleClip;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seen: "No people detected." while a person walked through a room, because the picture was
 * stretched; and a person reported for every bottle, because only joints counted.
 */
class PeopleAreCountedTest {
  private static final ObjectDetector DETECTOR = new ObjectDetector();

  static boolean present() {
    return SampleClip.present();
  }

  @ParameterizedTest
  @EnabledIf("present")
  @CsvSource({
    "labelled/classroom-01.jpg, 0, 4",
    "labelled/face-demographics-walking-01.jpg, 0, 2",
    "labelled/store-aisle-detection-03.jpg, 0, 2",
    "labelled/people-detection-01.jpg, 0, 1",
    "labelled/people-detection-03.jpg, 0, 0",
    "labelled/sign-book.mkv, 1, 1",
    "bottle-detection.mp4, 5, 0",
    "car-detection.mp4, 16.5, 0"
  })
  void exactly(String name, double seconds, int people) throws Exception {
    try (Frame frame = SampleClip.frame(name, seconds)) {
      assertThat(DETECTOR.in(frame).people()).hasSize(people);
    }
  }
}
