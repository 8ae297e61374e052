package framewise.engine.keep;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.SmallVideos;
import framewise.engine.files.StoredFile;
import framewise.engine.keep.Footage.Direction;
import framewise.media.MediaTime;
import framewise.media.file.VideoReader;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FramePool;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of three seconds, ten pictures a second. */
class PicturesOfFilesAreFoundByTimeTest {
  private static final Instant UPLOADED = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir static Path folder;

  private static FileFootage footage;

  @BeforeAll
  static void open() throws Exception {
    Path file = SmallVideos.moving(folder, 3);
    footage = new FileFootage(StoredFile.of(file), VideoReader.probe(file), UPLOADED);
  }

  @Test
  void allPicturesAreAvailableAndTheNewestIsTheLast() throws Exception {
    Extent extent = footage.extent();
    assertThat(extent.frames()).isEqualTo(30);
    assertThat(extent.newest().orElseThrow().index()).isEqualTo(29);
    assertThat(times(footage.pictures(List.of(extent.newest().orElseThrow()))))
        .containsExactly(2.9);
    assertThat(footage.frame(30)).isEmpty();
    assertThat(footage.frame(-1)).isEmpty();
  }

  @Test
  void timesAndWindowsAreReadFromTheVideo() throws Exception {
    KeptFrame near =
        footage
            .near(MediaTime.ofSeconds(1.23), MediaTime.ofSeconds(0.1), Direction.FORWARD)
            .orElseThrow();
    assertThat(near.index()).isEqualTo(13);
    assertThat(near.at()).isEqualTo(UPLOADED.plusMillis(1_300));
    assertThat(footage.near(MediaTime.ofSeconds(9), MediaTime.ofSeconds(1), Direction.NEAREST))
        .isEmpty();
    Footage.Window window = footage.window(MediaTime.ofSeconds(1), MediaTime.ofSeconds(3), 2, 100);
    assertThat(window.found()).isEqualTo(4);
    assertThat(times(footage.pictures(window.frames()))).containsExactly(1.0, 1.5, 2.0, 2.5);
    assertThat(footage.window(MediaTime.ZERO, MediaTime.ofSeconds(99), 10, 4).frames())
        .extracting(KeptFrame::index)
        .containsExactly(0L, 10L, 19L, 29L);
    assertThat(footage.window(MediaTime.ofSeconds(5), MediaTime.ofSeconds(9), 10, 4).frames())
        .isEmpty();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void aDeletedFileHasNone() throws Exception {
    var gone =
        new FileFootage(
            StoredFile.of(folder.resolve("gone")),
            VideoReader.probe(SmallVideos.moving(folder, 1)),
            UPLOADED);
    assertThat(gone.extent()).isEqualTo(Extent.NONE);
    assertThat(gone.pictures(List.of(new KeptFrame(0, MediaTime.ZERO, UPLOADED, 1, 1, 0))))
        .isEmpty();
  }

  private static List<Double> times(List<EncodedPicture> pictures) {
    return pictures.stream().map(picture -> picture.time().seconds()).toList();
  }
}
