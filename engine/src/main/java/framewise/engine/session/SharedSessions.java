package framewise.engine.session;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.cluster.Cluster;
import framewise.engine.cluster.Handover;
import framewise.engine.cluster.Node;
import framewise.engine.cluster.NodeCapacity;
import framewise.engine.cluster.NodeLoad;
import framewise.engine.folder.DataFolder;
import framewise.engine.session.plan.Streams;
import framewise.engine.session.store.SessionRow;
import framewise.engine.session.store.SessionStore;
import framewise.engine.session.store.SessionStore.StoredSession;
import framewise.engine.source.SourceKind;
import framewise.time.Deadline;
import framewise.time.Stopwatch;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one node in a cluster: those that it owns, and those that it only reads. Safe for
 * any number of threads.
 */
final class SharedSessions implements Handover.Host, AutoCloseable {
  /** Time after which a session that was taken over is assumed not to crash its node. */
  private static final Duration HARMLESS = Duration.ofSeconds(10);

  /** Maximum time to wait for runs to end after the lease is lost. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * Maximum time for draining: orchestrators kill a process half a minute after asking it to end.
   */
  private static final Duration MAX_DRAIN_TIME = Duration.ofSeconds(20);

  /** Maximum time from a node's joining until it takes sessions. */
  private static final Duration MAX_START_TIME = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Logger LOG = LoggerFactory.getLogger(SharedSessions.class);

  private final Cluster cluster;
  private final Sessions sessions;
  private final Map<SessionId, Session> known;
  private final SessionStore store;
  private final Streams streams;
  private final DataFolder folder;
  private final Resumption resumption;
  private final Handover handover;
  private final NodeLoad load = new NodeLoad();
  private final Map<SessionId, Stopwatch> takenAt = new ConcurrentHashMap<>();

  /** Sessions that this node owned without working on them, at the check a second ago. */
  private final Set<SessionId> strays = new HashSet<>();

  /**
   * @param known the sessions in memory
   */
  SharedSessions(
      Cluster cluster,
      Sessions sessions,
      Map<SessionId, Session> known,
      SessionStore store,
      Streams streams,
      DataFolder folder,
      Resumption resumption) {
    this.cluster = cluster;
    this.sessions = sessions;
    this.known = known;
    this.store = store;
    this.streams = streams;
    this.folder = folder;
    this.resumption = resumption;
    this.handover = new Handover(cluster, this);
  }

  void start() {
    handover.start();
  }

  /** Number of sessions that are about to resume here. */
  int taking() {
    return handover.taking();
  }

  /**
   * The node that must answer requests that only a session's owner can answer. If there is no
   * owner, this node becomes it.
   *
   * @return empty for this node
   */
  Optional<Node> otherOwner(SessionId id) {
    Optional<Node> owner = cluster.owner(id);
    if (owner.isPresent()) {
      return owner.filter(node -> !node.id().equals(cluster.id()));
    }
    if (!cluster.isDraining() && canTake(id) && cluster.claim(id)) {
      take(id);
      return Optional.empty();
    }
    return cluster.owner(id).filter(node -> !node.id().equals(cluster.id()));
  }

  /**
   * The node where a session that isn't running should start. If it is another node, the session is
   * released for it.
   */
  Optional<Node> place(SessionId id) {
    Optional<Session> session = Optional.ofNullable(known.get(id));
    if (session.isEmpty() || session.get().isBusy() || !isMovable(session.get())) {
      return Optional.empty();
    }
    Optional<Node> best = roomier();
    best.ifPresent(node -> session.get().handOver(() -> cluster.release(List.of(id))));
    return best;
  }

  /** The node where a new session should be created; empty for this one. */
  Optional<Node> placeNew() {
    return canStart() ? Optional.empty() : roomier();
  }

  /** The node with the most capacity; empty if none has more than this one. */
  private Optional<Node> roomier() {
    var measured =
        new NodeCapacity(
            streams.active(),
            streams.freePlaces(),
            handover.room().freeShare(),
            handover.room().busy());
    NodeCapacity here = canStart() ? measured : measured.full();
    return cluster.nodes().stream()
        .filter(node -> !node.id().equals(cluster.id()) && node.takesMore())
        .max(Comparator.comparing(Node::room))
        .filter(node -> node.room().compareTo(here) > 0);
  }

  private boolean canStart() {
    return !cluster.isDraining() && streams.freePlaces() > 0;
  }

  /** Reloads a session that another node may have changed. */
  void refresh(Session session) {
    if (!session.isOwned()) {
      refresh(Set.of(session.id()));
    }
  }

  /** Whether a session runs on any node. */
  boolean isBusy(Session session) {
    return session.isOwned()
        ? session.isBusy()
        : session.view().status().isRunning() || session.log().hasBeside();
  }

  /** Takes no new sessions until {@link #stopDraining}. */
  void beginDraining() {
    cluster.drain(true);
  }

  /** Moves the sessions of this node to others, one at a time, as long as it is draining. */
  synchronized void handOver() {
    Deadline end = Deadline.after(MAX_DRAIN_TIME);
    Deadline started = Deadline.after(MAX_START_TIME);
    List<Session> owned = known.values().stream().filter(Session::isOwned).toList();
    for (Session session : owned) {
      boolean taken = awaitRoom(started);
      if (!cluster.isDraining()) {
        LOG.info("Draining was cancelled. The other sessions stay on this node.");
        return;
      }
      if (end.hasPassed()) {
        LOG.warn("Some sessions were not handed over in time. They move when this node stops.");
        return;
      }
      boolean runs = session.isBusy();
      boolean wait = runs && session.canResume();
      if (taken && (!runs || isMovable(session))) {
        session.handOver(() -> cluster.release(List.of(session.id())));
        if (wait) {
          awaitOwner(session.id());
        }
      }
    }
  }

  /** Takes new sessions again. */
  void stopDraining() {
    cluster.drain(false);
  }

  @Override
  public void refresh(Set<SessionId> ids) {
    Set<SessionId> here = new HashSet<>(ids);
    here.retainAll(known.keySet());
    if (here.isEmpty()) {
      return;
    }
    Map<SessionId, StoredSession> found = store.observed(here);
    for (SessionId id : here) {
      Session session = known.get(id);
      StoredSession observed = found.get(id);
      if (session != null && observed == null) {
        if (known.remove(id, session)) {
          session.retireHere();
        }
      } else if (session != null && observed != null) {
        session.follow(observed.row(), observed.tally(), observed.lookback());
      }
    }
  }

  @Override
  public void refreshAwaited() {
    refresh(
        known.values().stream()
            .filter(session -> !session.isOwned() && session.log().isAwaited())
            .map(Session::id)
            .collect(Collectors.toSet()));
  }

  /** A session with an uploaded video can be taken only where its file is available. */
  @Override
  public boolean canTake(SessionId id) {
    return store
        .find(id)
        .filter(
            row ->
                row.source() != SourceKind.UPLOAD
                    || row.videoDeletedAt().isPresent()
                    || folder.mayHaveVideo(id))
        .isPresent();
  }

  @Override
  public void take(SessionId id) {
    Optional<Session> session = sessions.find(id);
    Optional<SessionRow> row = store.find(id);
    if (session.isEmpty() || row.isEmpty()) {
      return;
    }
    session.get().own(row.get());
    takenAt.put(id, Stopwatch.start());
    sessions.lookbacks().markInterrupted(session.get());
    if (row.get().status().isRunning()) {
      resumption.takeOver(session.get(), row.get().crashes(), cluster.address());
    }
  }

  @Override
  public void relinquishAll() {
    List<Session> owned = known.values().stream().filter(Session::isOwned).toList();
    owned.forEach(session -> session.log().abandon());
    // In parallel, because each run may have to wait for something before it ends.
    var ending = Executors.newVirtualThreadPerTaskExecutor();
    owned.forEach(session -> ending.execute(session::relinquish));
    ending.shutdown();
    try {
      if (!ending.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("Some runs of this node did not stop in time. They can no longer store anything.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    takenAt.clear();
  }

  @Override
  public void refresh(Cluster.Topic topic) {
    switch (topic) {
      case WATCHES -> sessions.watches().reload();
      case NOTICES -> sessions.notices().reload();
      case ALL -> {
        sessions.watches().reload();
        sessions.notices().reload();
      }
    }
  }

  @Override
  public NodeCapacity room() {
    return load.measure(streams.active(), streams.freePlaces());
  }

  @Override
  public void tick() {
    releaseStrays();
    sessions.spending().releaseUnused();
    List<SessionId> harmless =
        takenAt.entrySet().stream()
            .filter(taken -> taken.getValue().exceeds(HARMLESS))
            .map(Map.Entry::getKey)
            .toList();
    for (SessionId id : harmless) {
      takenAt.remove(id);
      store.forgetCrashes(id);
    }
  }

  @Override
  public void close() {
    handover.close();
  }

  /** Releases sessions that this node owns but doesn't work on, so that they are claimed again. */
  private void releaseStrays() {
    Set<SessionId> found =
        cluster.owned().stream()
            .filter(id -> !handover.isTaking(id))
            .filter(id -> !Optional.ofNullable(known.get(id)).filter(Session::isOwned).isPresent())
            .collect(Collectors.toSet());
    // Only those found twice in a row, because a session may just be loading.
    strays.retainAll(found);
    cluster.release(strays);
    found.removeAll(strays);
    strays.clear();
    strays.addAll(found);
  }

  private boolean isMovable(Session session) {
    return session.file().isEmpty() || folder.isShared();
  }

  /** Waits until another node reports capacity, which nodes do once they have started. */
  private boolean awaitRoom(Deadline end) {
    try {
      while (cluster.isDraining()) {
        List<Node> others =
            cluster.nodes().stream()
                .filter(node -> !node.id().equals(cluster.id()) && node.isAlive())
                .filter(node -> !node.draining())
                .toList();
        if (others.stream().anyMatch(Node::takesMore)) {
          return true;
        }
        if (others.isEmpty() || end.hasPassed()) {
          return false;
        }
        WallClock.system().sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void awaitOwner(SessionId id) {
    Deadline end = Deadline.after(TIMEOUT);
    try {
      while (cluster.owner(id).isEmpty() && !end.hasPassed()) {
        WallClock.system().sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RefusedException e) {
      LOG.debug("can't tell whether another node took over session {}: {}", id, e.getMessage());
    }
  }
}
