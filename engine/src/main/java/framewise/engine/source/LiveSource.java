package framewise.engine.source;

import framewise.media.Frame;
import framewise.media.VideoInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Video that arrives now. Nothing waits in it: who asks too seldom gets the newest picture. */
public interface LiveSource extends AutoCloseable {
  /**
   * The newest picture that was not handed out yet, upright. Used by one thread at a time.
   *
   * @param timeout how long to wait for one; zero looks and does not wait
   * @return the frame, which the caller closes, or empty when none came in time
   */
  Optional<Frame> next(Duration timeout) throws InterruptedException;

  /** What is known of the video; asked once there was a picture. */
  VideoInfo info(Frame picture);

  /** Why no picture will come any more; empty while some may. */
  Optional<Ending> over();

  /**
   * From now on this is told what a person who watches should know of the sender, a sentence at a
   * time, on any thread. A source that has nothing to tell does nothing.
   */
  default void tell(Consumer<String> notices) {}

  /** How it stands. A source that cannot tell is connected until it is over. */
  default Reception reception() {
    return new Reception(over().isEmpty(), over().map(Ending::reason), Optional.empty());
  }

  /** Bytes of the {@link framewise.media.NativeMemory} budget that it has now. */
  default long memoryBytes() {
    return 0;
  }

  /** How many pictures came and were never handed out, because a newer one came first. */
  long dropped();

  @Override
  void close();
}
