package framewise.server.v1beta.stream;

import framewise.engine.Status;
import framewise.engine.keep.KeepSettings;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Reception;
import framewise.media.network.VideoUrl;
import framewise.time.WallClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Creates sessions of cameras and playlists that only keep video, once their first picture has
 * arrived.
 */
public final class PulledStreams {
  private static final Duration OPENING = Duration.ofSeconds(15);

  /** Wait after which an error counts as persistent: two more attempts have failed by then. */
  private static final Duration PERSISTENT_ERROR = Duration.ofSeconds(4);

  /**
   * Maximum wait for the first kept picture, which may never come where little or nothing is kept.
   */
  private static final Duration KEEPING = Duration.ofSeconds(2);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final Sessions sessions;
  private final WallClock clock;

  public PulledStreams(Sessions sessions, WallClock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Connects to the URL and waits for the first picture, up to 15 s, or 4 s where attempts fail at
   * once.
   *
   * @param keep how much is kept; empty for the default
   * @return empty where no picture arrived; no session is left then
   * @throws framewise.engine.RefusedException when the URL is not allowed, too many sessions are
   *     streaming, or nothing can be stored
   */
  public Optional<Session> open(VideoUrl url, Optional<KeepSettings> keep)
      throws IOException, InterruptedException {
    Session session = sessions.addUrl(url, url.toString(), keep);
    boolean opened = false;
    try {
      StreamSettings _ = session.start(StreamSettings.NO_QUESTION);
      opened = isOpened(session);
    } finally {
      if (!opened) {
        sessions.delete(session.id());
      }
    }
    return opened ? Optional.of(session) : Optional.empty();
  }

  private boolean isOpened(Session session) throws InterruptedException {
    long begin = clock.nanos();
    while (clock.nanos() - begin < OPENING.toNanos() && session.isRunning()) {
      SessionView view = session.view();
      if (view.status() == Status.STREAMING) {
        awaitKept(session);
        return true;
      }
      if (clock.nanos() - begin > PERSISTENT_ERROR.toNanos()
          && view.reception().flatMap(Reception::trouble).isPresent()) {
        return false;
      }
      clock.sleep(POLL_INTERVAL);
    }
    // A short recording may have ended already.
    return hasPicture(session);
  }

  /** Waits, so that a question right after the response finds a picture. */
  private void awaitKept(Session session) throws InterruptedException {
    long begin = clock.nanos();
    while (!hasPicture(session)
        && session.isRunning()
        && clock.nanos() - begin < KEEPING.toNanos()) {
      clock.sleep(POLL_INTERVAL);
    }
  }

  private static boolean hasPicture(Session session) {
    return session.footage().extent().newest().isPresent();
  }
}
