package framewise.engine.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import framewise.engine.RefusedException;
import framewise.engine.SlotPool;
import framewise.engine.source.HandFedSource;
import framewise.engine.source.WatchedSource;
import framewise.media.picture.FramePool;
import framewise.testing.ManualClock;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PreviewTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ManualClock clock = new ManualClock();
  private final HandFedSource sender = new HandFedSource();
  private final WatchedSource source = new WatchedSource(sender, clock);
  private final Preview preview = new Preview("test", clock);

  @AfterEach
  void everyPictureIsFreed() {
    source.close();
    clock.advance(Duration.ofSeconds(5));
    await().until(() -> FramePool.inUse() == 0 && encoders() == 0);
  }

  @Test
  void nothingIsEncodedWithoutViewers() {
    preview.show(source);
    sender.send(100);
    assertThat(sender.looks()).isZero();
    assertThat(encoders()).isZero();
  }

  @Test
  void eachPictureComesOnceAndTheNewestReplacesOthers() throws Exception {
    preview.show(source);
    sender.send(100);
    try (PreviewViewer watcher = preview.watch(5, SlotPool.ALONE)) {
      assertThat(grey(watcher.next(LONG))).isBetween(95, 101);
      sender.send(150);
      sender.send(200);
      clock.advance(Duration.ofSeconds(1));
      assertThat(grey(watcher.next(LONG))).isBetween(209, 219);
      clock.advance(Duration.ofSeconds(1));
      assertThat(watcher.next(Duration.ofMillis(50))).isEmpty();
      assertThat(watcher.isOver()).isFalse();
    }
  }

  @Test
  void allViewersShareOneEncoder() throws Exception {
    preview.show(source);
    sender.send(100);
    try (PreviewViewer one = preview.watch(1, SlotPool.ALONE);
        PreviewViewer other = preview.watch(15, SlotPool.ALONE)) {
      Jpeg first = one.next(LONG).orElseThrow();
      assertThat(other.next(LONG)).containsSame(first);
      assertThat(encoders()).isEqualTo(1);
    }
    clock.advance(Duration.ofSeconds(1));
    await().until(() -> encoders() == 0);
  }

  @Test
  void lateViewersGetTheCurrentPicture() throws Exception {
    preview.show(source);
    sender.send(100);
    for (int visit = 0; visit < 3; visit++) {
      try (PreviewViewer watcher = preview.watch(5, SlotPool.ALONE)) {
        clock.advance(Duration.ofSeconds(1));
        assertThat(watcher.next(LONG)).isPresent();
      }
    }
  }

  @Test
  void endsWithTheRun() throws Exception {
    preview.show(source);
    sender.send(100);
    try (PreviewViewer watcher = preview.watch(5, SlotPool.ALONE)) {
      assertThat(watcher.next(LONG)).isPresent();
      source.close();
      clock.advance(Duration.ofSeconds(1));
      assertThat(watcher.next(LONG)).isEmpty();
      assertThat(watcher.isOver()).isTrue();
    }
    assertThatThrownBy(() -> preview.watch(5, SlotPool.ALONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is not streaming");
  }

  @Test
  void tooManyOrTooEarlyViewersAreRefused() throws Exception {
    assertThatThrownBy(preview::newest).hasMessageContaining("is not streaming");
    preview.show(source);
    assertThatThrownBy(preview::newest).hasMessageContaining("No picture");
    assertThatThrownBy(() -> preview.watch(5, SlotPool.ALONE)).hasMessageContaining("No picture");
    sender.send(100);
    List<PreviewViewer> watchers = new ArrayList<>();
    for (int i = 0; i < Preview.MAX_WATCHERS; i++) {
      watchers.add(preview.watch(5, SlotPool.ALONE));
    }
    assertThatThrownBy(() -> preview.watch(5, SlotPool.ALONE))
        .hasMessageContaining("16 viewers watch this session");
    watchers.getFirst().close();
    watchers.add(preview.watch(5, SlotPool.ALONE));
    watchers.forEach(PreviewViewer::close);
  }

  @Test
  void oneViewerCannotTakeAllPlaces() throws Exception {
    preview.show(source);
    sender.send(100);
    List<PreviewViewer> watchers = new ArrayList<>();
    for (int i = 0; i < Preview.MAX_WATCHERS / 2; i++) {
      watchers.add(preview.watch(5, "link"));
    }
    assertThatThrownBy(() -> preview.watch(5, "link"))
        .hasMessageContaining("8 viewers of your account, key or links");
    watchers.add(preview.watch(5, "account:1"));
    watchers.getFirst().close();
    watchers.add(preview.watch(5, "link"));
    watchers.forEach(PreviewViewer::close);
  }

  private static int grey(Optional<Jpeg> jpeg) throws IOException {
    var read = ImageIO.read(new ByteArrayInputStream(jpeg.orElseThrow().bytes()));
    assertThat(read.getWidth()).isEqualTo(16);
    return new Color(read.getRGB(8, 8)).getGreen();
  }

  private static long encoders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("preview-test"))
        .count();
  }
}
