package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryContainerAndCodecGivesTheRightPictureTest {
  private static final int PICTURES = 150;

  @ParameterizedTest(name = "{1} in {0}")
  @CsvSource({
    "mp4,  h264,  -c:v libx264 -g 60 -pix_fmt yuv420p",
    "mp4,  hevc,  -c:v libx265 -g 60 -pix_fmt yuv420p -x265-params log-level=error",
    "mp4,  vp9,   -c:v libvpx-vp9 -g 60 -deadline realtime -pix_fmt yuv420p",
    "mp4,  av1,   -c:v libaom-av1 -g 60 -usage realtime -cpu-used 8 -pix_fmt yuv420p",
    "mp4,  mpeg4, -c:v mpeg4 -bf 2 -g 60 -pix_fmt yuv420p",
    "mp4,  mjpeg, -c:v mjpeg -pix_fmt yuvj420p",
    "mov,  h264,  -c:v libx264 -g 60 -bf 0 -pix_fmt yuv420p",
    "mov,  hevc,  -c:v libx265 -g 60 -tag:v hvc1 -pix_fmt yuv420p -x265-params log-level=error",
    "mov,  mpeg4, -c:v mpeg4 -g 60 -pix_fmt yuv420p",
    "mov,  mjpeg, -c:v mjpeg -pix_fmt yuvj422p",
    "avi,  h264,  -c:v libx264 -g 60 -bf 0 -pix_fmt yuv420p",
    "avi,  mpeg4, -c:v mpeg4 -bf 2 -g 60 -pix_fmt yuv420p",
    "avi,  mjpeg, -c:v mjpeg -pix_fmt yuvj420p",
    "mkv,  h264,  -c:v libx264 -g 60 -pix_fmt yuv420p",
    "mkv,  hevc,  -c:v libx265 -g 60 -pix_fmt yuv420p -x265-params log-level=error",
    "mkv,  vp8,   -c:v libvpx -g 60 -deadline realtime -auto-alt-ref 1 -pix_fmt yuv420p",
    "mkv,  mpeg4, -c:v mpeg4 -bf 2 -g 60 -pix_fmt yuv420p",
    "mkv,  mjpeg, -c:v mjpeg -pix_fmt yuvj420p",
    "webm, vp8,   -c:v libvpx -g 60 -deadline good -cpu-used 5 -auto-alt-ref 1 -lag-in-frames 16 -pix_fmt yuv420p",
    "webm, vp9,   -c:v libvpx-vp9 -g 60 -deadline good -cpu-used 5 -lag-in-frames 16 -pix_fmt yuv420p",
    "webm, av1,   -c:v libaom-av1 -g 60 -usage realtime -cpu-used 8 -pix_fmt yuv420p",
  })
  void atRandomTimes(String container, String codec, String encoding) throws Exception {
    List<String> arguments = new ArrayList<>(Arrays.asList(encoding.split(" ")));
    String format = container.equals("mkv") ? "matroska" : container;
    arguments.addAll(List.of("-f", format));
    // The file name has no meaning: the type is detected from the content.
    Path file =
        Numbered.make(container + "-" + codec + ".bin", PICTURES, arguments.toArray(String[]::new));

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.info().container()).isEqualTo(container);
      assertThat(reader.info().codec()).isEqualTo(codec);
      assertThat(reader.info().width()).isEqualTo(Numbered.WIDTH);
      assertThat(reader.info().height()).isEqualTo(Numbered.HEIGHT);
      assertThat(reader.info().fps()).isBetween(29.5, 30.5);
      assertThat(reader.info().duration().orElseThrow().seconds()).isBetween(4.9, 5.1);

      everyPicture(reader);
      onePictureASecond(reader);
      anyOrder(reader);
      assertThat(reader.at(MediaTime.ofSeconds(5.2))).isEmpty();
      assertThat(Numbered.at(reader, 0)).isZero();
      assertThat(reader.damaged()).isZero();
    }
    assertThat(FramePool.inUse()).isZero();
  }

  private static void everyPicture(VideoReader reader) {
    for (int i = 0; i < PICTURES; i++) {
      assertThat(Numbered.at(reader, (i + 0.5) / 30)).isEqualTo(i);
    }
  }

  private static void onePictureASecond(VideoReader reader) {
    for (double time = 0.01; time < 5; time += 1) {
      try (Frame frame = reader.at(MediaTime.ofSeconds(time)).orElseThrow()) {
        int number = (int) (time * 30);
        assertThat(Numbered.read(frame)).isEqualTo(number);
        assertThat(frame.time().seconds()).isBetween(number / 30.0 - 0.001, number / 30.0 + 0.001);
      }
    }
  }

  private static void anyOrder(VideoReader reader) {
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      int number = random.nextInt(PICTURES);
      assertThat(Numbered.at(reader, (number + 0.5) / 30)).isEqualTo(number);
    }
  }
}
