package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesMatchTheVideosClockTest {
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void variableFrameRate(String container) throws Exception {
    // Of every ten pictures, the fifth to the ninth are missing.
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
      if (container.equals("mp4")) { // Matroska has no table from which to compute the average
        assertThat(reader.info().fps()).isBetween(14.0, 16.5);
      }
    }
  }

  @Test
  void aReportedTimeFindsItsPictureAgain() throws Exception {
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

  /** As in Chromium's {@code <video>}, times are not shifted to start at zero. */
  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4", "mov", "avi", "webm"})
  void aPositiveFirstTimestamp(String container) throws Exception {
    String codec = container.equals("webm") ? "libvpx" : "libx264";
    Path file =
        Numbered.make(
            "late." + container,
            60,
            "-c:v",
            codec,
            "-deadline",
            "realtime",
            "-bf",
            "0",
            "-g",
            "30",
            "-pix_fmt",
            "yuv420p",
            "-output_ts_offset",
            "7.3");

    double late = 7.3;
    // AVI has no timestamps: pictures are delayed by missing pictures before them, except the first
    // picture.
    double start = container.equals("avi") ? 0 : late;
    try (VideoReader reader = Numbered.open(file)) {
      for (int i = 59; i >= 0; i--) {
        assertThat(Numbered.at(reader, late + (i + 0.5) / 30)).isEqualTo(i);
      }
      assertThat(Numbered.at(reader, 0)).isZero();
      assertThat(Numbered.at(reader, 3)).isZero();
      assertThat(reader.at(MediaTime.ofSeconds(late + 2.05))).isEmpty();
      assertThat(reader.start().seconds()).isCloseTo(start, within(0.001));
    }
  }

  /** The video starts two seconds after the audio, and players show a duration of 8 s. */
  @Test
  void aRecordingWithLatePictures() throws Exception {
    try (VideoReader reader = Numbered.open(CaseFile.of("late2.mp4"))) {
      assertThat(reader.info().duration().orElseThrow().seconds()).isCloseTo(8, within(0.01));
      assertThat(reader.start()).isEqualTo(MediaTime.ZERO);
      double[][] shown = {{0, 2}, {1, 2}, {2, 2}, {2.51, 2.5}, {4.01, 4}, {7.99, 7.9667}};
      for (double[] at : shown) {
        try (Frame frame = reader.at(MediaTime.ofSeconds(at[0])).orElseThrow()) {
          assertThat(frame.time().seconds()).isCloseTo(at[1], within(0.001));
        }
      }
      assertThat(reader.at(MediaTime.ofSeconds(8.01))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "webm"})
  void audioFirstAndLast(String container) throws Exception {
    Path silent = silent(container);
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
            container.equals("webm") ? "libopus" : "aac");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.info().duration().orElseThrow().seconds()).isCloseTo(4, within(0.03));
      assertThat(Numbered.at(reader, 0)).isZero();
      assertThat(Numbered.at(reader, 0.9)).isZero();
      // In Matroska, everything is shifted by the delay of the audio encoder.
      assertThat(Numbered.at(reader, 1.53)).isEqualTo(15);
      assertThat(Numbered.at(reader, 2.53)).isEqualTo(45);
      assertThat(Numbered.at(reader, 3.1)).isEqualTo(59);
      assertThat(Numbered.at(reader, 3.9)).as("while sound goes on").isEqualTo(59);
      assertThat(Numbered.at(reader, 1.53)).isEqualTo(15);
      assertThat(reader.at(MediaTime.ofSeconds(4.05))).isEmpty();
      assertThat(reader.start()).isEqualTo(MediaTime.ZERO);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "webm"})
  void videoFirstAndLast(String container) throws Exception {
    Path file =
        FfmpegProgram.make(
            "picture-first." + container,
            "-i",
            silent(container).toString(),
            "-itsoffset",
            "0.7",
            "-f",
            "lavfi",
            "-i",
            "sine=duration=0.5",
            "-map",
            "0:v",
            "-map",
            "1:a",
            "-c:v",
            "copy",
            "-c:a",
            container.equals("webm") ? "libopus" : "aac");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.info().duration().orElseThrow().seconds()).isCloseTo(2, within(0.03));
      for (int i = 0; i < 60; i++) {
        assertThat(Numbered.at(reader, (i + 0.5) / 30)).isEqualTo(i);
      }
      assertThat(reader.at(MediaTime.ofSeconds(2.04))).isEmpty();
    }
  }

  /** Pictures before the container's zero are not shown. */
  @Test
  void aNegativeFirstTimestamp() throws Exception {
    Path file =
        FfmpegProgram.make(
            "negative.mp4",
            "-i",
            silent("mp4").toString(),
            "-c",
            "copy",
            "-avoid_negative_ts",
            "disabled",
            "-output_ts_offset",
            "-0.5");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.info().duration().orElseThrow().seconds()).isCloseTo(1.5, within(0.04));
      assertThat(Numbered.at(reader, 0.01)).isEqualTo(15);
      assertThat(Numbered.at(reader, 1.01)).isEqualTo(45);
      assertThat(Numbered.at(reader, 0.51)).isEqualTo(30);
      assertThat(reader.at(MediaTime.ofSeconds(1.55))).isEmpty();
    }
  }

  /**
   * Matroska does not allow negative times; a video that has them anyway starts with the next key
   * frame.
   */
  @Test
  void aNegativeTimestampWhereNoneIsAllowed() throws Exception {
    Path file =
        FfmpegProgram.make(
            "negative.webm",
            "-i",
            silent("webm").toString(),
            "-c",
            "copy",
            "-avoid_negative_ts",
            "disabled",
            "-output_ts_offset",
            "-0.5");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(Numbered.at(reader, 0.01)).isEqualTo(30);
      assertThat(Numbered.at(reader, 1.01)).isEqualTo(45);
      assertThat(Numbered.at(reader, 0.51)).isEqualTo(30);
    }
  }

  private static Path silent(String container) {
    String codec = container.equals("webm") ? "libvpx" : "libx264";
    return Numbered.make(
        "silent-for." + container,
        60,
        "-c:v",
        codec,
        "-deadline",
        "realtime",
        "-g",
        "30",
        "-pix_fmt",
        "yuv420p");
  }

  @Test
  void anEditListThatStartsInTheMiddle() throws Exception {
    Path whole =
        Numbered.make("whole.mp4", 120, "-c:v", "libx264", "-g", "60", "-pix_fmt", "yuv420p");
    // Copied from 1 s on: the file contains the key frame at 0 s, and an edit list hides the
    // pictures before 1 s.
    Path file = FfmpegProgram.make("edited.mp4", "-ss", "1", "-i", whole.toString(), "-c", "copy");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(Numbered.at(reader, 0.01)).isEqualTo(30);
      assertThat(Numbered.at(reader, 1.51)).isEqualTo(75);
      assertThat(Numbered.at(reader, 0.51)).isEqualTo(45);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"matroska", "webm"})
  void aHeaderWithoutADuration(String container) throws Exception {
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
