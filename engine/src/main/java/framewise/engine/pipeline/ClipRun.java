package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.source.ClipSource;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.media.MediaTime;
import framewise.media.MemoryExhaustedException;
import framewise.media.VideoInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run whose back ends are asked clip by clip: a thread plays the source, and each prompt has a
 * {@link Lane} of its own that asks and writes. Every queue between them is bounded.
 */
public final class ClipRun implements Run {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final String name;
  private final ClipFeed feed;
  private final WallClock clock;
  private final RunListener listener;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread player;

  /** One for each prompt. Changed by one thread at a time, read by the player. */
  private final List<Lane> lanes = new CopyOnWriteArrayList<>();

  private final Lane.Keeper keeper = new Keeper();
  private volatile ClipPlan plan;
  private volatile Optional<Ending> ending = Optional.empty();

  private ClipRun(
      String name,
      ClipFeed feed,
      ClipPlan plan,
      Place place,
      WallClock clock,
      RunListener listener) {
    this.name = name;
    this.feed = feed;
    this.plan = plan;
    this.clock = clock;
    this.listener = listener;
    this.player = Thread.ofPlatform().daemon().name("play-" + name).unstarted(this::play);
    plan.orders().forEach(orders -> lanes.add(lane(orders, place.after(orders.prompt()))));
  }

  /**
   * Plays a file.
   *
   * @param name of the session, for logs and thread names
   * @param source is closed by the run
   * @param place where to begin
   */
  public static ClipRun ofFile(
      String name,
      ClipSource source,
      ClipPlan plan,
      Place place,
      WallClock clock,
      RunListener listener) {
    StreamSettings settings = plan.settings();
    ClipFeed feed =
        new FilePlayer(
            source, settings, clock, place.first(settings.prompts(), settings.sampling()));
    return new ClipRun(name, feed, plan, place, clock, listener);
  }

  /**
   * Looks at video that arrives now.
   *
   * @param name of the session, for logs and thread names
   * @param source is closed by the run
   */
  public static ClipRun ofLive(
      String name, LiveSource source, ClipPlan plan, WallClock clock, RunListener listener) {
    ClipFeed feed = new LivePlayer(source, plan.settings().sampling(), clock);
    return new ClipRun(name, feed, plan, Place.START, clock, listener);
  }

  @Override
  public void prepare() {
    // Nobody can refuse: the back end is asked clip by clip.
  }

  @Override
  public void start() {
    player.start();
    lanes.forEach(Lane::start);
  }

  @Override
  public void updatePrompt(StreamSettings settings) {
    change(plan.withSettings(settings));
  }

  /**
   * From the next clip on, this is asked: prompts keep their lanes by their names, new ones get
   * one, and those that are gone end with what is under way.
   */
  public synchronized void change(ClipPlan next) {
    plan = next;
    if (ending.isPresent()) {
      return; // no clip follows
    }
    feed.change(next.settings().sampling());
    List<Lane> gone = new ArrayList<>(lanes);
    for (Lane.Orders orders : next.orders()) {
      Optional<Lane> known =
          gone.stream().filter(lane -> lane.name().equals(orders.prompt().name())).findFirst();
      if (known.isPresent()) {
        known.get().change(orders);
        gone.remove(known.get());
      } else {
        Lane lane = lane(orders, Optional.empty());
        lanes.add(lane);
        lane.start();
      }
    }
    gone.forEach(Lane::end);
  }

  @Override
  public StreamSettings settings() {
    return plan.settings();
  }

  @Override
  public void stop() {
    over.set(true);
    if (player.getState() == Thread.State.NEW) {
      feed.close();
      return;
    }
    player.interrupt();
    lanes.forEach(lane -> lane.stop(STOP_PATIENCE));
    try {
      if (!player.join(STOP_PATIENCE)) {
        LOG.warn("session {}: {} takes long to end", name, player.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Lane lane(Lane.Orders orders, Optional<MediaTime> after) {
    return new Lane(name, orders, after, clock, listener, keeper);
  }

  private void play() {
    Ending how = Ending.OF_FILE;
    try (feed) {
      how = feed.play(new Sink());
    } catch (InterruptedException stopped) {
      LOG.debug("session {}: stopped playing", name);
    } catch (MemoryExhaustedException e) {
      LOG.warn("session {}: {}", name, e.sentence());
      how = new Ending(Status.FAILED, e.sentence());
    } catch (RuntimeException e) {
      LOG.error("session {}: the video cannot be read on", name, e);
      how = new Ending(Status.FAILED, "The video cannot be read any further.");
    } finally {
      synchronized (this) {
        ending = Optional.of(how);
        lanes.forEach(Lane::end);
      }
    }
  }

  private void end(Ending how) {
    if (over.compareAndSet(false, true)) {
      listener.ended(how);
    }
  }

  private final class Keeper implements Lane.Keeper {
    @Override
    public void done(Lane lane) {
      lanes.remove(lane);
      Optional<Ending> how = ending;
      if (how.isPresent() && lanes.isEmpty()) {
        end(how.get());
      }
    }

    @Override
    public void broken(RuntimeException why) {
      LOG.error("session {}: results cannot be stored", name, why);
      player.interrupt();
      lanes.forEach(lane -> lane.stop(STOP_PATIENCE));
      end(new Ending(Status.FAILED, "Results cannot be stored: is the disk full?"));
    }
  }

  /** Gives every prompt its share of each clip. */
  private final class Sink implements ClipFeed.Sink {
    @Override
    public void put(TimedClip clip) throws InterruptedException {
      try (clip) {
        for (Lane lane : lanes) {
          lane.put(clip);
        }
      }
    }

    @Override
    public void replace(TimedClip clip) {
      try (clip) {
        lanes.forEach(lane -> lane.replace(clip));
      }
    }

    @Override
    public void skipped(long clips) {
      lanes.forEach(lane -> lane.skipped(clips));
    }

    @Override
    public void began(VideoInfo video) {
      listener.began(video);
    }
  }
}
