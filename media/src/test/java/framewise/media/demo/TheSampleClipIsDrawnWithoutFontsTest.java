package framewise.media.demo;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.MediaTime;
import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TheSampleClipIsDrawnWithoutFontsTest {
  @TempDir static Path folder;
  private static Path clip;

  @BeforeAll
  static void draw() {
    clip = folder.resolve("sample.mp4");
    DemoClip.write(clip);
  }

  @Test
  void itIsAVideoThatBrowsersPlayWhileItArrives() throws Exception {
    try (VideoReader reader = VideoReader.open(clip, new FrameSize(64), PixelFormat.BGR24)) {
      assertThat(reader.info().container()).isEqualTo("mp4");
      assertThat(reader.info().codec()).isEqualTo("h264");
      assertThat(reader.info().width()).isEqualTo(1280);
      assertThat(reader.info().height()).isEqualTo(720);
      assertThat(reader.info().duration()).contains(MediaTime.ofSeconds(DemoClip.DURATION));
    }
    String bytes = Files.readString(clip, StandardCharsets.ISO_8859_1);
    assertThat(bytes.indexOf("moov")).as("index before data").isLessThan(bytes.indexOf("mdat"));
    assertThat(Files.size(clip)).isLessThan(6L << 20);
  }

  @Test
  void itLooksDifferentEverySecond() throws Exception {
    Set<Long> pictures = new HashSet<>();
    try (VideoReader reader = VideoReader.open(clip, new FrameSize(320), PixelFormat.GRAY8)) {
      for (int second = 0; second < DemoClip.DURATION; second++) {
        try (Frame frame = reader.at(MediaTime.ofSeconds(second)).orElseThrow()) {
          long hash = 0;
          for (byte pixel : frame.pixels().toArray(ValueLayout.JAVA_BYTE)) {
            hash = hash * 31 + pixel;
          }
          pictures.add(hash);
        }
      }
    }
    assertThat(pictures).hasSize(DemoClip.DURATION);
  }

  @Test
  void theBytesAreReproducible() throws Exception {
    Path again = folder.resolve("again.mp4");
    DemoClip.write(again);
    assertThat(Files.mismatch(clip, again)).isEqualTo(-1);
  }

  @Test
  void noFontIsLoaded() throws Exception {
    Path log = folder.resolve("classes.log");
    Path said = folder.resolve("said.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Draw.class.getName(),
                folder.resolve("child.mp4").toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    Set<String> loaded = new TreeSet<>();
    try (var lines = Files.lines(log)) {
      lines
          .filter(line -> line.contains("FontManager") || line.contains("FontConfiguration"))
          .forEach(loaded::add);
    }
    assertThat(loaded).isEmpty();
  }

  /** Draws the clip in a separate process. */
  static final class Draw {
    private Draw() {}

    public static void main(String[] arguments) throws IOException {
      DemoClip.write(Path.of(arguments[0]));
    }
  }
}
