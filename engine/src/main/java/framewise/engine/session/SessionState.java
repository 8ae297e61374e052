package framewise.engine.session;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.money.BudgetAccount;
import framewise.engine.money.SpendingTotal;
import framewise.engine.result.Event;
import framewise.engine.result.ResultLog;
import framewise.engine.session.store.SessionRow;
import framewise.engine.session.store.SessionUpdates;
import framewise.engine.session.video.Lifecycle;
import framewise.engine.session.video.Phase;
import framewise.engine.session.view.Counters;
import framewise.engine.session.view.SessionView;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Reception;
import framewise.media.VideoInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a session: stores each change together with the event that reports it. Safe for any
 * number of threads; no call takes longer than a write to the database.
 */
final class SessionState {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final SessionRow created;
  private final ResultLog log;
  private final StatusNotices notices;
  private Optional<String> name;
  private Optional<VideoInfo> video;
  private Phase phase;
  private Optional<String> reason;
  private Optional<StreamSettings> settings;
  private long dropped;
  private long unchanged;
  private SpendingTotal spent;
  private final BudgetAccount purse = new BudgetAccount(this::dollars);
  private Optional<Event.Ended> unstored = Optional.empty();

  /**
   * A move to this node that is reported with the next first picture, once the sender has
   * reconnected.
   */
  private Optional<NodeMove> move = Optional.empty();

  private record NodeMove(String node, Instant since) {}

  SessionState(SessionRow row, ResultLog log, StatusNotices notices) {
    this.created = row;
    this.log = log;
    this.notices = notices;
    this.name = row.name();
    this.video = row.video();
    this.phase = Phase.of(row.status(), row.settings().isPresent());
    this.reason = row.reason();
    this.settings = row.settings();
    this.dropped = row.dropped();
    this.unchanged = row.unchanged();
    this.spent = row.spent();
  }

  /** Updates this object with what another node has stored. */
  synchronized void follow(SessionRow row) {
    name = row.name();
    video = row.video();
    phase = Phase.of(row.status(), row.settings().isPresent());
    reason = row.reason();
    settings = row.settings();
    dropped = row.dropped();
    unchanged = row.unchanged();
    spent = row.spent();
    unstored = Optional.empty();
    move = Optional.empty();
  }

  /** Reports that this node continues a run of another node. */
  synchronized void resumedOn(String node, Instant now) {
    resumedOn(node, log.newestAt(), now);
  }

  private void resumedOn(String node, Instant since, Instant now) {
    Duration gap = Duration.between(since, now);
    log.append(new Event.ResumedOn(node, gap.isNegative() ? Duration.ZERO : gap));
  }

  /**
   * Like {@link #resumedOn}, but reports once the sender has reconnected, because the gap lasts
   * until then.
   */
  synchronized void resumesOn(String node) {
    move = Optional.of(new NodeMove(node, log.newestAt()));
  }

  synchronized SessionView view(Optional<Reception> reception, long memoryBytes) {
    return new SessionView(
        created.id(),
        created.source(),
        created.filename(),
        name,
        created.url(),
        reception,
        created.fileSize(),
        video,
        created.createdAt(),
        created.importedAt(),
        phase.status(),
        reason,
        settings,
        new Counters(log.counts().results(), log.counts().failed(), dropped, unchanged, spent),
        memoryBytes,
        log.lastSeq(),
        log.newest());
  }

  /** The settings of its present or last run; empty before the first. */
  synchronized Optional<StreamSettings> settings() {
    return settings;
  }

  /** Properties of its video; empty before the first picture of live video. */
  synchronized Optional<VideoInfo> video() {
    return video;
  }

  synchronized Phase phase() {
    return phase;
  }

  synchronized Status status() {
    return phase.status();
  }

  /** Account of all runs: US dollars spent, and reserved for requests in flight. */
  BudgetAccount purse() {
    return purse;
  }

  private synchronized BigDecimal dollars() {
    return spent.dollars();
  }

  /** Whether it has a budget. */
  synchronized boolean hasBudget() {
    return settings.flatMap(StreamSettings::budget).isPresent();
  }

  /** Starts a run, by one of the events that start or resume a session. */
  synchronized void started(
      StreamSettings with, Lifecycle.LifecycleEvent start, Optional<String> detail) {
    Phase next =
        Lifecycle.next(phase, start)
            .orElseThrow(() -> new IllegalStateException(phase + " does not " + start));
    Status now = next.status();
    log.append(
        new Event.StatusChanged(now, detail),
        handle -> {
          SessionUpdates.updateSettings(handle, id(), with);
          SessionUpdates.updateStatus(handle, id(), now, Optional.empty());
          notices.add(handle, id(), now, detail);
          if (detail.isEmpty()) { // started by a person or a sender, rather than resumed
            SessionUpdates.forgetCrashes(handle, id());
          }
        });
    phase = next;
    reason = Optional.empty();
    settings = Optional.of(with);
    SessionLog.started(created, with);
  }

  /**
   * Records the first picture of a live video.
   *
   * @param at now
   */
  synchronized void began(VideoInfo seen, Instant at) {
    Optional<Phase> next = Lifecycle.next(phase, Lifecycle.LifecycleEvent.FIRST_PICTURE);
    if (next.isEmpty()) {
      return; // from a run that is over
    }
    video = Optional.of(seen);
    phase = next.get();
    Status now = phase.status();
    move.ifPresent(moved -> resumedOn(moved.node(), moved.since(), at));
    move = Optional.empty();
    log.append(
        new Event.StatusChanged(now, Optional.empty()),
        handle -> {
          SessionUpdates.updateVideo(handle, id(), seen);
          SessionUpdates.updateStatus(handle, id(), now, Optional.empty());
          notices.add(handle, id(), now, Optional.empty());
        });
    SessionLog.began(created, seen);
  }

  /**
   * Changes the display name.
   *
   * @param given empty to return to the filename
   */
  synchronized void rename(Optional<String> given) {
    log.store(handle -> SessionUpdates.updateName(handle, id(), given));
    name = given;
  }

  /** Records that the pictures have another size, as happens in video calls. */
  synchronized void resized(VideoInfo seen) {
    video = Optional.of(seen);
    log.store(handle -> SessionUpdates.updateVideo(handle, id(), seen));
  }

  /** Replaces the settings from the next clip on; each event reports a part of the change. */
  synchronized void changed(StreamSettings with, List<Event> events) {
    events.forEach(
        event -> log.append(event, handle -> SessionUpdates.updateSettings(handle, id(), with)));
    settings = Optional.of(with);
  }

  /**
   * Stores and counts the result of a clip.
   *
   * @param together stored in the same transaction
   * @return the result's number
   */
  synchronized long result(Event.Result result, SpendingTotal cost, Consumer<Handle> together) {
    spent = spent.plus(cost);
    return log.append(
        result,
        handle -> {
          if (!cost.equals(SpendingTotal.NOTHING)) {
            SessionUpdates.addSpent(handle, id(), cost);
            together.accept(handle);
          }
        });
  }

  /**
   * Stores and counts a result of a look-back.
   *
   * @param run number of the look-back
   * @return the result's number
   */
  synchronized long resultBeside(
      int run, Event.Result result, SpendingTotal cost, Consumer<Handle> together) {
    spent = spent.plus(cost);
    return log.appendBeside(
        run,
        result,
        handle -> {
          if (!cost.equals(SpendingTotal.NOTHING)) {
            SessionUpdates.addSpent(handle, id(), cost);
          }
          together.accept(handle);
        });
  }

  /**
   * Counts dropped clips.
   *
   * @param report text about these and earlier drops; empty to count them without a report
   */
  synchronized void dropped(long clips, Optional<Event.StatusChanged> report) {
    dropped += clips;
    Consumer<Handle> counted = handle -> SessionUpdates.addDropped(handle, id(), clips);
    if (report.isPresent()) {
      log.append(report.get(), counted);
    } else {
      log.store(counted);
    }
  }

  synchronized void unchanged(long clips, Event.Unchanged report) {
    unchanged += clips;
    log.append(report, handle -> SessionUpdates.addUnchanged(handle, id(), clips));
  }

  synchronized void noticed(String sentence) {
    log.append(new Event.StatusChanged(phase.status(), Optional.of(sentence)));
    SessionLog.noticed(id(), sentence);
  }

  /** Ends the run, by one of the events that do so; ignored when it has ended already. */
  synchronized void end(Lifecycle.LifecycleEvent how, String why) {
    Optional<Phase> next = Lifecycle.next(phase, how);
    if (next.isEmpty()) {
      return;
    }
    phase = next.get();
    Status last = phase.status();
    reason = Optional.of(why);
    unstored = Optional.of(new Event.Ended(last, why));
    SessionLog.ended(id(), last, why);
    try {
      storePendingEnd();
    } catch (RefusedException e) {
      if (!e.refusal().isStorage()) {
        throw e;
      }
      LOG.warn(
          "session {} is {}; failed to store that, trying again later: {}",
          id(),
          last,
          e.getMessage());
    }
  }

  /**
   * Stores the end of a run, if there is one that couldn't be stored in time.
   *
   * @throws RefusedException when it still can't be
   */
  synchronized void storePendingEnd() {
    if (unstored.isEmpty()) {
      return;
    }
    Event.Ended end = unstored.get();
    Optional<String> why = Optional.of(end.reason());
    log.conclude(
        List.of(new Event.StatusChanged(end.status(), why), end),
        handle -> {
          SessionUpdates.updateStatus(handle, id(), end.status(), why);
          notices.add(handle, id(), end.status(), why);
        });
    unstored = Optional.empty();
  }

  /** Whether the end of its last run is not stored yet. */
  synchronized boolean isUnsettled() {
    return unstored.isPresent();
  }

  SessionId id() {
    return created.id();
  }
}
