package framewise.engine.watch;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SessionId;
import framewise.engine.incident.Incident;
import framewise.engine.incident.IncidentFilter;
import framewise.engine.incident.IncidentStore;
import framewise.engine.notice.Notices;
import framewise.engine.result.Follower;
import framewise.engine.result.ResultLog;
import framewise.engine.store.Database;
import framewise.time.WallClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All watches: creates, finds, changes and deletes them. Safe for any number of threads. */
public final class Watches {
  /** Maximum number of watches. */
  public static final int MAX_COUNT = 500;

  /** Maximum number of watches of one account or key without the role of administrator. */
  public static final int MAX_PER_OWNER = MAX_COUNT / 4;

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final WatchStore store;
  private final IncidentStore incidents;
  private final Notices notices;
  private final WallClock clock;
  private final SessionWatchers watchers;
  private final Map<String, AtomicLong> triggers = new ConcurrentHashMap<>();
  private final NewestAnswers newest = new NewestAnswers();

  /** Immutable list; replaced as a whole, by one thread at a time. */
  private volatile List<Watch> watches;

  private volatile Consumer<Incident> listener = incident -> {};
  private volatile BiPredicate<String, SessionId> permission = (owner, session) -> true;

  /** Updates the schema and loads the watches. */
  public Watches(Database database, Notices notices, WallClock clock) {
    this.incidents = new IncidentStore(database);
    this.store = new WatchStore(database, incidents);
    this.watchers = new SessionWatchers(this, store);
    this.notices = notices;
    this.clock = clock;
    this.watches = List.copyOf(store.all());
    watches.forEach(watch -> triggers.put(watch.id(), new AtomicLong(watch.triggers())));
  }

  /**
   * Connects the logs of sessions, to which the end of a watch's incidents is written.
   *
   * @param finder finds the log of a session
   */
  public void connect(Function<SessionId, Optional<ResultLog>> finder) {
    watchers.connect(finder);
  }

  /**
   * Adds a listener for incidents that opened, changed or ended. It is called once they are stored,
   * and must be quick.
   */
  public void listen(Consumer<Incident> changed) {
    listener = changed;
  }

  /**
   * Limits watches to the sessions that their owners may see.
   *
   * @param sees whether a subject may see a session now; the subject is empty where no account or
   *     key made the watch
   */
  public void limit(BiPredicate<String, SessionId> sees) {
    permission = sees;
  }

  /** Whether a watch may test a session's answers, because its owner may see the session now. */
  public boolean mayLook(Watch watch, SessionId session) {
    return permission.test(watch.owner(), session);
  }

  /** The incidents of all watches. */
  public IncidentStore incidents() {
    return incidents;
  }

  /** The newest answers that watches tested. */
  public NewestAnswers newest() {
    return newest;
  }

  /** Discards the cached state of a session, because another node may have changed it. */
  public void reread(SessionId session) {
    watchers.of(session).reread();
  }

  /**
   * Reloads the watches, which other nodes may have changed. In the sessions that this node owns,
   * ends incidents of watches that were deleted, are no longer on, no longer cover the session, or
   * have another condition.
   */
  public synchronized void reload() {
    List<Watch> before = watches;
    List<Watch> now = List.copyOf(store.all());
    watches = now;
    for (Watch watch : now) {
      triggers
          .computeIfAbsent(watch.id(), id -> new AtomicLong())
          .accumulateAndGet(watch.triggers(), Math::max);
    }
    for (Watch was : before) {
      Optional<Watch> is = now.stream().filter(one -> one.id().equals(was.id())).findFirst();
      boolean changed =
          is.isEmpty()
              || !is.get().when().toString().equals(was.when().toString())
              || (was.isOn(clock.now()) && !is.get().isOn(clock.now()));
      boolean narrowed = is.isPresent() && !is.get().sessions().equals(was.sessions());
      if (changed || narrowed) {
        watchers.sessions().stream()
            .filter(session -> changed || !is.orElseThrow().covers(session))
            .forEach(session -> watchers.end(session, was));
      }
    }
    triggers.keySet().removeIf(id -> now.stream().noneMatch(watch -> watch.id().equals(id)));
  }

  /** The follower that tests new answers in the log of a session. */
  public Follower follower(SessionId session) {
    return watchers.of(session);
  }

  /**
   * Forgets a deleted session, because another session may get its id. Deletes watches that cover
   * only this session.
   */
  public synchronized void forget(SessionId session) {
    watchers.forget(session);
    newest.forget(session);
    keepSessions(id -> !id.equals(session));
  }

  /** Forgets sessions that no longer exist. */
  public synchronized void forgetMissing() {
    Set<SessionId> present = store.sessions();
    keepSessions(present::contains);
  }

  private void keepSessions(Predicate<SessionId> kept) {
    for (Watch watch : watches) {
      List<SessionId> before = watch.sessions().orElse(List.of());
      List<SessionId> left = before.stream().filter(kept).toList();
      if (left.size() == before.size()) {
        continue;
      }
      if (left.isEmpty()) {
        LOG.info(
            "Watch {} ({}) has no sessions left, because they were deleted",
            watch.name(),
            watch.id());
        delete(watch.id());
      } else {
        Watch after = watch.withSessions(left);
        store.update(after);
        replace(after);
        LOG.info(
            "Watch {} ({}) has {} sessions left, because others were deleted",
            watch.name(),
            watch.id(),
            left.size());
      }
    }
  }

  /** All watches, the oldest first. */
  public List<Watch> all() {
    return watches.stream().map(this::counted).toList();
  }

  /**
   * Finds a watch.
   *
   * @throws framewise.engine.RefusedException when none has this id
   */
  public Watch get(String id) {
    return find(id)
        .orElseThrow(
            () ->
                Refusal.of(Code.WATCH_NOT_FOUND, "There is no watch %s.".formatted(shown(id)))
                    .asException());
  }

  private Optional<Watch> find(String id) {
    return watches.stream().filter(watch -> watch.id().equals(id)).findFirst().map(this::counted);
  }

  /**
   * Stores a new watch.
   *
   * @param most maximum number of watches of its owner
   * @throws framewise.engine.RefusedException when there are too many, or its name is taken
   */
  public synchronized Watch add(Watch watch, int most) {
    if (watches.size() >= MAX_COUNT) {
      throw tooMany(
          "There are %d watches, which is the limit. Delete one first.".formatted(MAX_COUNT));
    }
    if (watches.stream().filter(other -> other.owner().equals(watch.owner())).count() >= most) {
      throw tooMany(
          "You have %d watches, which is the limit of an account or key. Delete one first."
              .formatted(most));
    }
    requireFreeName(watch, other -> true);
    store.put(watch);
    triggers.put(watch.id(), new AtomicLong());
    List<Watch> more = new ArrayList<>(watches);
    more.add(watch);
    watches = List.copyOf(more);
    LOG.info("Watch {} ({}) was created by {}", watch.name(), watch.id(), watch.createdBy());
    return watch;
  }

  /**
   * Changes a watch. Where its condition or its sessions change, or it is switched off, its open
   * incidents end.
   *
   * @param shown watches that the caller may see; their names count as taken
   * @throws framewise.engine.RefusedException when there is none, or its name is taken
   */
  public synchronized Watch change(String id, UnaryOperator<Watch> change, Predicate<Watch> shown) {
    Watch before = get(id);
    Watch after = change.apply(before);
    if (!after.name().equals(before.name())) {
      requireFreeName(after, shown);
    }
    store.put(after);
    replace(after);
    boolean another = !before.when().toString().equals(after.when().toString());
    boolean over = another || !after.isOn(clock.now());
    watchers.sessionsOf(id).stream()
        .filter(session -> over || !after.covers(session))
        .forEach(session -> watchers.end(session, before));
    return counted(after);
  }

  /** Snoozes a watch, so that it opens no incident before a time; empty ends the snooze. */
  public Watch snooze(String id, Optional<Instant> until, String by) {
    return change(
        id,
        watch -> watch.with(until, until.map(time -> by), watch.enabled(), watch.triggers()),
        other -> true);
  }

  /** Removes a deleted endpoint from all watches. */
  public synchronized void undeliver(String endpoint) {
    for (Watch watch : watches) {
      if (watch.deliverTo().filter(ids -> ids.contains(endpoint)).isPresent()) {
        Watch after = watch.withoutEndpoint(endpoint);
        store.put(after);
        replace(after);
      }
    }
  }

  /** Deletes a watch. Its open incidents end; all of its incidents stay listed. */
  public synchronized void delete(String id) {
    Watch watch = get(id);
    watches = watches.stream().filter(one -> !one.id().equals(id)).toList();
    watchers.sessionsOf(id).forEach(session -> watchers.end(session, watch));
    store.delete(id);
    triggers.remove(id);
    newest.forget(id);
    LOG.info("Watch {} ({}) was deleted", watch.name(), id);
  }

  /**
   * Changes the acknowledgement or second opinion of an incident, and reports the change.
   *
   * @throws framewise.engine.RefusedException when there is no such incident
   */
  public Incident amend(String incident, UnaryOperator<Incident> change) {
    watchers.amend(incident(incident).session(), incident, change);
    return incident(incident);
  }

  /** Number of open incidents. */
  public int open() {
    return (int) incidents.count(IncidentFilter.OPEN);
  }

  /** Whether a watch has an open incident. */
  public boolean hasOpen(Watch watch) {
    return incidents.count(IncidentFilter.openOf(watch.id())) > 0;
  }

  /**
   * Finds an incident.
   *
   * @throws framewise.engine.RefusedException when none has this id
   */
  public Incident incident(String id) {
    return incidents
        .find(id)
        .orElseThrow(
            () ->
                Refusal.of(Code.INCIDENT_NOT_FOUND, "There is no incident %s.".formatted(shown(id)))
                    .asException());
  }

  /** Watches that cover a session. */
  List<Watch> of(SessionId session) {
    return watches.stream().filter(watch -> watch.covers(session)).toList();
  }

  /** Whether a watch may open an incident now. */
  boolean mayOpen(Watch watch, Instant now) {
    return counted(watch).state(now) == Watch.State.ARMED;
  }

  /** Counts opened incidents; a negative number undoes that. */
  void triggered(String watch, int opened) {
    AtomicLong count = triggers.get(watch);
    if (count != null) {
      long _ = count.addAndGet(opened);
    }
  }

  Notices notices() {
    return notices;
  }

  WallClock clock() {
    return clock;
  }

  void changed(Incident incident) {
    listener.accept(incident);
  }

  private Watch counted(Watch watch) {
    AtomicLong count = triggers.get(watch.id());
    return count == null
        ? watch
        : watch.with(watch.snoozedUntil(), watch.snoozedBy(), watch.enabled(), count.get());
  }

  private void replace(Watch changed) {
    watches = watches.stream().map(one -> one.id().equals(changed.id()) ? changed : one).toList();
  }

  private static RuntimeException tooMany(String detail) {
    return Refusal.of(Code.TOO_MANY_WATCHES, detail).asException();
  }

  private void requireFreeName(Watch watch, Predicate<Watch> shown) {
    String folded = watch.name().toLowerCase(Locale.ROOT);
    boolean taken =
        watches.stream()
            .anyMatch(
                other ->
                    !other.id().equals(watch.id())
                        && other.owner().equals(watch.owner())
                        && other.name().toLowerCase(Locale.ROOT).equals(folded)
                        && shown.test(other));
    if (taken) {
      throw Refusal.field(
              "name",
              "name is \"%s\" but another watch of yours has this name: choose another"
                  .formatted(watch.name()))
          .asException();
    }
  }

  private static String shown(String id) {
    return id.length() > 64 ? id.substring(0, 64) + "..." : id;
  }
}
