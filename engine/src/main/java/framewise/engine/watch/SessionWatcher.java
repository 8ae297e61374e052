package framewise.engine.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import framewise.engine.incident.EndReason;
import framewise.engine.incident.Incident;
import framewise.engine.incident.IncidentJson;
import framewise.engine.incident.Moment;
import framewise.engine.notice.NewNotice;
import framewise.engine.result.Event;
import framewise.engine.result.FollowUp;
import framewise.engine.result.Follower;
import framewise.media.MediaTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests the answers of one session for all watches on it. Events, incidents, notices and the state
 * of the watches are stored in the answer's transaction. Called with the session's log locked.
 */
final class SessionWatcher implements Follower {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWatcher.class);

  private final SessionId session;
  private final Watches watches;
  private final WatchStore store;

  /** Stored state of the watches; loaded with the first answer. */
  private Optional<Map<String, Tracking>> remembered = Optional.empty();

  /** Whether the owner of a watch may see the session; cached during one event. */
  private final Map<String, Boolean> permitted = new HashMap<>();

  SessionWatcher(SessionId session, Watches watches, WatchStore store) {
    this.session = session;
    this.watches = watches;
    this.store = store;
  }

  @Override
  public FollowUp after(long seq, int run, Instant at, Event event) {
    if (watches.of(session).isEmpty()) {
      return FollowUp.NOTHING; // fast path for the usual case
    }
    permitted.clear();
    try {
      return switch (event) {
        case Event.Result result -> tested(seq, run, at, result);
        case Event.Unchanged unchanged -> repeated(run, at, unchanged);
        case Event.Ended _ ->
            steps(
                Optional.empty(),
                (watch, before) ->
                    Optional.of(
                        IncidentTracker.end(
                            before, moment(before, seq, run, at), EndReason.SESSION_ENDED)));
        default -> FollowUp.NOTHING;
      };
    } catch (RuntimeException e) {
      // A failing watch must not prevent the answer from being stored.
      LOG.error("session {}: checking its watches failed", session, e);
      return FollowUp.NOTHING;
    }
  }

  /** Discards the cached state, which is reloaded with the next answer. */
  void reread() {
    remembered = Optional.empty();
  }

  /** Ends the open incident of a watch. */
  FollowUp end(Watch watch, long seq, int run, EndReason why) {
    Tracking before = tracking(watch);
    if (before.equals(Tracking.START)) {
      return FollowUp.NOTHING;
    }
    return new Batch(Optional.empty())
        .add(
            watch,
            before,
            IncidentTracker.end(before, moment(before, seq, run, watches.clock().now()), why))
        .followUp();
  }

  /** Changes the acknowledgement or second opinion of an incident. */
  FollowUp amend(String id, UnaryOperator<Incident> asked) {
    UnaryOperator<Incident> change =
        incident -> asked.apply(incident).reportedAt(watches.clock().now());
    for (Map.Entry<String, Tracking> each : remembered().entrySet()) {
      Tracking before = each.getValue();
      Optional<Incident> open = before.open().filter(one -> one.id().equals(id)).map(change);
      Optional<Incident> last = before.last().filter(one -> one.id().equals(id)).map(change);
      if (open.isPresent() || last.isPresent()) {
        Tracking after = before.with(open.or(before::open), last.or(before::last));
        return new Batch(Optional.empty())
            .amended(open.or(() -> last).get(), () -> each.setValue(after))
            .followUp();
      }
    }
    return watches
        .incidents()
        .find(id)
        .map(change)
        .map(incident -> new Batch(Optional.empty()).amended(incident, () -> {}).followUp())
        .orElse(FollowUp.NOTHING);
  }

  private FollowUp tested(long seq, int run, Instant at, Event.Result result) {
    var moment = Judgement.moment(seq, run, at, result);
    var fields = AnswerFields.of(result);
    return steps(
        fields.shown(),
        (watch, before) ->
            mayLook(watch)
                ? Judgement.of(watch, result, fields)
                    .map(
                        judged -> {
                          watches.newest().put(watch.id(), newest(watch, at, fields));
                          return step(watch, before, judged.verdict(), moment, judged.clearness());
                        })
                : before
                    .open()
                    .map(open -> IncidentTracker.end(before, moment, EndReason.WATCH_ENDED)));
  }

  private boolean mayLook(Watch watch) {
    return permitted.computeIfAbsent(watch.owner(), owner -> watches.mayLook(watch, session));
  }

  private NewestAnswers.SessionAnswer newest(Watch watch, Instant at, AnswerFields fields) {
    Set<String> read =
        watch.when() instanceof Condition.Fields(var expression, var _)
            ? expression.fields()
            : Set.of();
    return new NewestAnswers.SessionAnswer(
        session, at, fields.shown(), fields.simple(read, NewestAnswers.MAX_FIELDS));
  }

  /**
   * Handles clips that were skipped because they look the same: the previous answer still applies.
   */
  private FollowUp repeated(int run, Instant at, Event.Unchanged unchanged) {
    return steps(
        Optional.empty(),
        (watch, before) ->
            before
                .newest()
                .filter(newest -> mayLook(watch))
                .filter(newest -> newest.seq() == unchanged.sinceSeq() && newest.run() == run)
                .map(
                    newest ->
                        step(
                            watch,
                            before,
                            before.newestVerdict(),
                            later(newest, unchanged.until(), at),
                            0)));
  }

  /**
   * A later moment, by the video's clock, because the wall clock may be set, and files may be
   * played fast.
   */
  static Moment later(Moment newest, MediaTime until, Instant at) {
    long forward = Math.max(0, until.micros() - newest.time().micros());
    return new Moment(
        newest.seq(),
        newest.run(),
        newest.time().plus(new MediaTime(forward)),
        at,
        newest.seenAt().plus(forward, ChronoUnit.MICROS));
  }

  private IncidentTracker.Step step(
      Watch watch, Tracking before, Verdict verdict, Moment moment, double clearness) {
    if (!watch.isOn(moment.at())) {
      return IncidentTracker.end(before, moment, EndReason.WATCH_ENDED);
    }
    var tracker =
        new IncidentTracker(
            watch.rules(),
            (first, opening, peak, count, continues) ->
                incident(watch, first, opening, peak, count, continues));
    return tracker.verdict(before, verdict, moment, clearness, watches.mayOpen(watch, moment.at()));
  }

  private Incident incident(
      Watch watch,
      Moment first,
      Moment opening,
      Hysteresis.Peak peak,
      long count,
      Optional<String> continues) {
    return Incident.opened(
        UUID.randomUUID().toString(),
        watch.id(),
        watch.name(),
        session,
        first,
        opening,
        peak.moment(),
        peak.clearness(),
        count,
        continues,
        watch.deliverTo());
  }

  /**
   * @param answer text of the answer, for notices
   */
  private FollowUp steps(
      Optional<String> answer,
      BiFunction<Watch, Tracking, Optional<IncidentTracker.Step>> stepper) {
    var batch = new Batch(answer);
    for (Watch watch : watches.of(session)) {
      Tracking before = tracking(watch);
      stepper.apply(watch, before).ifPresent(step -> batch.add(watch, before, step));
    }
    return batch.followUp();
  }

  private Tracking tracking(Watch watch) {
    return remembered().getOrDefault(watch.id(), Tracking.START);
  }

  private Map<String, Tracking> remembered() {
    if (remembered.isEmpty()) {
      remembered = Optional.of(new HashMap<>(store.trackings(session)));
    }
    return remembered.get();
  }

  private static Moment moment(Tracking before, long seq, int run, Instant at) {
    MediaTime time =
        before.newest().filter(one -> one.run() == run).map(Moment::time).orElse(MediaTime.ZERO);
    return new Moment(seq, run, time, at, at);
  }

  /** Collects the effects of one event on all watches. */
  private final class Batch {
    private final Optional<String> answer;
    private final List<FollowUp.Addition> additions = new ArrayList<>();
    private final List<Consumer<Handle>> changes = new ArrayList<>();
    private final List<Runnable> stored = new ArrayList<>();
    private final List<Runnable> lost = new ArrayList<>();

    Batch(Optional<String> answer) {
      this.answer = answer;
    }

    Batch add(Watch watch, Tracking before, IncidentTracker.Step step) {
      Tracking after = step.after();
      boolean worthless = isBlank(before) && isBlank(after) && step.changes().isEmpty();
      if (!worthless) {
        changes.add(handle -> store.put(handle, watch.id(), session, after));
      }
      stored.add(() -> remembered().put(watch.id(), after));
      step.changes().forEach(this::add);
      // An incident that merely continues is stored without an event.
      after
          .open()
          .filter(
              open -> step.changes().stream().noneMatch(change -> change.incident().equals(open)))
          .ifPresent(
              open -> {
                changes.add(handle -> watches.incidents().put(handle, open));
                boolean newPeak =
                    before.open().filter(one -> one.peak().equals(open.peak())).isEmpty();
                if (newPeak) {
                  stored.add(() -> watches.changed(open));
                }
              });
      if (step.opened() > 0) {
        watches.triggered(watch.id(), step.opened());
        lost.add(() -> watches.triggered(watch.id(), -step.opened()));
        changes.add(handle -> store.addTriggers(handle, watch.id(), step.opened()));
      }
      return this;
    }

    private void add(IncidentTracker.Change change) {
      ObjectNode json = IncidentJson.write(change.incident());
      additions.add(
          new FollowUp.Addition(
              new Event.IncidentChanged(change.kind().type(), json),
              (handle, seq) -> put(handle, seq, change)));
      stored.add(() -> watches.changed(change.incident()));
    }

    Batch amended(Incident incident, Runnable remember) {
      add(new IncidentTracker.Change(IncidentTracker.Kind.UPDATED, incident));
      stored.add(remember);
      return this;
    }

    FollowUp followUp() {
      return new FollowUp(
          additions,
          handle -> changes.forEach(change -> change.accept(handle)),
          () -> stored.forEach(Runnable::run),
          () -> lost.forEach(Runnable::run));
    }

    private void put(Handle handle, long seq, IncidentTracker.Change change) {
      Incident incident = change.incident();
      watches.incidents().put(handle, incident);
      if (change.kind() == IncidentTracker.Kind.UPDATED && !incident.isOpen()) {
        return; // later changes to an ended incident need no notice
      }
      ObjectNode data = IncidentJson.write(incident).put("seq", seq);
      answer.ifPresent(text -> data.put("answer", text));
      long _ =
          watches
              .notices()
              .add(
                  handle,
                  new NewNotice(
                      change.kind().type(),
                      incident.reported(),
                      Optional.of(session),
                      incident.id(),
                      data.toString(),
                      incident.deliverTo()));
    }

    private boolean isBlank(Tracking tracking) {
      return tracking.open().isEmpty()
          && tracking.last().isEmpty()
          && tracking.hysteresis().isBlank();
    }
  }
}
