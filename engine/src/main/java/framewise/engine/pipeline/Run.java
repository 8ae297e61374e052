package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.PictureForm;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.engine.source.TimedClip;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import framewise.media.VideoInfo;
import framewise.media.memory.MemoryExhaustedException;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One playback of a session's video. Each prompt has a {@link Lane}. A {@link Player} for each form
 * of pictures passes pictures to the lanes. Every queue between them is bounded. Any thread may
 * call.
 */
public final class Run {
  static final Ending RESULTS_NOT_STORED =
      new Ending(Status.FAILED, "Results cannot be stored: is the disk full?");

  private static final Ending UNREADABLE =
      new Ending(Status.FAILED, "Failed to read the rest of the video.");
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  /** Opens the video of a run. */
  public interface OpenedVideo extends AutoCloseable {
    /** Available rate of single pictures: the wanted one, or the video's if that is lower. */
    double fps(double wanted);

    /** Whether the video is live: pictures arrive whether or not they are wanted. */
    boolean isLive();

    /**
     * Opens the pictures in a form.
     *
     * @throws framewise.engine.RefusedException when the video is not available any more
     */
    Source open(PictureForm form, Schedule schedule);

    /** The first picture has arrived. */
    default void began() {}

    /** Bytes of the {@link framewise.media.memory.NativeMemory} budget in use. */
    long memoryBytes();

    @Override
    void close();
  }

  private final String name;
  private final OpenedVideo pictures;
  private final MediaTime from;
  private final ResumePosition place;
  private final WallClock clock;
  private final RunListener listener;
  private final VideoClock video;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Keeper keeper = new Keeper();

  /** Changed while holding this object's lock; read by the players without it. */
  private final List<Lane> lanes = new CopyOnWriteArrayList<>();

  private final Map<PictureForm, Player> players = new ConcurrentHashMap<>();
  private final Map<PictureForm, Thread> threads = new EnumMap<>(PictureForm.class);

  /** Sources opened before playback, so that a failure refuses the start. */
  private final Map<PictureForm, Source> opened = new ConcurrentHashMap<>();

  /** Streams opened for the next change. */
  private final List<StreamLane> prepared = new CopyOnWriteArrayList<>();

  private volatile Plan plan;
  private boolean started;
  private volatile Optional<Ending> ending = Optional.empty();

  /**
   * @param name of the session, for logs and thread names
   * @param pictures closed by the run
   * @param place position to begin at
   */
  public Run(
      String name,
      OpenedVideo pictures,
      Plan plan,
      ResumePosition place,
      WallClock clock,
      RunListener listener) {
    this.name = name;
    this.pictures = pictures;
    this.plan = plan;
    this.place = place;
    this.clock = clock;
    this.listener = listener;
    this.video = new VideoClock(clock);
    StreamSettings settings = plan.settings();
    boolean open = false;
    try {
      for (PictureForm form : plan.forms()) {
        if (form == PictureForm.STREAM || plan.asksClips()) {
          opened.put(form, pictures.open(form, schedule(form, plan)));
        }
      }
      open = true;
    } finally {
      if (!open) {
        release();
      }
    }
    this.from = from(place.first(settings.prompts(), settings.sampling()));
    plan.forms().forEach(this::player);
    plan.askLanes().forEach((key, orders) -> lanes.add(lane(key, orders)));
  }

  /**
   * Opens the streams that a plan needs and the run does not have. Called before the run starts and
   * before each change.
   *
   * @throws framewise.engine.RefusedException when the far end refuses; a run that has not started
   *     is then over, any other continues unchanged
   */
  public void prepare(Plan next) throws InterruptedException {
    boolean ready = false;
    try {
      for (Map.Entry<Lane.Key, StreamLane.LaneSettings> wanted : next.streaming().entrySet()) {
        StreamLane lane = stream(wanted.getKey()).orElseGet(() -> lane(wanted.getValue()));
        prepared.add(lane);
        lane.prepare(wanted.getValue());
      }
      ready = true;
    } finally {
      if (!ready) {
        discardPrepared();
        if (!started) {
          release();
        }
      }
    }
  }

  /** Closes the streams prepared for a change that was not made. */
  public synchronized void discardPrepared() {
    prepared.forEach(StreamLane::discardPrepared);
    prepared.clear();
  }

  /** Starts the run; the listener gets its events from here on. */
  public synchronized void start() {
    started = true;
    addStreams(plan);
    if (!pictures.isLive()) {
      video.begin(from);
    }
    lanes.forEach(Lane::start);
    keeper.wantsChanged();
    players.keySet().forEach(this::startPlayer);
  }

  /**
   * Applies a plan from the next clip on. A prompt whose name stays keeps its lane, a new prompt
   * gets a lane, and the lane of a removed prompt ends after its requests in flight.
   */
  public synchronized void change(Plan next) {
    plan = next;
    if (ending.isPresent()) {
      return; // the video is over: no clip follows
    }
    Map<Lane.Key, AskLane.LaneSettings> asking = next.askLanes();
    Map<Lane.Key, StreamLane.LaneSettings> streaming = next.streaming();
    List<Lane> before = List.copyOf(lanes);
    players.forEach((form, player) -> player.change(schedule(form, next)));
    for (PictureForm form : next.forms()) {
      if (!players.containsKey(form)) {
        player(form);
        startPlayer(form);
      }
    }
    asking.forEach(
        (key, orders) -> {
          if (find(key).orElse(null) instanceof AskLane lane) {
            lane.change(orders);
          } else {
            begin(lane(key, orders));
          }
        });
    streaming.forEach((key, orders) -> stream(key).ifPresent(lane -> lane.change(orders)));
    addStreams(next).forEach(Lane::start);
    before.stream()
        .filter(lane -> !asking.containsKey(lane.key()) && !streaming.containsKey(lane.key()))
        .forEach(this::remove);
    keeper.wantsChanged();
  }

  /** Replaces the texts of the prompts from the next clip on; nothing else may differ. */
  public void updatePrompt(StreamSettings settings) {
    change(plan.withSettings(settings));
  }

  /** Bytes of the {@link framewise.media.memory.NativeMemory} budget that its video uses now. */
  public long memoryBytes() {
    return pictures.memoryBytes();
  }

  public StreamSettings settings() {
    return plan.settings();
  }

  /**
   * Ends the run now. When this returns, its threads have ended and the source is closed, and the
   * listener gets no more events. A thread that is blocked in a native call for longer than five
   * seconds ends later, and then closes the source.
   */
  public void stop() {
    over.set(true);
    interrupt();
    lanes.forEach(lane -> lane.stop(STOP_TIMEOUT));
    discardPrepared();
    for (Thread thread : playing()) {
      try {
        if (!thread.join(STOP_TIMEOUT)) {
          LOG.warn("session {}: {} is slow to stop", name, thread.getName());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    release();
  }

  private AskLane lane(Lane.Key key, AskLane.LaneSettings orders) {
    var stream = new Lane.Key(key.prompt(), Lane.Kind.STREAM);
    return new AskLane(
        name + (key.kind() == Lane.Kind.FALLBACK ? "-fallback" : ""),
        key.kind(),
        orders,
        () -> key.kind() == Lane.Kind.ASK || stream(stream).filter(Lane::isWanted).isEmpty(),
        started ? Optional.empty() : place.after(orders.prompt()),
        clock,
        listener,
        keeper);
  }

  private StreamLane lane(StreamLane.LaneSettings orders) {
    return new StreamLane(
        name,
        orders,
        this::pictures,
        nanos ->
            Optional.ofNullable(players.get(PictureForm.STREAM))
                .map(player -> player.shownAt(nanos))
                .orElse(from),
        () -> lanes.stream().anyMatch(lane -> !lane.key().prompt().equals(orders.prompt().name())),
        clock,
        listener,
        keeper);
  }

  /** Adds lanes for a plan's streams that the run does not have yet: prepared ones, or new ones. */
  private List<StreamLane> addStreams(Plan next) {
    List<StreamLane> added =
        next.streaming().entrySet().stream()
            .filter(wanted -> find(wanted.getKey()).isEmpty())
            .map(
                wanted ->
                    prepared.stream()
                        .filter(lane -> lane.key().equals(wanted.getKey()))
                        .findFirst()
                        .orElseGet(() -> lane(wanted.getValue())))
            .toList();
    lanes.addAll(added);
    prepared.clear();
    return added;
  }

  private void begin(Lane lane) {
    lanes.add(lane);
    lane.start();
  }

  private void remove(Lane lane) {
    if (lane instanceof StreamLane) {
      lanes.remove(lane);
      Thread.ofVirtual().name("stop-" + name).start(() -> lane.stop(STOP_TIMEOUT));
    } else {
      lane.end();
    }
  }

  private Optional<Lane> find(Lane.Key key) {
    return lanes.stream().filter(lane -> lane.key().equals(key)).findFirst();
  }

  private Optional<StreamLane> stream(Lane.Key key) {
    return find(key).filter(StreamLane.class::isInstance).map(StreamLane.class::cast);
  }

  private Schedule schedule(PictureForm form, Plan of) {
    return form == PictureForm.CLIP
        ? Schedule.ofClips(of.settings().sampling())
        : pictures(of.settings().sampling());
  }

  private Schedule pictures(Sampling sampling) {
    return Schedule.ofPictures(pictures.fps(sampling.fps()));
  }

  /** Start of a lane: the given position, or the latest start of a player if that is later. */
  private MediaTime from(MediaTime place) {
    return opened.entrySet().stream()
        .map(
            source -> {
              Schedule schedule = schedule(source.getKey(), plan);
              return schedule.start(schedule.firstOf(source.getValue().start()));
            })
        .filter(place::isBefore)
        .max(Comparator.naturalOrder())
        .orElse(place);
  }

  private void player(PictureForm form) {
    players.put(
        form,
        new Player(
            () -> {
              Source ready = opened.remove(form);
              return ready != null ? ready : pictures.open(form, schedule(form, plan));
            },
            schedule(form, plan),
            pictures.isLive() ? Pace.REALTIME : plan.settings().pace(),
            plan.settings().loop(),
            from,
            video,
            new Sink(form),
            clock));
  }

  private void startPlayer(PictureForm form) {
    String thread = "play-" + name + (form == PictureForm.STREAM ? "-stream" : "");
    threads.put(form, Thread.ofPlatform().daemon().name(thread).start(() -> play(form)));
  }

  private void play(PictureForm form) {
    Optional<Ending> how = Optional.empty();
    try {
      how = Optional.ofNullable(players.get(form)).orElseThrow().play();
    } catch (InterruptedException stopped) {
      LOG.debug("session {}: stopped playing", name);
    } catch (MemoryExhaustedException e) {
      LOG.warn("session {}: {}", name, e.sentence());
      how = Optional.of(new Ending(Status.FAILED, e.sentence()));
    } catch (RuntimeException e) {
      LOG.error("session {}: the rest of the video can't be read", name, e);
      how = Optional.of(UNREADABLE);
    } finally {
      ended(form, how);
      if (lanes.isEmpty() && how.isPresent()) { // no prompts: no lane reports its end
        end(how.get());
      }
    }
  }

  /** Handles the end of a player. Ends players that no lane wants pictures from. */
  private synchronized void ended(PictureForm form, Optional<Ending> how) {
    if (ending.isEmpty()) {
      ending = Optional.of(how.orElse(Ending.OF_FILE));
    }
    players.values().forEach(Player::finish);
    lanes.stream().filter(lane -> lane.key().kind().form() == form).forEach(Lane::end);
  }

  private void end(Ending how) {
    if (over.compareAndSet(false, true)) {
      release();
      listener.ended(how);
    }
  }

  private void interrupt() {
    playing().forEach(Thread::interrupt);
  }

  private synchronized List<Thread> playing() {
    return List.copyOf(threads.values());
  }

  private void release() {
    opened.values().forEach(Source::close);
    opened.clear();
    pictures.close();
  }

  private final class Keeper implements Lane.LaneListener {
    @Override
    public void done(Lane lane) {
      lanes.remove(lane);
      Optional<Ending> how = ending;
      if (how.isPresent() && lanes.isEmpty()) {
        end(how.get());
      }
    }

    @Override
    public void failed(Ending how) {
      interrupt();
      lanes.forEach(lane -> lane.stop(STOP_TIMEOUT));
      end(how);
    }

    @Override
    public void wantsChanged() {
      if (!pictures.isLive() && lanes.stream().noneMatch(Lane::isWanted)) {
        video.pause();
      }
      players.values().forEach(Player::wake);
    }
  }

  /** Gives every lane that takes this form of pictures a share of each clip. */
  private final class Sink implements Player.Sink {
    private final PictureForm form;

    Sink(PictureForm form) {
      this.form = form;
    }

    @Override
    public boolean isWanted() {
      return plan.answers().isEmpty()
          || lanes.stream().anyMatch(lane -> takes(lane) && lane.isWanted());
    }

    @Override
    public void put(TimedClip clip) throws InterruptedException {
      try (clip) {
        for (Lane lane : lanes) {
          if (takes(lane)) {
            lane.put(clip);
          }
        }
      }
    }

    @Override
    public void replace(TimedClip clip) {
      try (clip) {
        lanes.stream().filter(this::takes).forEach(lane -> lane.replace(clip));
      }
    }

    @Override
    public void skipped(long clips) {
      lanes.stream().filter(this::takes).forEach(lane -> lane.skipped(clips));
    }

    @Override
    public void began(VideoInfo seen) {
      if (video.begin(MediaTime.ZERO)) {
        listener.began(seen);
        pictures.began();
      }
    }

    @Override
    public void resized(VideoInfo seen) {
      listener.resized(seen);
    }

    private boolean takes(Lane lane) {
      return lane.key().kind().form() == form;
    }
  }
}
