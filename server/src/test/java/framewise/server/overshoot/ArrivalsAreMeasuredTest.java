package framewise.server.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.testing.ManualClock;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrivalsAreMeasuredTest {
  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 1_000_000_000L);
  private final Camera camera = new Camera();
  private final MeteredSource source = new MeteredSource(camera, clock);

  @Test
  void noRateBeforeTheFirstPicture() throws Exception {
    camera.empty = true;
    assertThat(source.next(Duration.ZERO)).isEmpty();
    clock.advance(Duration.ofHours(1));
    assertThat(source.arrivals())
        .isEqualTo(new MeteredSource.ArrivalCounts(0, 0, 0, 0, Duration.ZERO));
  }

  @Test
  void droppedPicturesCountToo() throws Exception {
    for (int second = 0; second < 20; second++) {
      // Thirty pictures a second, of which one is taken.
      look();
      clock.advance(Duration.ofSeconds(1));
      camera.dropped += 29;
    }
    var arrivals = source.arrivals();
    assertThat(arrivals.fps()).isCloseTo(30, within(0.01));
    assertThat(arrivals.pictures()).isEqualTo(20 + 19 * 29);
    assertThat(arrivals.width()).isEqualTo(64);
    assertThat(arrivals.height()).isEqualTo(48);
    assertThat(arrivals.quiet()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theRateIsRecent() throws Exception {
    for (int second = 0; second < 60; second++) {
      look();
      clock.advance(Duration.ofSeconds(1));
      camera.dropped += second < 30 ? 29 : 4;
    }
    assertThat(source.arrivals().fps()).isCloseTo(5, within(0.01));
  }

  private void look() throws InterruptedException {
    source.next(Duration.ZERO).ifPresent(Frame::close);
  }

  /** Has a picture for every request unless a test makes it empty. */
  private static final class Camera implements LiveSource {
    private boolean empty;
    private long dropped;

    @Override
    public Optional<Frame> next(Duration timeout) {
      return empty
          ? Optional.empty()
          : Optional.of(
              Frame.of(new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR), MediaTime.ZERO));
    }

    @Override
    public VideoInfo info(Frame picture) {
      throw new IllegalStateException("not used");
    }

    @Override
    public Optional<Ending> ending() {
      return Optional.empty();
    }

    @Override
    public long dropped() {
      return dropped;
    }

    @Override
    public void close() {}
  }
}
