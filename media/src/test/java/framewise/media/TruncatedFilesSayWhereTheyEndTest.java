package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.file.VideoReader;
import framewise.media.live.JavaIo;
import framewise.media.live.LiveReader;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
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

/** Reads videos of twenty seconds whose end is missing. */
class TruncatedFilesSayWhereTheyEndTest {
  private static final int PICTURES = 600;

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
    assertThat(JavaIo.open()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "mp4,  -c:v libx264 -g 30 -movflags +faststart",
    "mov,  -c:v libx264 -g 30 -bf 0 -movflags +faststart",
    "mkv,  -c:v libx264 -g 30",
    "webm, -c:v libvpx -g 30 -deadline realtime -cpu-used 8",
    "avi,  -c:v mpeg4 -g 30",
  })
  void atItsEnd(String container, String encoding) throws Exception {
    Path file = torn(whole(container, encoding), 0.42);
    for (double step : new double[] {0.5, 1, 3, 7}) {
      try (VideoReader reader = Numbered.open(file)) {
        double last = 0;
        for (double time = 0;
            reader
                .at(MediaTime.ofSeconds(time))
                .map(TruncatedFilesSayWhereTheyEndTest::closed)
                .orElse(false);
            time += step) {
          last = time;
        }
        MissingEnd cut = reader.cutOff().orElseThrow();
        double after = cut.after().seconds();
        assertThat(after).isBetween(4.0, 10.0);
        assertThat(last).isBetween(after - step - 0.2, after + 0.2);
        assertThat(cut.sentence())
            .isEqualTo("The file is cut off after 0:0%d of 0:20.".formatted((int) after));
        assertThat(reader.info().duration().orElseThrow().seconds()).isBetween(19.9, 20.1);
        assertThat(Numbered.at(reader, 2.01)).isEqualTo(60);
      }
    }
  }

  /** Audio and video are truncated together, so no track is longer than the other. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void withAudio(String container) throws Exception {
    Path file =
        FfmpegProgram.make(
            "torn-sound." + container,
            "-i",
            whole("mp4", "-c:v libx264 -g 30").toString(),
            "-f",
            "lavfi",
            "-i",
            "sine=duration=20",
            "-c:v",
            "copy",
            "-c:a",
            "aac",
            "-movflags",
            "+faststart");
    try (VideoReader reader = Numbered.open(torn(file, 0.5))) {
      assertThat(reader.at(MediaTime.ofSeconds(15))).isEmpty();
      assertThat(reader.cutOff().orElseThrow().sentence())
          .matches("The file is cut off after 0:(08|09|10|11) of 0:20\\.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "webm", "avi"})
  void aCompleteFileHasNoCutOff(String container) throws Exception {
    String codec = container.equals("webm") ? "libvpx" : "mpeg4";
    Path file = Numbered.make("not-torn." + container, 60, "-c:v", codec, "-pix_fmt", "yuv420p");
    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.at(MediaTime.ofSeconds(3))).isEmpty();
      assertThat(reader.cutOff()).isEmpty();
    }
  }

  @Test
  void aFileWithoutItsIndexIsRefusedWithTheReason() throws Exception {
    Path file = torn(whole("mp4", "-c:v libx264 -g 30"), 0.5);
    long bytes = Files.size(file);
    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessageContaining("The mp4 file is cut off: it has %,d of at least".formatted(bytes))
        .hasMessageContaining("the index at its end is missing")
        .hasMessageContaining("Upload the complete file");
    Path unfinished = FfmpegProgram.clip("unfinished.mp4");
    byte[] open = Files.readAllBytes(file);
    int data = new String(open, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("mdat") - 4;
    Arrays.fill(
        open, data, data + 4, (byte) 0); // the size that a recorder writes until it has finished
    Files.write(unfinished, open);
    assertThatThrownBy(() -> VideoReader.probe(unfinished))
        .isInstanceOf(NotAVideoException.class)
        .hasMessageContaining("its recording did not finish");
  }

  /** A truncated file on a web server ends the same way. */
  @ParameterizedTest
  @CsvSource({"mp4, -c:v libx264 -g 30 -movflags +faststart", "mkv, -c:v libx264 -g 30"})
  void onAWebServer(String container, String encoding) throws Exception {
    Path file = Numbered.make("web-torn." + container, 120, all(encoding));
    Path torn = torn(file, 0.5);
    List<Integer> seen = new ArrayList<>();
    try (var server = new WebServer("127.0.0.1").folder(FfmpegProgram.clip(""));
        var reader =
            new LiveReader(
                VideoUrl.parse(server.url("/" + torn.getFileName())),
                Network.of(AllowedAddresses.ANY),
                new FrameSize(8192),
                PixelFormat.GRAY8)) {
      reader.open();
      do {
        try (Frame frame = reader.take().orElseThrow()) {
          seen.add(Numbered.read(frame));
        }
      } while (reader.advance());
      assertThat(reader.cutOff().orElseThrow().sentence())
          .matches("The file is cut off after 0:0[012] of 0:04\\.");
    }
    assertThat(seen).hasSizeBetween(20, 90).isSorted();
  }

  private static boolean closed(Frame frame) {
    frame.close();
    return true;
  }

  private static Path whole(String container, String encoding) {
    return Numbered.make("whole-for-a-tear." + container, PICTURES, all(encoding));
  }

  private static String[] all(String encoding) {
    List<String> all = new ArrayList<>(Arrays.asList(encoding.split(" ", -1)));
    all.addAll(List.of("-pix_fmt", "yuv420p"));
    return all.toArray(String[]::new);
  }

  private static Path torn(Path file, double share) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    Path torn = FfmpegProgram.clip("torn-" + file.getFileName());
    return Files.write(torn, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }
}
