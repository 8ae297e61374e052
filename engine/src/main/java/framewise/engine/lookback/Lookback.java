package framewise.engine.lookback;

import framewise.engine.settings.StreamSettings;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A question about a span of the past. Its answers are results of the session, in a run of their
 * own.
 *
 * @param run number of that run
 * @param began wall-clock time of the start of the session's video, for live video; empty for a
 *     file
 * @param settings as applied
 * @param clips number of clips in the span
 * @param answered results so far, including failed ones
 * @param failed results without an answer
 * @param unchanged clips skipped because they look like the last one asked about
 * @param detail why it ended, or what it is waiting for; empty otherwise
 */
public record Lookback(
    int run,
    LookbackStatus status,
    Span span,
    Optional<Instant> began,
    StreamSettings settings,
    long clips,
    long answered,
    long failed,
    long unchanged,
    Optional<String> detail,
    Instant createdAt) {
  /** Stage of a look-back. */
  public enum LookbackStatus {
    RUNNING,
    /** Every clip that has pictures was answered. */
    FINISHED,
    /** A person cancelled it. */
    CANCELLED,
    /** The service was stopped. */
    INTERRUPTED,
    /** The video or the back end cannot continue. */
    FAILED;

    /** The name in the API. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether further answers may follow. */
  public boolean isRunning() {
    return status == LookbackStatus.RUNNING;
  }

  /** The same look-back with one more result. */
  public Lookback plusResult(boolean ok) {
    return new Lookback(
        run,
        status,
        span,
        began,
        settings,
        clips,
        answered + 1,
        failed + (ok ? 0 : 1),
        unchanged,
        detail,
        createdAt);
  }

  /** The same look-back with more unchanged clips. */
  public Lookback plusUnchanged(long more) {
    return new Lookback(
        run,
        status,
        span,
        began,
        settings,
        clips,
        answered,
        failed,
        unchanged + more,
        detail,
        createdAt);
  }

  /** The same look-back in another stage. */
  public Lookback with(LookbackStatus other, Optional<String> why) {
    return new Lookback(
        run, other, span, began, settings, clips, answered, failed, unchanged, why, createdAt);
  }
}
