package framewise.engine.session.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.Sessions;
import framewise.engine.session.TestBackend;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen: a client that found a live session in the list while it was starting got a second object
 * for it. Nobody wrote to that object's log, so the client's socket stayed silent.
 */
@Timeout(60)
class ConcurrentLookupsReturnOneSessionTest {
  @TempDir Path folder;

  @Test
  void concurrentLookupsReturnTheSameSession() throws Exception {
    var backend = new TestBackend("builtin", 1, (clip, question) -> "x");
    var source = new HeldSource();
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Sessions sessions = fixture.sessions();
      var starting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return sessions.stream(SourceKind.WHIP, "camera", source, StreamSettings.of("x"));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      await().until(() -> sessions.count() == 1);
      SessionId id = sessions.list(0, 1).getFirst().id();
      Session found = sessions.get(id);
      source.release.countDown();
      assertThat(starting.get()).isSameAs(found);
      assertThat(sessions.get(id)).isSameAs(found);
    }
  }

  /** Live video that never arrives; starting its session blocks until the test allows it. */
  private static final class HeldSource implements LiveSource {
    final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void onNotice(Consumer<String> notices) {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Optional<Frame> next(Duration timeout) throws InterruptedException {
      boolean _ = closed.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    }

    @Override
    public VideoInfo info(Frame picture) {
      throw new IllegalStateException("there is no picture");
    }

    @Override
    public Optional<Ending> ending() {
      return Optional.empty();
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
