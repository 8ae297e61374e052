package framewise.media.live;

import framewise.media.Ffmpeg;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import framewise.time.Stopwatch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with one input, and how long it may stay without pictures. Used by one thread,
 * except for {@link #abort} and {@link #interrupted}.
 */
final class InputFaults {
  /** Longest time without anything to show; segments may be late. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final OutboundConnections outbound;
  private volatile boolean aborted;
  private final Stopwatch silence = Stopwatch.start();
  private @Nullable IOException fault;
  private volatile boolean forbidden;
  private boolean shown;
  private boolean unseekable;

  InputFaults(OutboundConnections outbound) {
    this.outbound = outbound;
  }

  /** Records that a picture arrived. */
  void touch() {
    shown = true;
    silence.restart();
  }

  /** Records that the server takes no range requests. */
  void unseekable() {
    unseekable = true;
  }

  /** Records that another file was opened: a playlist may lack a segment. */
  void opened() {
    if (!forbidden) {
      fault = null;
    }
  }

  /** Records why a file could not be opened or read. */
  void failed(IOException reason) {
    fault = reason;
    forbidden |= reason instanceof UrlFault known && known.kind() == Kind.FORBIDDEN;
  }

  /** Why nothing further of this input may be opened; empty where it may. */
  Optional<UrlFault> forbidden() {
    return forbidden && fault instanceof UrlFault known ? Optional.of(known) : Optional.empty();
  }

  /** Ends every wait; any thread may call it. */
  void abort() {
    aborted = true;
  }

  /** Whether to stop reading: the input was aborted or forbidden, or sent nothing for too long. */
  boolean interrupted() {
    return aborted || forbidden || silence.exceeds(TIMEOUT);
  }

  /**
   * Checks that reading may continue.
   *
   * @throws UrlFault when it may not
   */
  void requirePatience() throws UrlFault {
    if (interrupted()) {
      throw timedOut();
    }
  }

  /** Whether the end of a finite input is the end of its video. */
  boolean allowsEnd() {
    return fault == null || isMissing();
  }

  /** A sentence on what is missing at the end of a recording; empty when it is complete. */
  Optional<String> missing() {
    return fault instanceof UrlFault gone && isMissing()
        ? Optional.of("The end of the recording is missing. " + gone.sentence())
        : Optional.empty();
  }

  /** The fault of a stream that sends no pictures, whatever else it sends. */
  UrlFault timedOut() {
    return new UrlFault(
        Kind.TIMED_OUT, "No picture arrived for %d seconds.".formatted(TIMEOUT.toSeconds()));
  }

  /**
   * The fault behind an error of FFmpeg.
   *
   * @param result FFmpeg's error number
   */
  UrlFault trouble(int result) {
    IOException known = fault;
    if (known != null) {
      return explain(known);
    }
    if (!aborted && silence.exceeds(TIMEOUT)) {
      return timedOut();
    }
    if (result == avutil.AVERROR_EOF()) {
      return new UrlFault(Kind.LOST, "The stream ended.");
    }
    if (shown) {
      return new UrlFault(Kind.LOST, "The stream broke off: %s.".formatted(Ffmpeg.reason(result)));
    }
    String hint =
        unseekable
            ? " The server does not support range requests, so an MP4 file with its index"
                + " at the end can't be read. Move the index to the start with ffmpeg -movflags"
                + " +faststart."
            : "";
    return new UrlFault(
        Kind.NO_VIDEO,
        "There is no supported video at this address: %s.%s"
            .formatted(Ffmpeg.reason(result), hint));
  }

  /** The fault behind an exception. */
  UrlFault explain(IOException e) {
    return aborted ? new UrlFault(Kind.LOST, "It was stopped.") : outbound.explain(e);
  }

  /**
   * Whether retrying is pointless: the server has all the data before the gap and says that it has
   * no more. Segments that failed for another reason may appear later.
   */
  private boolean isMissing() {
    return shown && fault instanceof UrlFault known && known.kind() == Kind.NO_SUCH_STREAM;
  }
}
