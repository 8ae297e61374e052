package framewise.engine.source;

import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Source of live video. It has no queue: a slow caller gets the newest picture. */
public interface LiveSource extends AutoCloseable {
  /**
   * The newest picture not handed out yet, upright. Used by one thread at a time.
   *
   * @param timeout how long to wait for one; zero does not wait
   * @return the frame, which the caller closes, or empty when none came in time
   */
  Optional<Frame> next(Duration timeout) throws InterruptedException;

  /**
   * How long ago the picture arrived that {@link #next} returned last. Used by the thread that
   * calls it.
   *
   * @return empty when unknown
   */
  default Optional<Duration> age() {
    return Optional.empty();
  }

  /** Properties of the video; called once there was a picture. */
  VideoInfo info(Frame picture);

  /** Why the video is over; empty while pictures may come. */
  Optional<Ending> over();

  /**
   * Sets the receiver of notices about the sender for the person who watches, a sentence at a time,
   * on any thread. A source without notices ignores it.
   */
  default void tell(Consumer<String> notices) {}

  /** Connection state. A source that can't detect it counts as connected until it is over. */
  default Reception reception() {
    return new Reception(over().isEmpty(), over().map(Ending::reason), Optional.empty());
  }

  /** Bytes of the {@link framewise.media.memory.NativeMemory} budget in use. */
  default long memoryBytes() {
    return 0;
  }

  /** How many pictures were never handed out, because a newer one came first. */
  long dropped();

  @Override
  void close();
}
