package framewise.engine.incident;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A span during which the condition of a watch held in a session. Immutable.
 *
 * @param watchName name of the watch when the incident opened
 * @param first first answer that met the condition
 * @param opened answer that opened it
 * @param last last answer that met the condition
 * @param ended answer or end of the run that ended it; empty while it is open
 * @param endReason empty while it is open
 * @param count number of answers that met the condition
 * @param peak answer that met the condition most clearly
 * @param strength how clearly the peak met the condition; comparable only within the incident
 * @param lengthMicros duration in the video, from the first answer while it was open
 * @param mergedFrom earlier spans that were merged into this incident, at most {@link #MAX_SPANS}
 *     of the newest
 * @param continues id of the incident that reached its maximum length before this one
 * @param reported when an event about it was last written to the log
 * @param deliverTo ids of the endpoints that get its notices; empty for all
 */
public record Incident(
    String id,
    String watchId,
    String watchName,
    SessionId session,
    Moment first,
    Moment opened,
    Moment last,
    Optional<Moment> ended,
    Optional<EndReason> endReason,
    long count,
    Moment peak,
    double strength,
    long lengthMicros,
    List<MergedSpan> mergedFrom,
    Optional<String> continues,
    Instant reported,
    Optional<Acknowledgement> acknowledged,
    Optional<SecondOpinion> opinion,
    Optional<List<String>> deliverTo) {
  /** Maximum number of merged spans that are listed. */
  public static final int MAX_SPANS = 20;

  /** A span that was merged into an incident. */
  public record MergedSpan(long firstSeq, long lastSeq, Instant endedAt) {}

  /**
   * A person's acknowledgement of an incident.
   *
   * @param note empty where there is none
   */
  public record Acknowledgement(String by, Instant at, Optional<String> note) {}

  /**
   * Another back end's answer about the incident's pictures.
   *
   * @param verdict {@code confirmed}, {@code rejected} or {@code unsure}
   * @param dollars what it cost; empty where that is unknown
   */
  public record SecondOpinion(
      String verdict,
      String reason,
      String backend,
      String model,
      Instant at,
      Optional<String> dollars) {}

  public Incident {
    mergedFrom = List.copyOf(mergedFrom);
    deliverTo = deliverTo.map(List::copyOf);
  }

  /** A new, open incident. */
  public static Incident opened(
      String id,
      String watchId,
      String watchName,
      SessionId session,
      Moment first,
      Moment opening,
      Moment peak,
      double clearness,
      long count,
      Optional<String> continues,
      Optional<List<String>> deliverTo) {
    return new Incident(
        id,
        watchId,
        watchName,
        session,
        first,
        opening,
        opening,
        Optional.empty(),
        Optional.empty(),
        count,
        peak,
        clearness,
        0,
        List.of(),
        continues,
        opening.at(),
        Optional.empty(),
        Optional.empty(),
        deliverTo);
  }

  public boolean isOpen() {
    return ended.isEmpty();
  }

  /** The incident after one more answer that met the condition. */
  public Incident seen(Moment moment, double clearness) {
    boolean clearer = clearness > strength;
    return with(
        moment,
        ended,
        endReason,
        count + 1,
        clearer ? moment : peak,
        clearer ? clearness : strength,
        lengthMicros,
        mergedFrom,
        reported);
  }

  /**
   * The incident with this answer as its peak, if it met the condition more clearly than the
   * present one.
   */
  public Incident clearer(Moment moment, double clearness) {
    return clearness <= strength
        ? this
        : with(
            last, ended, endReason, count, moment, clearness, lengthMicros, mergedFrom, reported);
  }

  /** The incident with a longer duration. */
  public Incident longer(long micros) {
    return with(
        last, ended, endReason, count, peak, strength, lengthMicros + micros, mergedFrom, reported);
  }

  public Incident ended(Moment moment, EndReason why) {
    return with(
        last,
        Optional.of(moment),
        Optional.of(why),
        count,
        peak,
        strength,
        lengthMicros,
        mergedFrom,
        moment.at());
  }

  /**
   * The ended incident, reopened because the condition holds again after a short gap.
   *
   * @param answers number of answers in the gap that met the condition
   */
  public Incident reopened(long gapMicros, long answers, Instant now) {
    List<MergedSpan> spans = new ArrayList<>(mergedFrom);
    long from = spans.isEmpty() ? first.seq() : spans.getLast().lastSeq() + 1;
    ended.ifPresent(end -> spans.add(new MergedSpan(from, last.seq(), end.at())));
    if (spans.size() > MAX_SPANS) {
      spans.removeFirst();
    }
    return with(
        last,
        Optional.empty(),
        Optional.empty(),
        count + answers,
        peak,
        strength,
        lengthMicros + gapMicros,
        spans,
        now);
  }

  public Incident reportedAt(Instant now) {
    return with(last, ended, endReason, count, peak, strength, lengthMicros, mergedFrom, now);
  }

  public Incident acknowledged(Acknowledgement by) {
    return with(Optional.of(by), opinion);
  }

  public Incident withOpinion(SecondOpinion other) {
    return with(acknowledged, Optional.of(other));
  }

  private Incident with(Optional<Acknowledgement> by, Optional<SecondOpinion> second) {
    return new Incident(
        id,
        watchId,
        watchName,
        session,
        first,
        opened,
        last,
        ended,
        endReason,
        count,
        peak,
        strength,
        lengthMicros,
        mergedFrom,
        continues,
        reported,
        by,
        second,
        deliverTo);
  }

  private Incident with(
      Moment newest,
      Optional<Moment> end,
      Optional<EndReason> why,
      long answers,
      Moment top,
      double clearness,
      long length,
      List<MergedSpan> spans,
      Instant now) {
    return new Incident(
        id,
        watchId,
        watchName,
        session,
        first,
        opened,
        newest,
        end,
        why,
        answers,
        top,
        clearness,
        length,
        spans,
        continues,
        now,
        acknowledged,
        opinion,
        deliverTo);
  }
}
