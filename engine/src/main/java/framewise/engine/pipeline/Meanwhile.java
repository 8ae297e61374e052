package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.source.Ending;
import framewise.vision.StreamEnd;
import framewise.vision.StreamEnd.Cure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the video while there is no stream: others are asked about it, where there are
 * some; else it waits. Any thread may change and close it.
 */
final class Meanwhile implements AutoCloseable {
  /** How often it is looked whether there is somebody to ask by now. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Sends no more pictures to those who stand in; nobody is told. */
  private static final StreamEnd OVER = new StreamEnd("over", "not needed", Cure.NONE);

  private static final Logger LOG = LoggerFactory.getLogger(Meanwhile.class);

  private final String name;
  private final PictureFeed feed;
  private final WallClock clock;
  private final RunListener listener;
  private Optional<ClipPlan> others;
  private boolean closed;

  /** The newest one; it may be over. */
  private @Nullable Substitution substitution;

  /** Who stands in, and how they are sent pictures. */
  private record Substitution(StandIn who, StreamLink sending, String names) {}

  /**
   * @param name of the session, for logs and thread names
   * @param others who is asked; empty where the video waits
   */
  Meanwhile(
      String name,
      PictureFeed feed,
      Optional<ClipPlan> others,
      WallClock clock,
      RunListener listener) {
    this.name = name;
    this.feed = feed;
    this.others = others;
    this.clock = clock;
    this.listener = listener;
  }

  /** Who is asked; empty where the video waits. */
  synchronized Optional<ClipPlan> others() {
    return others;
  }

  /** From the next clip on, these are asked, or nobody. */
  synchronized void change(Optional<ClipPlan> next) {
    others = next;
    if (substitution != null) {
      if (next.isPresent()) {
        substitution.who().change(next.get());
      } else {
        substitution.sending().ended(OVER);
      }
    }
  }

  /**
   * Plays the video to those who stand in, until a stream is open or will not be.
   *
   * @return how the video ended, where it did
   */
  Optional<Ending> play(StreamOpening opening, StreamResults results) throws InterruptedException {
    Optional<Ending> ending = Optional.empty();
    while (ending.isEmpty() && !opening.isOver()) {
      Optional<Substitution> next = next(results);
      if (next.isPresent()) {
        ending = play(next.get(), opening, results);
      } else {
        opening.await(LOOK);
      }
    }
    return ending;
  }

  /** When this returns nobody stands in, and nothing is told any more. */
  @Override
  public void close() {
    Substitution last;
    synchronized (this) {
      closed = true;
      last = substitution;
    }
    if (last != null) {
      last.who().close();
    }
  }

  private Optional<Ending> play(Substitution next, StreamOpening opening, StreamResults results)
      throws InterruptedException {
    StandIn who = next.who();
    StreamLink sending = next.sending();
    results.notice(next.names() + " answers meanwhile");
    opening.whenOver(() -> sending.ended(OVER));
    return switch (sending.play(feed)) {
      case StreamLink.Signal.PlayedOut() -> {
        who.finish();
        yield Optional.of(feed.ending());
      }
      case StreamLink.Signal.Broken(Ending how) -> Optional.of(how);
      case StreamLink.Signal.Lost(StreamEnd _) -> {
        // What they were asked already is answered beside the stream.
        Thread.ofVirtual().name("finish-" + name).start(() -> finish(who));
        yield Optional.empty();
      }
    };
  }

  /** Begins, in the place of the last one; empty where there is nobody to ask. */
  private Optional<Substitution> next(StreamResults results) throws InterruptedException {
    Substitution last;
    Substitution next;
    synchronized (this) {
      if (closed) {
        throw new InterruptedException("stopped");
      }
      if (others.isEmpty()) {
        return Optional.empty();
      }
      var who = new StandIn(name, others.get(), feed, clock, listener);
      var sending = new StreamLink(name, who, results);
      last = substitution;
      next = new Substitution(who, sending, others.get().names());
      substitution = next;
      who.start(sending::broken);
    }
    if (last != null) {
      last.who().close();
    }
    return Optional.of(next);
  }

  private void finish(StandIn one) {
    try {
      one.finish();
    } catch (InterruptedException stopped) {
      LOG.debug("session {}: {} was not waited for", name, one);
    } finally {
      one.close();
    }
  }
}
