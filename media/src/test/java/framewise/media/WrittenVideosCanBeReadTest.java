package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.file.VideoCodec;
import framewise.media.file.VideoReader;
import framewise.media.file.VideoWriter;
import framewise.media.file.WriterSettings;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.PixelFormat;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenVideosCanBeReadTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "H264,mp4",
    "H264,mov",
    "H264,mkv",
    "H264,avi",
    "VP8,webm",
    "VP8,mkv",
    "VP9,webm",
    "VP9,mkv",
    "VP9,mp4",
    "MPEG4,mp4",
    "MPEG4,mov",
    "MPEG4,mkv",
    "MPEG4,avi",
    "MJPEG,mov",
    "MJPEG,mkv",
    "MJPEG,avi"
  })
  void everyPicture(VideoCodec codec, String container) throws Exception {
    Path file = folder.resolve("written." + container);
    try (VideoWriter writer = VideoWriter.create(file, settings(codec))) {
      for (int i = 0; i < 50; i++) {
        try (Frame frame = numbered(i)) {
          writer.write(frame);
        }
      }
      writer.finish();
    }

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.info().container()).isEqualTo(container);
      assertThat(reader.info().codec()).isEqualToIgnoringCase(codec.name());
      assertThat(reader.info().fps()).isBetween(24.5, 25.5);
      assertThat(reader.info().duration().orElseThrow().seconds()).isBetween(1.95, 2.05);
      for (int i = 0; i < 50; i++) {
        assertThat(Numbered.at(reader, (i + 0.5) / 25)).isEqualTo(i);
      }
    }
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void anUnfinishedVideoLeavesNothing() throws Exception {
    Path file = folder.resolve("half.mp4");
    try (VideoWriter writer = VideoWriter.create(file, settings(VideoCodec.H264));
        Frame frame = numbered(0)) {
      writer.write(frame);
      assertThatThrownBy(() -> writer.write(frame))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not later than the one before");
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aMissingFolderIsReportedAtOnce() {
    assertThatThrownBy(
            () ->
                VideoWriter.create(
                    folder.resolve("none").resolve("a.mp4"), settings(VideoCodec.H264)))
        .isInstanceOf(MediaFault.class)
        .hasMessageStartingWith("Writing a.mp4 failed: ");
  }

  @Test
  void anIncompatibleContainerIsRefused() {
    assertThatThrownBy(
            () -> VideoWriter.create(folder.resolve("a.webm"), settings(VideoCodec.H264)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("H264 can't be written as .webm");
    assertThatThrownBy(() -> WriterSettings.of(VideoCodec.H264, 321, 192, 25))
        .isInstanceOf(OutOfRangeException.class)
        .hasMessage("width is 321.0 but must be an even number");
  }

  private static WriterSettings settings(VideoCodec codec) {
    return WriterSettings.of(codec, Numbered.WIDTH, Numbered.HEIGHT, 25);
  }

  private static Frame numbered(int i) {
    return Frame.of(
        MemorySegment.ofArray(Numbered.picture(i, Numbered.WIDTH, Numbered.HEIGHT)),
        Numbered.WIDTH,
        Numbered.HEIGHT,
        PixelFormat.GRAY8,
        MediaTime.ofSeconds(i / 25.0));
  }
}
