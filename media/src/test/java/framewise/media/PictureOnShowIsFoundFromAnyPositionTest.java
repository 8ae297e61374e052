package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams in which pictures after a key frame may depend on pictures before it. */
class PictureOnShowIsFoundFromAnyPositionTest {
  private static final int PICTURES = 240;

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
  }

  /**
   * HEVC with open groups of pictures and a pyramid of B frames. Seen: in steps of 8/30 s, picture
   * 63 was returned instead of 96.
   */
  @Test
  void aClipThatOnceReturnedAnotherPicture() throws Exception {
    for (int step : new int[] {1, 2, 3, 5, 8, 11, 16, 23, 31, 45, 60}) {
      try (VideoReader reader =
          VideoReader.open(CaseFile.of("h50p.mp4"), new FrameSize(8192), PixelFormat.GRAY8)) {
        for (int at = 0; at < 300; at += step) {
          try (Frame frame = reader.at(MediaTime.ofSeconds((at + 0.01) / 30)).orElseThrow()) {
            assertThat(Math.round(frame.time().seconds() * 30))
                .as("the picture at %d, in steps of %d", at, step)
                .isEqualTo(at);
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{1} in {0}")
  @CsvSource({
    "mp4,  -c:v libx265 -preset superfast -x265-params log-level=error:open-gop=1:keyint=50:bframes=8:b-adapt=0:b-pyramid=1",
    "mkv,  -c:v libx265 -preset superfast -x265-params log-level=error:open-gop=1:keyint=50:bframes=8:b-adapt=0:b-pyramid=1",
    "mp4,  -c:v libx265 -preset superfast -x265-params log-level=error:open-gop=1:keyint=32:bframes=16:b-adapt=2:rc-lookahead=40",
    "mp4,  -c:v libx265 -preset superfast -x265-params log-level=error:open-gop=1:keyint=40:bframes=7:temporal-layers=3",
    "mp4,  -c:v libx265 -preset superfast -x265-params log-level=error:intra-refresh=1:keyint=30",
    "mp4,  -c:v libx265 -preset superfast -x265-params log-level=error:open-gop=0:keyint=25:radl=3:bframes=6",
    "mov,  -c:v libx264 -x264-params open-gop=1:keyint=40:bframes=6:b-pyramid=normal:b-adapt=0",
    "mkv,  -c:v libx264 -x264-params open-gop=1:keyint=40:bframes=6:b-pyramid=normal:b-adapt=0",
    "mp4,  -c:v libx264 -x264-params intra-refresh=1:keyint=40:bframes=0",
    "mkv,  -c:v libx264 -x264-params intra-refresh=1:keyint=40:bframes=0",
    "mp4,  -c:v libx264 -x264-params keyint=infinite:bframes=16:b-pyramid=strict",
    "mp4,  -c:v libx264 -x264-params keyint=24:bframes=3 -movflags frag_keyframe+empty_moov",
    "mp4,  -c:v libx265 -preset superfast -x265-params log-level=error:open-gop=1:keyint=30:bframes=4 -movflags frag_keyframe+empty_moov",
    "avi,  -c:v mpeg4 -bf 2 -g 40",
    "mp4,  -c:v mpeg2video -bf 2 -g 15",
  })
  void inEveryKindOfStream(String container, String encoding) throws Exception {
    List<String> all = new ArrayList<>(List.of(encoding.split(" ", -1)));
    all.addAll(List.of("-pix_fmt", "yuv420p"));
    Path file =
        Numbered.make(
            "everywhere-"
                + Integer.toHexString((container + encoding).hashCode())
                + "."
                + container,
            PICTURES,
            all.toArray(String[]::new));
    double first = firstTime(file);
    for (int step : new int[] {1, 3, 7, 8, 16, 23, 30, 44, 59}) {
      inSteps(file, first, step, step / 2);
    }
    inAnyOrder(file, first);
  }

  private static void inSteps(Path file, double first, int step, int from) throws Exception {
    try (VideoReader reader = Numbered.open(file)) {
      for (int at = from; at < PICTURES; at += step) {
        assertThat(Numbered.at(reader, first + (at + 0.5) / 30))
            .as("the picture at %d, in steps of %d from %d", at, step, from)
            .isEqualTo(at);
      }
    }
  }

  private static void inAnyOrder(Path file, double first) throws Exception {
    Random random = new Random(11);
    try (VideoReader reader = Numbered.open(file)) {
      for (int i = 0; i < 80; i++) {
        int at = random.nextInt(PICTURES);
        assertThat(Numbered.at(reader, first + (at + 0.5) / 30)).isEqualTo(at);
      }
    }
  }

  private static double firstTime(Path file) throws Exception {
    try (VideoReader reader = Numbered.open(file)) {
      Optional<Frame> first = reader.at(MediaTime.ZERO);
      try (Frame frame = first.orElseThrow()) {
        return frame.time().seconds();
      }
    }
  }
}
