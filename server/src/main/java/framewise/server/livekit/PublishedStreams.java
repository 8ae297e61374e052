package framewise.server.livekit;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.source.LiveSource;
import framewise.engine.source.ReturningSource;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of sessions whose video comes over LiveKit. A publisher that returns within the grace
 * period continues the same run; a later one starts another. Safe for any number of threads.
 */
final class PublishedStreams {
  private final Duration grace;
  private final WallClock clock;

  /** At most one for each session; runs that are over are removed when another begins. */
  private final Map<SessionId, Run> runs = new ConcurrentHashMap<>();

  private record Run(Session session, ReturningSource source) {
    boolean isOver() {
      return !session.isRunning() || source.ending().isPresent();
    }
  }

  PublishedStreams(Duration grace, WallClock clock) {
    this.grace = grace;
    this.clock = clock;
  }

  /**
   * Gives a session its video.
   *
   * @param video closed with the run, or at once where it is refused
   * @throws framewise.engine.RefusedException when the session has another sender, was stopped by
   *     its owner, or too many are streaming
   */
  void publish(Session session, LiveSource video) throws InterruptedException {
    Run now = runs.get(session.id());
    if (now != null && session.isRunning() && now.source().take(video)) {
      return;
    }
    Optional<ReturningSource> awaited = session.awaited();
    if (awaited.isPresent() && awaited.get().take(video)) {
      runs.put(session.id(), new Run(session, awaited.get()));
      return;
    }
    var source = new ReturningSource(video, grace, clock);
    boolean begun = false;
    try {
      var _ = session.publishAgain(source);
      begun = true;
    } finally {
      if (!begun) {
        source.close();
      }
    }
    runs.values().removeIf(Run::isOver);
    runs.put(session.id(), new Run(session, source));
  }

  /** Whether the session's video comes from somewhere else, such as over WHIP. */
  boolean isTaken(Session session) {
    Run now = runs.get(session.id());
    boolean ours = now != null && now.source().ending().isEmpty();
    boolean free = session.awaited().filter(source -> !source.hasSender()).isPresent();
    return session.isRunning() && !ours && !free;
  }

  /** Ends the run without waiting for the publisher, which has left. */
  void finish(SessionId session, String why) {
    Optional.ofNullable(runs.get(session)).ifPresent(run -> run.source().finish(why));
  }
}
