package framewise.webrtc;

import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Determines from times and states whether a sending peer is lost. Any thread may call it. */
final class SenderSilence {
  private final WallClock clock;
  private final SenderTimeouts patience;
  private volatile @Nullable Instant answeredAt;
  private volatile boolean left;
  private volatile @Nullable Instant lastPictureAt;

  /** Since when the peer promises pictures; null while it does not. */
  private volatile @Nullable Instant dueSince;

  SenderSilence(WallClock clock, SenderTimeouts patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** The peer has our answer. */
  void answered() {
    if (answeredAt == null) {
      answeredAt = clock.now();
    }
  }

  /** The peer promises pictures from now on. */
  void due() {
    dueSince = clock.now();
  }

  /** The peer promises no pictures, until {@link #due}. */
  void notDue() {
    dueSince = null;
  }

  /** Notes that the peer has ended the connection. */
  void left() {
    left = true;
  }

  boolean isDue() {
    return dueSince != null;
  }

  void picture() {
    lastPictureAt = clock.now();
  }

  Optional<Instant> lastPictureAt() {
    return Optional.ofNullable(lastPictureAt);
  }

  /** Why the peer counts as disconnected; empty while it does not. */
  Optional<DisconnectReason> reason(States states) {
    ConnectionState now = states.current();
    Instant answered = answeredAt;
    if (now == ConnectionState.CLOSED || answered == null) {
      return Optional.empty();
    }
    Optional<Instant> connectedAt = states.connectedAt();
    if (now == ConnectionState.FAILED) {
      DisconnectReason ended = left ? DisconnectReason.LEFT : DisconnectReason.FAILED;
      return Optional.of(connectedAt.isEmpty() ? DisconnectReason.NEVER_CONNECTED : ended);
    }
    if (connectedAt.isEmpty()) {
      return passed(answered, patience.connect())
          ? Optional.of(DisconnectReason.NEVER_CONNECTED)
          : Optional.empty();
    }
    Instant due = dueSince;
    if (due == null) {
      return Optional.empty();
    }
    Instant begin = due.isAfter(connectedAt.get()) ? due : connectedAt.get();
    return isSilent(begin) ? Optional.of(DisconnectReason.SILENT) : Optional.empty();
  }

  /**
   * @param begin since when pictures could have come
   */
  private boolean isSilent(Instant begin) {
    Instant picture = lastPictureAt;
    if (picture == null || picture.isBefore(begin)) {
      return passed(begin, patience.firstPicture());
    }
    return passed(picture, patience.silence());
  }

  private boolean passed(Instant since, Duration most) {
    return clock.now().isAfter(since.plus(most));
  }
}
