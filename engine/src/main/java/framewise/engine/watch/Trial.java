package framewise.engine.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.incident.EndReason;
import framewise.engine.incident.Incident;
import framewise.engine.incident.Moment;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.ResultLog;
import framewise.media.MediaTime;
import framewise.time.Deadline;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tests a watch against past answers, to show which incidents it would have opened. Stores nothing.
 * Used by one thread.
 */
public final class Trial {
  /** Maximum number of events that are read of a session. */
  public static final int MAX_EVENTS = 50_000;

  /** Maximum time that a trial of a session takes. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(15);

  private static final int PAGE = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Watch watch;
  private final SessionId session;
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private Tracking tracking = Tracking.START;
  private long yes;
  private long no;
  private long unknown;
  private boolean whole = true;

  /**
   * What a trial found.
   *
   * @param incidents in the order in which they would have opened
   * @param yes number of answers that meet the condition
   * @param unknown number of unknown answers
   * @param whole false if the trial did not read all events, because of its limit on number or time
   */
  public record Outcome(List<Incident> incidents, long yes, long no, long unknown, boolean whole) {
    public Outcome {
      incidents = List.copyOf(incidents);
    }
  }

  private Trial(Watch watch, SessionId session) {
    this.watch = watch;
    this.session = session;
  }

  /** Tests the answers of a session in a span of time. */
  public static Outcome of(
      Watch watch, SessionId session, ResultLog log, Optional<Instant> from, Optional<Instant> to) {
    var trial = new Trial(watch, session);
    trial.read(log, from, to);
    return new Outcome(
        new ArrayList<>(trial.incidents.values()), trial.yes, trial.no, trial.unknown, trial.whole);
  }

  private void read(ResultLog log, Optional<Instant> from, Optional<Instant> to) {
    long since = Math.max(0, log.lastSeq() - MAX_EVENTS);
    whole = since == 0;
    Deadline end = Deadline.after(TIME_LIMIT);
    List<LoggedEvent> page = log.after(since, PAGE);
    while (!page.isEmpty()) {
      for (LoggedEvent event : page) {
        if (end.hasPassed()) {
          whole = false;
          return;
        }
        take(event, from, to);
      }
      page = log.after(page.getLast().seq(), PAGE);
    }
  }

  private void take(LoggedEvent event, Optional<Instant> from, Optional<Instant> to) {
    try {
      JsonNode json = JSON.readTree(event.json());
      Instant at = Instant.parse(json.path("at").asText());
      if (from.filter(at::isBefore).isPresent()
          || to.filter(end -> !at.isBefore(end)).isPresent()) {
        return;
      }
      switch (event.type()) {
        case "result" -> answer(event, json);
        case "unchanged" -> repeated(event, json, at);
        case "end" -> {
          Optional<Moment> newest = tracking.newest();
          newest.ifPresent(
              moment -> step(IncidentTracker.end(tracking, moment, EndReason.SESSION_ENDED)));
        }
        default -> {}
      }
    } catch (JsonProcessingException | DateTimeException damaged) {
      // A damaged event is skipped.
    }
  }

  private void answer(LoggedEvent event, JsonNode json) {
    Optional<String> question = Optional.ofNullable(json.get("name")).map(JsonNode::asText);
    Optional<Judgement> judged =
        Judgement.of(watch, question, json.path("prompt").asText(), AnswerFields.of(json));
    if (judged.isEmpty()) {
      return;
    }
    switch (judged.get().verdict()) {
      case YES -> yes++;
      case NO -> no++;
      case UNKNOWN -> unknown++;
    }
    step(
        Judgement.moment(event.seq(), event.run(), json),
        judged.get().verdict(),
        judged.get().clearness());
  }

  /** Handles skipped clips, for which the previous answer still applied. */
  private void repeated(LoggedEvent event, JsonNode json, Instant at) {
    long since = json.path("since_seq").asLong();
    tracking
        .newest()
        .filter(newest -> newest.seq() == since && newest.run() == event.run())
        .ifPresent(
            newest -> {
              var until = MediaTime.ofSeconds(json.path("until_seconds").asDouble());
              step(SessionWatcher.later(newest, until, at), tracking.newestVerdict(), 0);
            });
  }

  private void step(Moment moment, Verdict verdict, double clearness) {
    boolean quiet =
        watch.rules().quietHours().filter(hours -> hours.contains(moment.at())).isPresent();
    boolean many =
        watch.rules().maxTriggers().isPresent()
            && incidents.size() >= watch.rules().maxTriggers().getAsInt();
    var tracker = new IncidentTracker(watch.rules(), this::incident);
    step(tracker.verdict(tracking, verdict, moment, clearness, !quiet && !many));
  }

  private void step(IncidentTracker.Step step) {
    tracking = step.after();
    step.changes().forEach(change -> incidents.put(change.incident().id(), change.incident()));
    tracking.open().ifPresent(open -> incidents.put(open.id(), open));
  }

  private Incident incident(
      Moment first, Moment opening, Hysteresis.Peak peak, long count, Optional<String> continues) {
    return Incident.opened(
        "trial-" + (incidents.size() + 1),
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
}
