package framewise.engine.keep;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.SessionId;
import framewise.engine.keep.Footage.Direction;
import framewise.engine.store.DiskSpace;
import framewise.media.MediaTime;
import framewise.media.picture.EncodedPicture;
import framewise.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramesAreKeptWithinTheirBoundsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SIZE = 1_000;

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final SessionId session = SessionId.random();
  private FrameRing ring;

  @BeforeEach
  void open() {
    ring = new FrameRing(folder.resolve(session.toString()), 10);
  }

  @Test
  void oldFramesAreEvictedAndNumbersNotReused() throws Exception {
    fill(ring, 30);
    Extent extent = ring.extent();
    assertThat(extent.frames()).isEqualTo(21);
    assertThat(extent.evicted()).isEqualTo(9);
    assertThat(extent.oldest().orElseThrow().index()).isEqualTo(9);
    assertThat(extent.newest().orElseThrow().index()).isEqualTo(29);
    assertThat(extent.begin()).contains(START);
    assertThat(extent.bytes()).isEqualTo(21 * SIZE);
    assertThat(extent.recentFps().orElseThrow()).isEqualTo(2);
    assertThat(files()).hasSize(21);
    assertThat(ring.frame(8)).isEmpty();
    assertThat(ring.frame(30)).isEmpty();
  }

  @Test
  void framesAreFoundBeforeAndAfterATime() throws Exception {
    fill(ring, 10);
    assertThat(near(1_200, 1_000, Direction.NEAREST)).containsExactly(2L);
    assertThat(near(1_200, 1_000, Direction.FORWARD)).containsExactly(3L);
    assertThat(near(1_400, 1_000, Direction.BACKWARD)).containsExactly(2L);
    assertThat(near(1_200, 100, Direction.NEAREST)).isEmpty();
    assertThat(near(1_500, 0, Direction.NEAREST)).containsExactly(3L);
    assertThat(near(9_000, 1_000, Direction.FORWARD)).isEmpty();
  }

  @Test
  void aWindowExcludesItsEndAndIsThinnedEvenly() throws Exception {
    fill(ring, 20);
    assertThat(window(1_000, 3_000, 100, 50)).containsExactly(2L, 3L, 4L, 5L);
    assertThat(window(1_000, 3_000, 1, 50)).containsExactly(2L, 4L);
    assertThat(window(0, 10_000, 100, 3)).containsExactly(0L, 10L, 19L);
    assertThat(window(0, 10_000, 100, 1)).containsExactly(19L);
    assertThat(window(3_000, 3_000, 1, 50)).isEmpty();
  }

  /**
   * Seen: after a camera had reconnected, questions gave the newest pictures the time since the
   * reconnection, and older ones the time in the stream.
   */
  @Test
  void memoryAndDiskAgreeOnTimes() throws Exception {
    fill(ring, 12);
    List<KeptFrame> all = ring.all();
    assertThat(ring.pictures(all))
        .extracting(EncodedPicture::time)
        .containsExactlyElementsOf(all.stream().map(KeptFrame::time).toList());
  }

  @Test
  void theySurviveARestartForTheirOwner() throws Exception {
    fill(ring, 12);
    Files.writeString(folder.resolve(session.toString()).resolve("new.part"), "half");
    FrameStore store = store(1 << 20);
    Footage found = store.of(session);
    assertThat(found.extent().begin()).contains(START);
    assertThat(found.extent().newest().orElseThrow().index()).isEqualTo(11);
    assertThat(jpegs(found)).containsExactlyElementsOf(jpegs(ring));
    assertThat(files()).hasSize(12).allMatch(file -> file.endsWith(".jpg"));
    for (String file : files()) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve(session.toString()).resolve(file))))
          .isEqualTo("rw-------");
    }
    FrameRing continued = (FrameRing) found;
    add(continued, 20_000);
    assertThat(continued.extent().newest().orElseThrow().index()).isEqualTo(12);
    assertThat(continued.extent().newest().orElseThrow().time()).isEqualTo(millis(20_000));
  }

  @Test
  void theOldestFrameIsDeletedAtTheQuota() throws Exception {
    var other = new FrameRing(folder.resolve(SessionId.random().toString()), 3_600);
    fill(ring, 3);
    for (int i = 0; i < 5; i++) {
      add(other, 60_000 + i * 1_000);
    }
    FrameStore store = store(4 * SIZE);
    int freed = store.free(4 * SIZE);
    assertThat(freed).isEqualTo(4);
    assertThat(store.of(session).extent().frames()).isZero();
    assertThat(store.frames()).isEqualTo(4);
    assertThat(store.bytes()).isEqualTo(4 * SIZE);
    assertThat(store.evicted()).isEqualTo(4);
  }

  @Test
  void framesOfNoSessionOrALongEndedOneAreSwept() throws Exception {
    fill(ring, 3);
    FrameStore store = store(1 << 20);
    clock.advance(java.time.Duration.ofSeconds(5));
    assertThat(store.sweep(Set.of(session), Set.of())).isZero();
    clock.advance(java.time.Duration.ofHours(1));
    assertThat(store.sweep(Set.of(session), Set.of(session))).isZero();
    assertThat(store.sweep(Set.of(session), Set.of())).isEqualTo(1);
    assertThat(folder.resolve(session.toString())).doesNotExist();
    add(new FrameRing(folder.resolve(session.toString()), 10), 0);
    assertThat(store(1 << 20).sweep(Set.of(), Set.of())).isEqualTo(1);
    assertThat(folder.resolve(session.toString())).doesNotExist();
  }

  @Test
  void aClockSetBackKeepsTheOrder() throws Exception {
    add(ring, 5_000);
    add(ring, 2_000);
    add(ring, 2_000);
    assertThat(ring.window(MediaTime.ZERO, millis(1_000), 1_000, 9).frames())
        .extracting(KeptFrame::time)
        .containsExactly(MediaTime.ZERO, millis(1), millis(2));
  }

  private FrameStore store(long quota) {
    return new FrameStore(
        folder, new KeepSettings(3_600, 2, 1_280), quota, DiskSpace.of(folder), clock);
  }

  private List<Long> near(long millis, long tolerance, Direction direction) {
    return ring.near(millis(millis), millis(tolerance), direction).stream()
        .map(KeptFrame::index)
        .toList();
  }

  private List<Long> window(long start, long end, double fps, int most) {
    return ring.window(millis(start), millis(end), fps, most).frames().stream()
        .map(KeptFrame::index)
        .toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(session.toString()))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<byte[]> jpegs(Footage footage) throws InterruptedException {
    return footage
        .pictures(footage.window(MediaTime.ZERO, millis(1_000_000), 1_000, 100).frames())
        .stream()
        .map(EncodedPicture::jpeg)
        .toList();
  }

  /** Adds pictures, two a second. */
  private static void fill(FrameRing ring, int pictures) throws IOException {
    for (int i = 0; i < pictures; i++) {
      add(ring, i * 500L);
    }
  }

  private static void add(FrameRing ring, long millis) throws IOException {
    byte[] jpeg = new byte[SIZE];
    jpeg[0] = (byte) (millis / 500);
    ring.add(new EncodedPicture(MediaTime.ZERO, 64, 48, jpeg), START.plusMillis(millis));
  }

  private static MediaTime millis(long millis) {
    return new MediaTime(millis * 1_000);
  }
}
