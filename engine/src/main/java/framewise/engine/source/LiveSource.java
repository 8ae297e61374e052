package framewise.engine.source;

import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Source of live video. It has no queue: a slow caller gets the newest picture. */
public interface LiveSource extends AutoCloseable {
  /**
   * The newest picture not returned yet, rotated upright. Used by one thread at a time.
   *
   * @param timeout how long to wait for one; zero does not wait
   * @return the frame, which the caller closes, or empty when none came in time
   */
  Optional<Frame> next(Duration timeout) throws InterruptedException;

  /**
   * Age of the picture that {@link #next} returned last, since its arrival. Called by the same
   * thread.
   *
   * @return empty when unknown
   */
  default Optional<Duration> age() {
    return Optional.empty();
  }

  /**
   * Usual time between the pictures that arrive lately; empty while unknown. Any thread may ask.
   */
  default Optional<Duration> interval() {
    return Optional.empty();
  }

  /** Properties of the video; called once there is a picture. */
  VideoInfo info(Frame picture);

  /** Why the video is over; empty while pictures may arrive. */
  Optional<Ending> ending();

  /**
   * Sets the receiver of notices about the sender for viewers. It gets one sentence at a time, on
   * any thread. A source without notices ignores it.
   */
  default void onNotice(Consumer<String> notices) {}

  /** Connection state. A source that can't detect it counts as connected until it is over. */
  default Reception reception() {
    return new Reception(ending().isEmpty(), ending().map(Ending::reason), Optional.empty());
  }

  /** Bytes of the {@link framewise.media.memory.NativeMemory} budget in use. */
  default long memoryBytes() {
    return 0;
  }

  /** Number of pictures that were never returned, because a newer one replaced them. */
  long dropped();

  @Override
  void close();
}
