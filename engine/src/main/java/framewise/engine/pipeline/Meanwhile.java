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

  /** Who stands in, or stood in last; and how they are sent pictures. */
  private @Nullable StandIn standIn;

  private @Nullable StreamLink link;

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
    if (standIn != null && link != null) {
      if (next.isPresent()) {
        standIn.change(next.get());
      } else {
        link.ended(OVER);
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
      Optional<ClipPlan> plan = others();
      if (plan.isPresent()) {
        ending = play(plan.get(), opening, results);
      } else {
        opening.await(LOOK);
      }
    }
    return ending;
  }

  /** When this returns nobody stands in, and nothing is told any more. */
  @Override
  public void close() {
    StandIn last;
    synchronized (this) {
      closed = true;
      last = standIn;
    }
    if (last != null) {
      last.close();
    }
  }

  private Optional<Ending> play(ClipPlan plan, StreamOpening opening, StreamResults results)
      throws InterruptedException {
    var next = new StandIn(name, plan, feed, clock, listener);
    var sending = new StreamLink(name, next, results);
    hold(next, sending);
    next.start(sending::broken);
    results.notice(plan.names() + " answers meanwhile");
    opening.whenOver(() -> sending.ended(OVER));
    return switch (sending.play(feed)) {
      case StreamLink.Signal.PlayedOut() -> {
        next.finish();
        yield Optional.of(feed.ending());
      }
      case StreamLink.Signal.Broken(Ending how) -> Optional.of(how);
      case StreamLink.Signal.Lost(StreamEnd _) -> {
        // What they were asked already is answered beside the stream.
        Thread.ofVirtual().name("finish-" + name).start(() -> finish(next));
        yield Optional.empty();
      }
    };
  }

  private void hold(StandIn next, StreamLink sending) throws InterruptedException {
    StandIn last;
    boolean late;
    synchronized (this) {
      late = closed;
      last = standIn;
      standIn = next;
      link = sending;
    }
    if (last != null) {
      last.close();
    }
    if (late) {
      next.close();
      throw new InterruptedException("stopped");
    }
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
