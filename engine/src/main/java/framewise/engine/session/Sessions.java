package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.backend.BackendGate;
import framewise.engine.bundle.Bundle;
import framewise.engine.bundle.BundleWriter;
import framewise.engine.cluster.Cluster;
import framewise.engine.cluster.Node;
import framewise.engine.evidence.Evidence;
import framewise.engine.files.BucketStore;
import framewise.engine.folder.DataFolder;
import framewise.engine.folder.DataFolderInUseException;
import framewise.engine.folder.FileStores;
import framewise.engine.folder.FolderDatabase;
import framewise.engine.folder.FolderOwner;
import framewise.engine.incident.IncidentPictures;
import framewise.engine.keep.Footage;
import framewise.engine.keep.FrameStore;
import framewise.engine.keep.KeepSettings;
import framewise.engine.lookback.Replay;
import framewise.engine.money.Forecast;
import framewise.engine.money.Spending;
import framewise.engine.notice.Notices;
import framewise.engine.result.ResultLog;
import framewise.engine.search.AnswerSearch;
import framewise.engine.session.plan.Forecasts;
import framewise.engine.session.plan.Plans;
import framewise.engine.session.plan.Streams;
import framewise.engine.session.plan.Totals;
import framewise.engine.session.retention.SweepCounts;
import framewise.engine.session.store.SessionRow;
import framewise.engine.session.store.SessionStore;
import framewise.engine.session.view.SessionView;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.LiveSource;
import framewise.engine.source.SourceKind;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.engine.watch.Watches;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.time.WallClock;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions: creates, finds, lists and deletes them. Safe for any number of threads. */
public final class Sessions implements AutoCloseable {
  /**
   * Minimum grace period in a cluster: a sender must first detect that its node is gone, which
   * takes libwebrtc up to 20 s.
   */
  private static final Duration MIN_SENDER_GRACE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final DataFolder folder;
  private final Backends backends;
  private final Database database;
  private final SessionStore store;
  private final Streams streams;
  private final SessionContext context;
  private final Arrivals arrivals;
  private final BundleImport imports;
  private final IncidentPictures incidentPictures;
  private final AnswerSearch search;
  private final Inquiries inquiries;
  private final Lookbacks lookbacks;
  private final Resumption resumption;
  private final Upkeep upkeep;
  private final Sweeper sweeper;
  private final SweepCounts swept = new SweepCounts();
  private final Map<SessionId, Session> known = new ConcurrentHashMap<>();
  private final Optional<SharedSessions> shared;

  private final String outage;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Sessions(
      DataFolder folder,
      Database database,
      SessionOptions options,
      Backends backends,
      WallClock clock)
      throws IOException {
    this.folder = folder;
    this.database = database;
    this.backends = backends;
    this.store = new SessionStore(database);
    this.streams = new Streams(backends, options.maxStreams(), options.network(), clock);
    var notices = new Notices(database);
    var spending = new Spending(database, options.prices(), options.dailyBudget(), clock);
    this.context =
        new SessionContext(
            streams,
            new Plans(streams, spending, clock),
            spending,
            new Evidence(folder.files(), options.evidenceQuota()),
            new FrameStore(
                folder.frames(), options.keep(), options.keepQuota(), folder.space(), clock),
            database,
            notices,
            ConcurrentHashMap.newKeySet(),
            new Watches(database, notices, clock),
            senderGrace(database, options),
            clock);
    this.arrivals = new Arrivals(folder, store, options.network(), known, this::session, clock);
    this.imports = new BundleImport(folder, store, context, arrivals, this::find);
    context.watches().connect(this::log);
    this.incidentPictures =
        new IncidentPictures(
            folder.files(),
            folder::newUpload,
            context.watches().incidents(),
            this::footage,
            options.incidentQuota(),
            folder.space(),
            clock);
    context.watches().listen(incidentPictures::changed);
    this.search = new AnswerSearch(database);
    this.inquiries = new Inquiries(context);
    this.lookbacks = new Lookbacks(context);
    this.outage = outage(options.postgres().isPresent(), folder.files().isRemote());
    boolean crashed = hasCrashed(folder, database, options);
    this.resumption = new Resumption(store, options.resume(), crashed);
    this.shared =
        database
            .cluster()
            .map(
                cluster ->
                    new SharedSessions(cluster, this, known, store, streams, folder, resumption));
    this.sweeper =
        new Sweeper(
            this,
            folder,
            database,
            store,
            context.evidence(),
            context.frames(),
            options.retention(),
            swept,
            clock);
    this.upkeep = new Upkeep(this, folder, database, sweeper, crashed, options.resume(), clock);
  }

  /**
   * Opens the data folder. Sessions that were streaming when the process ended are marked as
   * failed, or wait for {@link #resume}, depending on the options.
   *
   * @throws DataFolderInUseException when another process has it open
   * @throws framewise.engine.store.UnusableDataException when its data is unusable
   */
  public static Sessions openWaiting(SessionOptions options, Backends backends, WallClock clock) {
    try {
      DataFolder.StoreOpener files =
          options
              .files()
              .<DataFolder.StoreOpener>map(
                  location -> (data, space) -> FileStores.open(location, data, space, clock))
              .orElse(DataFolder.StoreOpener.SAME_FOLDER);
      DataFolder folder =
          options.postgres().isPresent()
              ? DataFolder.openWithoutDatabase(options.data(), files)
              : DataFolder.open(options.data(), files);
      boolean opened = false;
      try {
        Database database = FolderDatabase.open(folder, options.postgres(), options.membership());
        try {
          var sessions = new Sessions(folder, database, options, backends, clock);
          sessions.prepare();
          opened = true;
          return sessions;
        } finally {
          if (!opened) {
            database.close();
          }
        }
      } finally {
        if (!opened) {
          folder.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Like {@link #openWaiting}, but resumes interrupted sessions at once. */
  public static Sessions open(SessionOptions options, Backends backends, WallClock clock) {
    Sessions sessions = openWaiting(options, backends, clock);
    sessions.resume();
    return sessions;
  }

  /** Resumes, in the background, the sessions that the end of the process interrupted. */
  public void resume() {
    incidentPictures.start();
    if (shared.isEmpty()) {
      lookbacks.markInterrupted(this::find);
    }
    upkeep.start(resumption);
    shared.ifPresent(SharedSessions::start);
  }

  /** Number of sessions still to resume after the start. */
  public int resuming() {
    return resumption.left() + shared.map(SharedSessions::taking).orElse(0);
  }

  /** Counts of data deleted automatically: old, too large or orphaned. */
  public SweepCounts swept() {
    return swept;
  }

  /** The disk of the data folder. */
  public DiskSpace disk() {
    return folder.space();
  }

  /** The store of videos, evidence and pictures of incidents, where it is on another machine. */
  public Optional<BucketStore> remoteFiles() {
    return folder.files() instanceof BucketStore bucket ? Optional.of(bucket) : Optional.empty();
  }

  /** Creates a file in the data folder for a video that is still arriving. */
  public Path newUpload() throws IOException {
    return folder.newUpload();
  }

  /**
   * Creates a session from a video that has arrived. Moves the file, or deletes it when the video
   * is refused.
   *
   * @param file from {@link #newUpload}
   * @param filename the uploader's filename; displayed, never opened
   * @throws RefusedException when the file is no supported video, or there is not enough memory to
   *     read it
   */
  public Session add(Path file, String filename) throws IOException {
    return arrivals.file(file, filename);
  }

  /**
   * Creates a session for video on the network, which waits until it is started.
   *
   * @param name display name
   * @throws RefusedException when the address is not allowed
   */
  public Session addUrl(VideoUrl url, String name) {
    return addUrl(url, name, Optional.empty());
  }

  /** Like {@link #addUrl(VideoUrl, String)}, with keep settings. */
  public Session addUrl(VideoUrl url, String name, Optional<KeepSettings> keep) {
    return arrivals.url(url, name, keep);
  }

  /**
   * Creates a session that waits for a sender to publish its video.
   *
   * @param kind a kind that is published
   * @param keep how much of the video is kept; empty for the default
   */
  public Session addPublished(SourceKind kind, String name, Optional<KeepSettings> keep) {
    return arrivals.published(kind, name, keep);
  }

  /**
   * Creates a session for video that is about to arrive, and starts it.
   *
   * @param kind how it arrives
   * @param name display name
   * @param source closed when the session ends or is refused
   * @throws RefusedException when no back end can answer or the chosen one refuses, or too many
   *     sessions are streaming
   */
  public Session stream(SourceKind kind, String name, LiveSource source, StreamSettings settings)
      throws InterruptedException {
    return stream(kind, name, source, settings, Optional.empty());
  }

  /** Like {@link #stream(SourceKind, String, LiveSource, StreamSettings)}, with keep settings. */
  public Session stream(
      SourceKind kind,
      String name,
      LiveSource source,
      StreamSettings settings,
      Optional<KeepSettings> keep)
      throws InterruptedException {
    return arrivals.stream(kind, name, source, settings, keep);
  }

  /**
   * Checks that one more session may stream, before anything is created for it.
   *
   * @throws RefusedException when too many are streaming
   */
  public void requirePlace() {
    streams.requirePlace();
  }

  /**
   * The session with this id.
   *
   * @throws RefusedException when there is none
   */
  public Session get(SessionId id) {
    return find(id).orElseThrow(() -> unknown(id).asException());
  }

  /** The session with this id; empty if there is none, or it was deleted in the meantime. */
  public Optional<Session> find(SessionId id) {
    Session before = known.get(id);
    if (before != null) {
      // Another node may have stored something since.
      shared.ifPresent(nodes -> nodes.refresh(before));
      return Optional.ofNullable(known.get(id));
    }
    Optional<Session> loaded =
        Optional.ofNullable(
            known.computeIfAbsent(id, key -> store.find(key).map(this::session).orElse(null)));
    loaded.ifPresent(session -> shared.ifPresent(nodes -> nodes.refresh(session)));
    return loaded;
  }

  /**
   * The node that must answer requests that only the owner of a session can answer. If there is no
   * owner, this node becomes it.
   *
   * @return empty for this node
   */
  public Optional<Node> otherOwner(SessionId id) {
    return shared.flatMap(nodes -> nodes.otherOwner(id));
  }

  /**
   * The node where a session that this node owns should start: the one with the most capacity.
   *
   * @return empty for this node; otherwise the session has been released and has no owner
   */
  public Optional<Node> place(SessionId id) {
    return shared.flatMap(nodes -> nodes.place(id));
  }

  /** The node that should create a new session, if this one can't; empty for this one. */
  public Optional<Node> placeNew() {
    return shared.flatMap(SharedSessions::placeNew);
  }

  /** The nodes that share the database; empty if only one node may use it. */
  public Optional<Cluster> cluster() {
    return database.cluster();
  }

  /** Moves the sessions of this node to others, one at a time, and takes no new ones. */
  public void drain() {
    beginDraining();
    handOver();
  }

  /** Takes no new sessions until {@link #stopDraining}. */
  public void beginDraining() {
    shared.ifPresent(SharedSessions::beginDraining);
  }

  /**
   * Moves the sessions of this node to others, one at a time, as long as it is draining; takes up
   * to half a minute.
   */
  public void handOver() {
    shared.ifPresent(SharedSessions::handOver);
  }

  /** Takes new sessions again. Those not handed over yet stay here. */
  public void stopDraining() {
    shared.ifPresent(SharedSessions::stopDraining);
  }

  /** A page of the list, newest first. */
  public List<SessionView> list(int offset, int limit) {
    return store.page(offset, limit).stream()
        .map(
            listed -> {
              Session session = known.get(listed.row().id());
              return session == null || !session.isOwned()
                  ? listed.row().view(listed.tally())
                  : session.view();
            })
        .toList();
  }

  public long count() {
    return store.count();
  }

  /** Number of sessions that are streaming now. */
  public int active() {
    return streams.active();
  }

  /** Number of running sessions with video by URL that are disconnected now. */
  public long urlsDown() {
    return known.values().stream()
        .map(Session::view)
        .filter(view -> view.source() == SourceKind.URL)
        .flatMap(view -> view.reception().stream())
        .filter(reception -> !reception.connected())
        .count();
  }

  /** Totals of all sessions since {@link #open}. */
  public Totals totals() {
    return streams.totals();
  }

  /** Size of the database with its write-ahead log, in bytes. */
  public long databaseBytes() {
    return database.bytes();
  }

  /** Spending and prices. */
  public Spending spending() {
    return context.spending();
  }

  /** Forecast of what a session will cost per hour, with its present or last settings. */
  public Forecast forecast(SessionView session) {
    return session
        .settings()
        .map(settings -> new Forecasts(backends, context.spending()).of(settings, session.video()))
        .orElseGet(Forecast::free);
  }

  /** Questions about chosen pictures. */
  public Inquiries inquiries() {
    return inquiries;
  }

  /**
   * Writes a session as a bundle.
   *
   * @return the writer of the bundle
   */
  public BundleWriter bundle(Session session) {
    return new BundleWriter(
        session.view(),
        session.keep(),
        session.log(),
        session.file(),
        context.frames(),
        lookbacks.of(session),
        context.evidence());
  }

  /**
   * Creates a session from a bundle, under its original id if that is free.
   *
   * @param bundle is not closed
   * @param mostVideo maximum size of its video, in bytes
   * @throws RefusedException when something in it can't be used; nothing is stored then
   */
  public Session open(Bundle bundle, long mostVideo) throws IOException {
    return imports.open(bundle, mostVideo);
  }

  /** Asks questions again, without storing the answers. */
  public Replay replay() {
    return new Replay(context.plans(), context.clock());
  }

  /** Questions about spans of the past. */
  public Lookbacks lookbacks() {
    return lookbacks;
  }

  /** Network access for video and pictures by URL. */
  public Network network() {
    return streams.network();
  }

  /** Watches on the answers of all sessions. */
  public Watches watches() {
    return context.watches();
  }

  /** Pictures and clips of incidents. */
  public IncidentPictures incidentPictures() {
    return incidentPictures;
  }

  /** The sessions that run now. */
  public List<Session> running() {
    return known.values().stream().filter(Session::isRunning).toList();
  }

  /** The kept pictures of live video. */
  public FrameStore frames() {
    return context.frames();
  }

  /** Evidence: what was sent to services. */
  public Evidence evidence() {
    return context.evidence();
  }

  /** Gates of the clip back ends used so far, by name. */
  public Map<String, BackendGate> gates() {
    return streams.gates();
  }

  /**
   * Checks that the database accepts writes, and leaves it unchanged.
   *
   * @throws RuntimeException when it does not
   */
  public void requireWritable() {
    store.touch();
  }

  private static boolean hasCrashed(DataFolder folder, Database database, SessionOptions options) {
    if (database.cluster().isPresent()) {
      return false; // in a cluster, sessions count the deaths of their nodes instead
    }
    return options.postgres().isPresent()
        ? FolderOwner.replace(database)
        : FolderOwner.take(database, folder.path());
  }

  private static Duration senderGrace(Database database, SessionOptions options) {
    Duration grace = options.senderGrace();
    if (database.cluster().isEmpty() || grace.isZero()) {
      return Duration.ZERO;
    }
    return grace.compareTo(MIN_SENDER_GRACE) < 0 ? MIN_SENDER_GRACE : grace;
  }

  /** The database of the sessions, which also holds other data. */
  public Database database() {
    return database;
  }

  /** Search in the answers of all sessions. All callers share its places. */
  public AnswerSearch search() {
    return search;
  }

  /** Outbox of notices: incidents and deliveries of this service share it. */
  public Notices notices() {
    return context.notices();
  }

  /** All back ends. */
  public Backends backends() {
    return backends;
  }

  /** Warms up the default back end in the background, so that the first answer isn't delayed. */
  public void warmUp() {
    backends
        .firstReadyForClips()
        .ifPresent(
            backend ->
                Thread.ofPlatform()
                    .daemon()
                    .name("warm-up-" + backend.name())
                    .start(() -> warmUp(backend)));
  }

  /** Stops the session and deletes it with its video and its log. */
  public void delete(SessionId id) throws IOException {
    Session session = get(id);
    session.retire();
    lookbacks.cancelAll(session);
    context.cutOff().remove(id);
    store.delete(id);
    known.remove(id);
    database.cluster().ifPresent(cluster -> cluster.announce(id));
    context.watches().forget(id);
    folder.deleteVideo(id);
    context.evidence().delete(id);
    context.frames().delete(id);
    incidentPictures.delete(id);
    SessionLog.deleted(id);
  }

  /** Ends every run; those that were streaming resume at the next {@link #open}. Idempotent. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    upkeep.close();
    shared.ifPresent(SharedSessions::close);
    known.values().forEach(Session::suspend);
    lookbacks.close();
    streams.close();
    incidentPictures.close();
    context.evidence().close();
    storeCleanEnd();
    database.close();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Refusal unknown(SessionId id) {
    return Refusal.of(Code.SESSION_NOT_FOUND, "There is no session " + id + ".");
  }

  /** Number of sessions in memory. */
  int loaded() {
    return known.size();
  }

  /** Sessions whose video is stored but whose record isn't yet. */
  Set<SessionId> arriving() {
    return arrivals.arriving();
  }

  /** Whether a session runs, or is about to resume. */
  boolean isBusy(SessionId id) {
    if (shared.isPresent()) {
      return find(id).filter(shared.get()::isBusy).isPresent();
    }
    Session session = known.get(id);
    return session != null && session.isBusy();
  }

  /** Whether this node owns a session, or becomes its owner. */
  boolean mayChange(SessionId id) {
    return otherOwner(id).isEmpty() && find(id).filter(Session::isOwned).isPresent();
  }

  /** Deletes the video of a session that doesn't run; false where it does. */
  boolean deleteVideo(SessionId id, String why, Instant now) throws IOException {
    return mayChange(id) && get(id).deleteVideo(why, now);
  }

  /** Runs a sweep now: deletes data that the retention settings don't keep. */
  void sweep() throws IOException {
    sweeper.sweep();
  }

  private Optional<Footage> footage(SessionId id) {
    try {
      return Optional.of(get(id).footage());
    } catch (RefusedException deletedMeanwhile) {
      return Optional.empty();
    }
  }

  private Optional<ResultLog> log(SessionId id) {
    try {
      return Optional.of(get(id).log());
    } catch (RefusedException deletedMeanwhile) {
      return Optional.empty();
    }
  }

  /** Stores the ends of runs that couldn't be stored in time. */
  void storePendingEnds() {
    known.values().forEach(Session::storePendingEnd);
  }

  /** Resumes the sessions that a full disk interrupted. */
  void resumeCutOff() {
    for (SessionId id : context.cutOff()) {
      context.cutOff().remove(id);
      Session session = known.get(id);
      if (session != null) {
        Resumption.resume(session, outage);
      }
    }
  }

  private static String outage(boolean postgres, boolean remoteFiles) {
    String storage = postgres ? "the database was unreachable" : "the disk was full";
    return remoteFiles ? storage + " or the file store was unreachable" : storage;
  }

  /** Resets the crash counts, because the process has run long enough to rule out a crash loop. */
  void forgetCrashes() {
    if (shared.isEmpty()) {
      store.forgetCrashes();
    }
  }

  /** Whether this node does the work that is done once for all nodes. */
  boolean leads() {
    return database.cluster().map(Cluster::leads).orElse(true);
  }

  /** Resets the crash counts when the process ends normally. */
  private void storeCleanEnd() {
    try {
      storePendingEnds();
      forgetCrashes();
      if (shared.isEmpty()) {
        FolderOwner.markClosed(database);
      }
    } catch (RefusedException e) {
      LOG.warn("failed to store the end of this process: {}", e.getMessage());
    }
  }

  /**
   * Finds all interrupted sessions before resuming the first, which may have to wait for its video.
   */
  private void prepare() {
    if (shared.isEmpty()) {
      resumption.prepare(
          Stream.of(Status.STREAMING, Status.WAITING)
              .flatMap(running -> store.withStatus(running).stream())
              .map(this::get)
              .toList());
    }
    try {
      context.watches().forgetMissing();
    } catch (RuntimeException e) {
      LOG.warn(
          "failed to remove deleted sessions from watches; trying again at the next start: {}",
          e.toString());
    }
  }

  private Session session(SessionRow row) {
    return new Session(row, folder.videoOf(row.id()), context);
  }

  private static void warmUp(ClipBackend backend) {
    try {
      backend.warmUp();
    } catch (RuntimeException e) {
      LOG.warn("failed to preload back end {}: {}", backend.name(), e.toString());
    }
  }
}
