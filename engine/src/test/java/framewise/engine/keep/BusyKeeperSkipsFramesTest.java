package framewise.engine.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.SessionId;
import framewise.engine.source.HandFedSource;
import framewise.engine.source.WatchedSource;
import framewise.engine.store.DiskSpace;
import framewise.media.picture.FramePool;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BusyKeeperSkipsFramesTest {
  private static final SessionId SESSION = SessionId.random();

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final HandFedSource sender = new HandFedSource();

  @Test
  void theNewestFrameIsKeptAndSkippedOnesCounted() throws Exception {
    FrameStore store = store(1 << 20);
    try (var source = new WatchedSource(sender, clock);
        FrameKeeper keeper = store.keeper(SESSION, Optional.empty(), source)) {
      sender.send(40);
      keeper.start();
      await().until(() -> store.kept() == 1);
      clock.awaitWaiter();
      for (int luma = 50; luma < 100; luma += 10) {
        sender.send(luma);
      }
      clock.advance(Duration.ofSeconds(5));
      await().until(() -> store.kept() == 2);
      await().untilAsserted(() -> assertThat(store.skipped()).isEqualTo(8));
      clock.advance(Duration.ofSeconds(1));
      assertThat(store.kept()).isEqualTo(2); // there was no new picture
    }
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void aQuotaOfZeroKeepsNothing() throws Exception {
    FrameStore store = store(0);
    try (var source = new WatchedSource(sender, clock);
        FrameKeeper keeper = store.keeper(SESSION, Optional.empty(), source)) {
      sender.send(40);
      keeper.start();
      assertThat(sender.isTaken()).isFalse();
      assertThat(store.of(SESSION).extent()).isEqualTo(Extent.NONE);
    }
  }

  private FrameStore store(long quota) {
    return new FrameStore(folder, new KeepSettings(60, 2, 640), quota, DiskSpace.of(folder), clock);
  }
}
