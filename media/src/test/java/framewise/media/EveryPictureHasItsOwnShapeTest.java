package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.file.VideoReader;
import framewise.media.live.LiveReader;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos whose pictures change size, rotation or pixel shape midway. */
class EveryPictureHasItsOwnShapeTest {
  private static final int PART = 30;

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
  }

  /** A browser's recording of a round disc, turned to portrait after about two seconds. */
  @Test
  void aRotatedRecording() throws Exception {
    try (VideoReader reader =
        VideoReader.open(CaseFile.of("mr-turn.webm"), new FrameSize(8192), PixelFormat.GRAY8)) {
      assertDisc(reader, 0.5, 640, 360);
      assertDisc(reader, 4, 360, 640);
      assertDisc(reader, 1, 640, 360);
    }
  }

  /** WebRTC ramps up: the text is readable in the large pictures. */
  @ParameterizedTest
  @ValueSource(strings = {"g2-grow.webm", "mr-grow.webm"})
  void aGrowingRecording(String name) throws Exception {
    assertThat(VideoReader.probe(CaseFile.of(name)).width()).isEqualTo(1280);
    assertThat(VideoReader.probe(CaseFile.of(name)).height()).isEqualTo(720);
    try (VideoReader reader =
        VideoReader.open(CaseFile.of(name), new FrameSize(8192), PixelFormat.GRAY8)) {
      try (Frame first = reader.at(MediaTime.ZERO).orElseThrow();
          Frame last = reader.at(MediaTime.ofSeconds(3.5)).orElseThrow()) {
        assertThat(List.of(first.width(), first.height())).containsExactly(160, 90);
        assertThat(List.of(last.width(), last.height())).containsExactly(1280, 720);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "webm, -c:v libvpx -deadline realtime",
    "webm, -c:v libvpx-vp9 -deadline realtime",
    "mkv,  -c:v libvpx -deadline realtime",
    "mkv,  -c:v libx264 -bsf:v dump_extra",
    "mkv,  -c:v libx265 -x265-params log-level=error:repeat-headers=1",
    "mp4,  -c:v libx264 -bsf:v dump_extra",
    "mp4,  -c:v libvpx-vp9 -deadline realtime",
    "mp4,  -c:v libaom-av1 -usage realtime -cpu-used 8",
    "mkv,  -c:v mjpeg -q:v 2",
  })
  void filesThatGrowShrinkAndRotate(String container, String encoding) throws Exception {
    Path file =
        changing(
            "shapes-" + encoding.replaceAll("-c:v (\\S+).*", "$1") + "." + container, encoding);
    try (VideoReader reader = Numbered.open(file)) {
      for (int i = 0; i < SIZES.length; i++) {
        assertShown(reader, i, 0.5);
      }
      // Backwards: pictures after a seek have their own size as well.
      for (int i = SIZES.length - 1; i >= 0; i--) {
        assertShown(reader, i, 0.8);
      }
    }
    VideoInfo seen = VideoReader.probe(file);
    assertThat(seen.width()).isEqualTo(640);
    assertThat(seen.height()).isEqualTo(384);
  }

  /** The same for video from a web server. */
  @ParameterizedTest
  @CsvSource({
    "ts,   -c:v libx264 -bsf:v dump_extra",
    "webm, -c:v libvpx -deadline realtime",
    "mkv,  -c:v libx265 -x265-params log-level=error:repeat-headers=1",
  })
  void videosOnWebServers(String container, String encoding) throws Exception {
    Path file = changing("web-shapes." + container, encoding);
    List<List<Integer>> seen = new ArrayList<>();
    try (var server = new WebServer("127.0.0.1").folder(FfmpegProgram.clip(""));
        var reader =
            new LiveReader(
                VideoUrl.parse(server.url("/" + file.getFileName())),
                Network.of(AllowedAddresses.ANY),
                new FrameSize(8192),
                PixelFormat.GRAY8)) {
      reader.open();
      do {
        try (Frame frame = reader.take().orElseThrow()) {
          int number = Numbered.read(frame);
          assertThat(number).isLessThan(PART);
          List<Integer> size = List.of(frame.width(), frame.height());
          if (seen.isEmpty() || !seen.getLast().equals(size)) {
            seen.add(size);
          }
        }
      } while (reader.advance());
    }
    assertThat(seen)
        .containsExactlyElementsOf(Arrays.stream(SIZES).map(s -> List.of(s[0], s[1])).toList());
  }

  @Test
  void limitsApplyToEachPicture() throws Exception {
    Path file = changing("limited.webm", "-c:v libvpx -deadline realtime");
    try (VideoReader reader = VideoReader.open(file, new FrameSize(320, 192), PixelFormat.GRAY8)) {
      int[][] fitted = {{160, 96}, {320, 192}, {80, 64}, {192, 320}};
      for (int i = 0; i < SIZES.length; i++) {
        try (Frame frame = reader.at(MediaTime.ofSeconds(i + 0.5)).orElseThrow()) {
          assertThat(new int[] {frame.width(), frame.height()}).isEqualTo(fitted[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "ts"})
  void changingPixelShapes(String container) throws Exception {
    Path oblong = part("oblong", 320, 192, "-vf setsar=4/3 -c:v libx264 -bsf:v dump_extra");
    Path square = part("square", 320, 192, "-vf setsar=1 -c:v libx264 -bsf:v dump_extra");
    Path file = joined("pixels." + container, List.of(oblong, square));
    if (container.equals("ts")) {
      file = FfmpegProgram.make("pixels-in.mp4", "-i", file.toString(), "-c", "copy");
    }
    try (VideoReader reader = Numbered.open(file)) {
      assertSize(reader, 0.5, 427, 192);
      assertSize(reader, 1.5, 320, 192);
      assertSize(reader, 0.2, 427, 192);
    }
  }

  private static final int[][] SIZES = {{160, 96}, {640, 384}, {80, 64}, {192, 320}};

  private static void assertShown(VideoReader reader, int part, double within) {
    try (Frame frame = reader.at(MediaTime.ofSeconds(part + within + 0.01)).orElseThrow()) {
      assertThat(new int[] {frame.width(), frame.height()}).isEqualTo(SIZES[part]);
      assertThat(Numbered.read(frame)).isEqualTo((int) (within * PART));
    }
  }

  private static void assertSize(VideoReader reader, double time, int width, int height) {
    try (Frame frame = reader.at(MediaTime.ofSeconds(time)).orElseThrow()) {
      assertThat(List.of(frame.width(), frame.height())).containsExactly(width, height);
    }
  }

  private static Path changing(String name, String encoding) throws Exception {
    List<Path> parts = new ArrayList<>();
    for (int[] size : SIZES) {
      parts.add(part(name + "-" + size[0], size[0], size[1], encoding));
    }
    return joined(name, parts);
  }

  private static Path part(String name, int width, int height, String encoding) {
    List<String> all = new ArrayList<>(Arrays.asList(encoding.split(" ")));
    all.addAll(
        List.of("-g", "15", "-pix_fmt", encoding.contains("mjpeg") ? "yuvj420p" : "yuv420p"));
    return Numbered.make(name + ".mkv", width, height, PART, all.toArray(String[]::new));
  }

  private static Path joined(String name, List<Path> parts) throws Exception {
    var text = new StringBuilder();
    parts.forEach(part -> text.append("file '").append(part).append("'\nduration 1\n"));
    Path list = Files.writeString(FfmpegProgram.clip(name + ".txt"), text);
    return FfmpegProgram.make(
        name, "-f", "concat", "-safe", "0", "-i", list.toString(), "-c", "copy");
  }

  /** The white disc in the middle is as wide as it is high, and as white as a browser shows it. */
  private static void assertDisc(VideoReader reader, double time, int width, int height) {
    try (Frame frame = reader.at(MediaTime.ofSeconds(time)).orElseThrow()) {
      assertThat(List.of(frame.width(), frame.height())).containsExactly(width, height);
      assertThat(luma(frame, width / 2, height / 2)).isBetween(242, 250);
      int wide = 0;
      while (luma(frame, width / 2 + wide, height / 2) > 200) {
        wide++;
      }
      int high = 0;
      while (luma(frame, width / 2, height / 2 + high) > 200) {
        high++;
      }
      assertThat(wide / (double) high).isBetween(0.95, 1.05);
    }
  }

  private static int luma(Frame gray, int x, int y) {
    return gray.pixels().get(ValueLayout.JAVA_BYTE, (long) y * gray.width() + x) & 0xff;
  }
}
