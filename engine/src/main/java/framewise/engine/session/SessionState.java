package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.money.Spent;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.result.Event;
import framewise.engine.result.ResultLog;
import framewise.engine.source.Reception;
import framewise.media.VideoInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * What is told about a session: each change is stored together with the event that tells of it.
 * Safe for any number of threads; nothing here takes longer than a write to the database.
 */
final class SessionState {
  private final SessionRow created;
  private final ResultLog log;
  private Optional<VideoInfo> video;
  private Status status;
  private Optional<String> reason;
  private Optional<StreamSettings> settings;
  private long dropped;
  private long unchanged;
  private Spent spent;

  SessionState(SessionRow row, ResultLog log) {
    this.created = row;
    this.log = log;
    this.video = row.video();
    this.status = row.status();
    this.reason = row.reason();
    this.settings = row.settings();
    this.dropped = row.dropped();
    this.unchanged = row.unchanged();
    this.spent = row.spent();
  }

  synchronized SessionView view(Optional<Reception> reception) {
    return new SessionView(
        created.id(),
        created.source(),
        created.filename(),
        created.url(),
        reception,
        created.fileSize(),
        video,
        created.createdAt(),
        status,
        reason,
        settings,
        new Counters(log.counts().results(), log.counts().failed(), dropped, unchanged, spent),
        log.lastSeq());
  }

  synchronized Status status() {
    return status;
  }

  /** US dollars, over all runs. */
  synchronized BigDecimal dollars() {
    return spent.dollars();
  }

  /** Whether there is a limit to what it may cost. */
  synchronized boolean hasBudget() {
    return settings.flatMap(StreamSettings::budget).isPresent();
  }

  /** A run begins. */
  synchronized void started(StreamSettings with, Status now, Optional<String> detail) {
    status = now;
    reason = Optional.empty();
    settings = Optional.of(with);
    log.append(
        new Event.StatusChanged(now, detail),
        handle -> {
          SessionStore.updateSettings(handle, id(), with);
          SessionStore.updateStatus(handle, id(), now, Optional.empty());
        });
  }

  /** The first picture of a live video is here. */
  synchronized void began(VideoInfo seen) {
    video = Optional.of(seen);
    status = Status.STREAMING;
    log.append(
        new Event.StatusChanged(Status.STREAMING, Optional.empty()),
        handle -> {
          SessionStore.updateVideo(handle, id(), seen);
          SessionStore.updateStatus(handle, id(), Status.STREAMING, Optional.empty());
        });
  }

  /** From the next clip on, these hold; each event tells of a part of it. */
  synchronized void changed(StreamSettings with, List<Event> events) {
    settings = Optional.of(with);
    events.forEach(
        event -> log.append(event, handle -> SessionStore.updateSettings(handle, id(), with)));
  }

  /**
   * A clip was asked about.
   *
   * @param together stored with it
   * @return the result's number
   */
  synchronized long result(Event.Result result, Spent cost, Consumer<Handle> together) {
    spent = spent.plus(cost);
    return log.append(
        result,
        handle -> {
          if (!cost.equals(Spent.NOTHING)) {
            SessionStore.addSpent(handle, id(), cost);
            together.accept(handle);
          }
        });
  }

  /**
   * Clips were never asked about.
   *
   * @param report of these and others; empty where they are only counted
   */
  synchronized void dropped(long clips, Optional<Event.StatusChanged> report) {
    dropped += clips;
    Consumer<Handle> counted = handle -> SessionStore.addDropped(handle, id(), clips);
    if (report.isPresent()) {
      log.append(report.get(), counted);
    } else {
      log.store(counted);
    }
  }

  synchronized void unchanged(long clips, Event.Unchanged report) {
    unchanged += clips;
    log.append(report, handle -> SessionStore.addUnchanged(handle, id(), clips));
  }

  synchronized void noticed(String sentence) {
    log.append(new Event.StatusChanged(status, Optional.of(sentence)));
  }

  /** The run is over. */
  synchronized void concluded(Status last, String why) {
    status = last;
    reason = Optional.of(why);
    log.append(
        new Event.StatusChanged(last, Optional.of(why)),
        handle -> SessionStore.updateStatus(handle, id(), last, Optional.of(why)));
    log.append(new Event.Ended(last, why));
  }

  SessionId id() {
    return created.id();
  }
}
