package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twenty seconds at 30 pictures per second, with a key frame every two seconds. */
class OnlyNeededPicturesAreDecodedTest {
  private static final int PICTURES = 600;
  private static Path video;

  @BeforeAll
  static void make() {
    video =
        Numbered.make(
            "economy.mp4",
            PICTURES,
            "-c:v",
            "libx264",
            "-g",
            "60",
            "-keyint_min",
            "60",
            "-sc_threshold",
            "0",
            "-bf",
            "3",
            "-b_strategy",
            "0",
            "-pix_fmt",
            "yuv420p");
  }

  @Test
  void onlyKeyFramesWhereTheySuffice() throws Exception {
    try (VideoReader reader = open(0)) {
      long opening = reader.decoded();
      assertThat(read(reader, 2)).isEqualTo(10);
      assertThat(reader.decoded() - opening).isLessThanOrEqualTo(13);
    }
  }

  @Test
  void skipsPicturesThatNoOtherRefersTo() throws Exception {
    try (VideoReader reader = open(0)) {
      assertThat(read(reader, 1)).isEqualTo(20);
      // 16 of every 60: the key frame, and half of the 30 pictures after it; the other half is
      // skipped.
      assertThat(reader.decoded()).isLessThan(PICTURES / 3);
    }
  }

  @Test
  void halfAsManyWithHalfASecondOfTolerance() throws Exception {
    try (VideoReader reader = open(0.5)) {
      assertThat(read(reader, 1)).isEqualTo(20);
      assertThat(reader.decoded()).isLessThan(PICTURES / 5);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1})
  void toleranceIsTheMaximumDistance(double tolerance) throws Exception {
    try (VideoReader reader = open(tolerance)) {
      MediaTime last = MediaTime.ofSeconds(-1);
      for (double time = 0.01; time < 20; time += 0.7) {
        try (Frame frame = reader.at(MediaTime.ofSeconds(time)).orElseThrow()) {
          double shown = frame.time().seconds();
          assertThat(shown).isBetween(time - tolerance - 1 / 30.0, time + tolerance + 0.001);
          assertThat(Numbered.read(frame)).isEqualTo((int) Math.round(shown * 30));
          assertThat(frame.time()).isGreaterThanOrEqualTo(last);
          last = frame.time();
        }
      }
    }
  }

  @Test
  void eachPictureOnceIfAllAreWanted() throws Exception {
    try (VideoReader reader = open(0)) {
      for (int i = 0; i < PICTURES; i++) {
        assertThat(Numbered.at(reader, (i + 0.5) / 30)).isEqualTo(i);
      }
      assertThat(reader.decoded()).isEqualTo(PICTURES);
    }
  }

  @Test
  void aChangedStepFindsTheRightPicture() throws Exception {
    try (VideoReader reader = open(0)) {
      for (double time : new double[] {0, 2, 4, 4.1, 4.2, 6.2, 8.2, 8.25, 10, 12, 12.4, 14, 13.9}) {
        assertThat(Numbered.at(reader, time + 0.001)).isEqualTo((int) (time * 30 + 0.03));
      }
    }
  }

  private static VideoReader open(double tolerance) throws NotAVideoException {
    return VideoReader.open(
        video, new FrameSize(8192), PixelFormat.GRAY8, MediaTime.ofSeconds(tolerance));
  }

  private static int read(VideoReader reader, int interval) {
    int pictures = 0;
    while (true) {
      Optional<Frame> frame = reader.at(MediaTime.ofSeconds(pictures * interval + 0.001));
      if (frame.isEmpty()) {
        return pictures;
      }
      frame.orElseThrow().close();
      pictures++;
    }
  }
}
