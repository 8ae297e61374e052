package framewise.engine.source;

import framewise.engine.Status;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Video of a sender that may disconnect and reconnect. The session waits for it for a grace period,
 * and resumes when it is back. Safe for any number of threads.
 */
public final class ReturningSource implements LiveSource {
  private final Duration grace;
  private final WallClock clock;

  /** Guards all fields below; held only briefly. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private @Nullable LiveSource current;
  private @Nullable LiveSource shown;
  private boolean began;
  private Optional<Ending> gone = Optional.empty();
  private Optional<Ending> ending = Optional.empty();
  private long goneNanos;
  private long droppedBefore;
  private Optional<Instant> pictureBefore = Optional.empty();
  private Consumer<String> notices = sentence -> {};

  /** Actions to run without the lock, in this order. */
  private final Queue<Runnable> afterwards = new ArrayDeque<>();

  private final ReentrantLock doing = new ReentrantLock();

  /**
   * @param first the present video; closed with this, or once it is over
   * @param grace how long to wait for the sender; zero does not wait
   */
  public ReturningSource(LiveSource first, Duration grace, WallClock clock) {
    this.current = first;
    this.shown = first;
    this.grace = grace;
    this.clock = clock;
  }

  /**
   * Video of a sender that was connected to another node and is expected to reconnect.
   *
   * @param gone how the session ends if the sender does not reconnect
   * @param grace how long to wait for the sender, now and after later disconnections
   */
  public static ReturningSource awaiting(Ending gone, Duration grace, WallClock clock) {
    return new ReturningSource(gone, grace, clock);
  }

  private ReturningSource(Ending gone, Duration grace, WallClock clock) {
    this.gone = Optional.of(gone);
    this.goneNanos = clock.nanos();
    this.grace = grace;
    this.clock = clock;
  }

  /**
   * Takes the connection of a sender that has reconnected, or replaces its connection. The old one
   * is closed.
   *
   * @param next closed with this, or once it is over
   * @return false when the wait is over; the caller keeps {@code next} then
   */
  public boolean take(LiveSource next) {
    return settled(
        () -> {
          if (look().isPresent()) {
            return false;
          }
          leave();
          gone = Optional.empty();
          current = next;
          publishNotice("The sender reconnected.");
          changed.signalAll();
          return true;
        });
  }

  /**
   * Ends the video without a wait, because the sender has ended its broadcast.
   *
   * @param reason a sentence for people
   */
  public void finish(String reason) {
    boolean _ = end(reason);
  }

  /** Whether a sender is connected, or is just connecting. */
  public boolean hasSender() {
    return settled(() -> look().isEmpty() && current != null);
  }

  @Override
  public void onNotice(Consumer<String> to) {
    boolean _ =
        settled(
            () -> {
              notices = to;
              return true;
            });
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    LiveSource sending;
    Optional<Ending> _ = ending();
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (ending.isEmpty() && current == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      sending = current;
    } finally {
      lock.unlock();
    }
    Optional<Frame> picture = sending == null ? Optional.empty() : sending.next(timeout);
    if (sending != null && picture.isPresent()) {
      seen(sending);
    }
    return picture;
  }

  @Override
  public Optional<Duration> age() {
    return settled(() -> Optional.ofNullable(shown)).flatMap(LiveSource::age);
  }

  @Override
  public Optional<Duration> interval() {
    return settled(() -> Optional.ofNullable(current)).flatMap(LiveSource::interval);
  }

  @Override
  public VideoInfo info(Frame picture) {
    return settled(() -> Objects.requireNonNull(shown)).info(picture);
  }

  @Override
  public Optional<Ending> ending() {
    return settled(this::look);
  }

  @Override
  public long memoryBytes() {
    return settled(() -> current == null ? 0 : current.memoryBytes());
  }

  @Override
  public long dropped() {
    return settled(() -> droppedBefore + (current == null ? 0 : current.dropped()));
  }

  @Override
  public Reception reception() {
    return settled(
        () -> {
          Optional<Ending> over = look();
          if (current == null) {
            return new Reception(false, over.or(() -> gone).map(Ending::reason), pictureBefore);
          }
          Reception now = current.reception();
          return new Reception(
              now.connected(), now.trouble(), now.lastPictureAt().or(() -> pictureBefore));
        });
  }

  @Override
  public void close() {
    boolean _ = end("The session has ended.");
  }

  /**
   * A step that runs with the lock held; the actions that it queues run afterwards without the
   * lock.
   */
  private interface Step<T> {
    T make();
  }

  private <T> T settled(Step<T> step) {
    T made;
    lock.lock();
    try {
      made = step.make();
    } finally {
      lock.unlock();
    }
    doing.lock();
    try {
      for (Runnable next = poll(); next != null; next = poll()) {
        next.run();
      }
    } finally {
      doing.unlock();
    }
    return made;
  }

  private @Nullable Runnable poll() {
    lock.lock();
    try {
      return afterwards.poll();
    } finally {
      lock.unlock();
    }
  }

  private void seen(LiveSource sending) {
    lock.lock();
    try {
      began = true;
      shown = sending;
    } finally {
      lock.unlock();
    }
  }

  /** Checks whether the sender is gone, and for how long. Called with the lock held. */
  private Optional<Ending> look() {
    if (ending.isEmpty() && current != null) {
      gone = current.ending();
      if (gone.isPresent()) {
        goneNanos = clock.nanos();
        leave();
        if (grace.isPositive()) {
          publishNotice(
              "%s Waiting up to %s for it to reconnect.".formatted(gone.get().reason(), seconds()));
        }
      }
    }
    if (ending.isEmpty() && gone.isPresent() && clock.nanos() - goneNanos >= grace.toNanos()) {
      ending = gone.map(this::last);
    }
    return ending;
  }

  private Ending last(Ending how) {
    return new Ending(
        began ? Status.FINISHED : how.status(),
        grace.isPositive()
            ? "%s It did not reconnect within %s.".formatted(how.reason(), seconds())
            : how.reason());
  }

  private boolean end(String reason) {
    return settled(
        () -> {
          ending = ending.or(() -> Optional.of(new Ending(Status.FINISHED, reason)));
          leave();
          changed.signalAll();
          return true;
        });
  }

  /** Releases the present connection. Called with the lock held. */
  private void leave() {
    LiveSource old = current;
    if (old != null) {
      droppedBefore += old.dropped();
      pictureBefore = old.reception().lastPictureAt().or(() -> pictureBefore);
      current = null;
      afterwards.add(old::close);
    }
  }

  private void publishNotice(String sentence) {
    Consumer<String> to = notices;
    afterwards.add(() -> to.accept(sentence));
  }

  private String seconds() {
    return grace.toSeconds() + " s";
  }
}
