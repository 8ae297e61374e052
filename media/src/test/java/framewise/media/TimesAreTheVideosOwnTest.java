package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesAreTheVideosOwnTest {
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void ofAVariableRate(String container) throws Exception {
    // Of every ten pictures the fifth to the ninth are missing.
    Path file =
        Numbered.make(
            "variable." + container,
            150,
            "-vf",
            "select='lt(mod(n,10),5)'",
            "-vsync",
            "vfr",
            "-c:v",
            "libx264",
            "-g",
            "20",
            "-pix_fmt",
            "yuv420p");

    try (VideoReader reader = Numbered.open(file)) {
      for (int i = 0; i < 145; i++) {
        int shown = i % 10 < 5 ? i : i / 10 * 10 + 4;
        try (Frame frame = reader.at(MediaTime.ofSeconds((i + 0.5) / 30)).orElseThrow()) {
          assertThat(Numbered.read(frame)).isEqualTo(shown);
          assertThat(frame.time().seconds()).isBetween(shown / 30.0 - 0.001, shown / 30.0 + 0.001);
        }
      }
      if (container.equals("mp4")) { // Matroska has no table to average
        assertThat(reader.info().fps()).isBetween(14.0, 16.5);
      }
    }
  }

  @Test
  void thatAPictureReportsFindItAgain() throws Exception {
    Path file =
        Numbered.make(
            "ntsc.mp4",
            90,
            "-vf",
            "setpts=N*1001/30000/TB",
            "-r",
            "30000/1001",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p");

    try (VideoReader reader = Numbered.open(file)) {
      for (int i = 0; i < 90; i++) {
        MediaTime exact;
        try (Frame frame = reader.at(MediaTime.ofSeconds((i + 0.5) * 1001 / 30000)).orElseThrow()) {
          exact = frame.time();
          assertThat(Numbered.read(frame)).isEqualTo(i);
        }
        try (Frame again = reader.at(exact).orElseThrow()) {
          assertThat(again.time()).isEqualTo(exact);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4", "mov"})
  void whereTheFirstStampIsNotZero(String container) throws Exception {
    Path file =
        Numbered.make(
            "late." + container,
            60,
            "-c:v",
            "libx264",
            "-g",
            "30",
            "-pix_fmt",
            "yuv420p",
            "-output_ts_offset",
            "7.3");

    try (VideoReader reader = Numbered.open(file)) {
      for (int i = 59; i >= 0; i--) {
        assertThat(Numbered.at(reader, (i + 0.5) / 30)).isEqualTo(i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void whereSoundComesFirst(String container) throws Exception {
    Path silent =
        Numbered.make("silent.mp4", 60, "-c:v", "libx264", "-g", "30", "-pix_fmt", "yuv420p");
    Path file =
        FfmpegProgram.make(
            "sound-first." + container,
            "-f",
            "lavfi",
            "-i",
            "sine=duration=4",
            "-itsoffset",
            "1",
            "-i",
            silent.toString(),
            "-map",
            "0:a",
            "-map",
            "1:v",
            "-c:v",
            "copy",
            "-c:a",
            "aac");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(Numbered.at(reader, 0)).isZero();
      assertThat(Numbered.at(reader, 1.51)).isEqualTo(45);
      assertThat(reader.at(MediaTime.ofSeconds(2.05))).isEmpty();
    }
  }

  @Test
  void whereAnEditListStartsInTheMiddle() throws Exception {
    Path whole =
        Numbered.make("whole.mp4", 120, "-c:v", "libx264", "-g", "60", "-pix_fmt", "yuv420p");
    // Copied from 1 s on: the file keeps the key frame at 0 s and an edit list hides what precedes.
    Path file = FfmpegProgram.make("edited.mp4", "-ss", "1", "-i", whole.toString(), "-c", "copy");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(Numbered.at(reader, 0.01)).isEqualTo(30);
      assertThat(Numbered.at(reader, 1.51)).isEqualTo(75);
      assertThat(Numbered.at(reader, 0.51)).isEqualTo(45);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"matroska", "webm"})
  void whereTheHeaderHasNoDuration(String container) throws Exception {
    String codec = container.equals("webm") ? "libvpx" : "libx264";
    Path piped =
        Numbered.make(
            "piped." + container,
            150,
            "-c:v",
            codec,
            "-g",
            "60",
            "-pix_fmt",
            "yuv420p",
            "-f",
            container,
            "-live",
            "1",
            "-deadline",
            "realtime");

    assertThat(Files.size(piped)).isPositive();
    try (VideoReader reader = Numbered.open(piped)) {
      assertThat(reader.info().duration().orElseThrow().seconds()).isBetween(4.95, 5.05);
      for (double time = 0.01; time < 5; time += 0.7) {
        assertThat(Numbered.at(reader, time)).isEqualTo((int) (time * 30));
      }
      assertThat(Numbered.at(reader, 0.51)).isEqualTo(15);
      assertThat(reader.at(MediaTime.ofSeconds(5.1))).isEmpty();
    }
  }
}
