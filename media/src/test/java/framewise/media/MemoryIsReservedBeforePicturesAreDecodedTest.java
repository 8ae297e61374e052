package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import framewise.media.file.VideoReader;
import framewise.media.memory.MemoryExhaustedException;
import framewise.media.memory.NativeMemory;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seen: a file of 199 KB with pictures of 8192x8192 took 300 MB in one session and 3.9 GB in 16
 * sessions; a file whose pictures grew during playback took 949 MB.
 */
@Timeout(120)
class MemoryIsReservedBeforePicturesAreDecodedTest {
  private static final FrameSize SMALL = new FrameSize(64);
  private static final long MB = 1 << 20;

  private static Path huge;
  private long before;

  @BeforeEach
  void nothingIsReserved() {
    before = NativeMemory.used();
  }

  @AfterEach
  void everythingIsReleased() {
    NativeMemory.limit(Long.MAX_VALUE);
    assertThat(NativeMemory.used()).isEqualTo(before);
  }

  @Test
  void hugePicturesAreRefusedWhenTheBudgetIsUsedUp() throws Exception {
    NativeMemory.limit(before + 900 * MB);
    long heap = NativeMemory.allocated().orElse(0L);
    try (var first = open(huge)) {
      assertThat(first.at(MediaTime.ZERO)).hasValueSatisfying(Frame::close);
      var refused = catchThrowableOfType(MemoryExhaustedException.class, () -> open(huge));
      assertThat(refused)
          .hasMessageMatching(
              "This video needs \\d{3} MB of memory, and \\d{3} MB of the budget of \\d{3} MB are in use\\. Stop another session, use smaller pictures, or raise FRAMEWISE_MEMORY\\.");
      assertThat(NativeMemory.allocated().orElse(0L) - heap).isLessThan(450 * MB);
    }
    open(huge).close();
  }

  @Test
  void picturesAboveTheWholeBudgetSaySo() throws Exception {
    NativeMemory.limit(before + 100 * MB);
    assertThatThrownBy(() -> open(huge))
        .isInstanceOf(MemoryExhaustedException.class)
        .hasMessageMatching(
            "This video needs \\d{3} MB of memory, more than the budget of 100 MB\\. .*");
  }

  @ParameterizedTest
  @CsvSource({"h264,libx264,mkv", "vp9,libvpx-vp9,webm", "vp8,libvpx,webm", "av1,libsvtav1,mkv"})
  void growingPicturesAreRefused(String name, String encoder, String container) throws Exception {
    Path growing = growing(name, encoder, container);
    NativeMemory.limit(before + 15 * MB);
    try (var reader = open(growing)) {
      assertThat(reader.at(MediaTime.ZERO)).hasValueSatisfying(Frame::close);
      assertThatThrownBy(() -> closeAll(reader, 4)).isInstanceOf(MemoryExhaustedException.class);
    }
    NativeMemory.limit(Long.MAX_VALUE);
    try (var reader = open(growing)) {
      closeAll(reader, 4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "libx264,mkv,yuv420p",
    "libx265,mkv,yuv420p",
    "libvpx-vp9,webm,yuv420p",
    "libsvtav1,mkv,yuv420p",
    "mpeg4,avi,yuv420p",
    "mjpeg,avi,yuvj420p",
    "prores_ks,mov,yuv422p10le"
  })
  void reservationsCoverTheUse(String encoder, String container, String format) throws Exception {
    Path video = encoded("size-" + encoder, encoder, container, format, "1024x1024", 2);
    try (var warm = open(video)) {
      closeAll(warm, 1);
    }
    long heap = NativeMemory.allocated().orElse(0L);
    List<VideoReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        VideoReader reader = open(video);
        readers.add(reader);
        closeAll(reader, 2);
      }
      long reserved = NativeMemory.used() - before;
      long taken = NativeMemory.allocated().orElse(0L) - heap;
      assertThat(taken).isLessThan(reserved * 11 / 10).isGreaterThan(reserved / 8);
    } finally {
      readers.forEach(VideoReader::close);
    }
  }

  @Test
  void closedDecodersReturnTheirMemory() throws Exception {
    Path video = encoded("size-libx264", "libx264", "mkv", "yuv420p", "1024x1024", 2);
    try (var warm = open(video)) {
      closeAll(warm, 1);
    }
    long resident = resident();
    for (int round = 0; round < 3; round++) {
      List<VideoReader> readers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        readers.add(open(video));
        closeAll(readers.getLast(), 1);
      }
      readers.forEach(VideoReader::close);
    }
    assertThat(resident() - resident)
        .isLessThan(40 * MB); // with glibc's default threshold it would be more than twice as much
  }

  private static VideoReader open(Path file) throws NotAVideoException {
    return VideoReader.open(file, SMALL, PixelFormat.GRAY8);
  }

  private static void closeAll(VideoReader reader, int seconds) {
    for (double at = 0; at < seconds; at += 0.25) {
      reader.at(MediaTime.ofSeconds(at)).ifPresent(Frame::close);
    }
  }

  @BeforeAll
  static void makeHuge() {
    huge =
        FfmpegProgram.make(
            "huge.mp4",
            "-f",
            "lavfi",
            "-i",
            "color=blue:s=8192x8192:r=1:d=1",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p");
  }

  /** Two seconds of small pictures, then two of large ones, in one stream. */
  private static Path growing(String name, String encoder, String container) throws IOException {
    Path small = encoded("grow-small-" + name, encoder, container, "yuv420p", "320x240", 2);
    Path large = encoded("grow-large-" + name, encoder, container, "yuv420p", "1280x1280", 2);
    Path list = FfmpegProgram.clip("grow-" + name + ".txt");
    Files.writeString(list, "file '%s'\nfile '%s'\n".formatted(small, large));
    return FfmpegProgram.make(
        "grow-" + name + "." + container,
        "-f",
        "concat",
        "-safe",
        "0",
        "-i",
        list.toString(),
        "-c",
        "copy");
  }

  private static Path encoded(
      String name, String encoder, String container, String format, String size, int seconds) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc=s=%s:r=4:d=%d".formatted(size, seconds),
                "-pix_fmt",
                format,
                "-c:v",
                encoder));
    switch (encoder) {
      case "libx264" -> arguments.addAll(List.of("-preset", "ultrafast", "-bsf:v", "dump_extra"));
      case "libx265" ->
          arguments.addAll(List.of("-preset", "ultrafast", "-x265-params", "log-level=none"));
      case "libvpx", "libvpx-vp9" ->
          arguments.addAll(List.of("-deadline", "realtime", "-cpu-used", "8"));
      case "libsvtav1" -> arguments.addAll(List.of("-preset", "12"));
      default -> {}
    }
    return FfmpegProgram.make(name + "." + container, FfmpegProgram.Input.NONE, arguments);
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
