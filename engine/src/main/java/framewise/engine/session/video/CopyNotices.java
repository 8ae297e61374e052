package framewise.engine.session.video;

import framewise.engine.files.FileStore;
import framewise.time.Stopwatch;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Notices for viewers about the progress of a video's download to this machine. Used by one thread.
 */
final class CopyNotices implements FileStore.CopyProgress {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final double MEGABYTE = 1e6;
  private static final long PERCENT = 100;

  private final Consumer<String> notices;
  private final Stopwatch since = Stopwatch.start();

  CopyNotices(Consumer<String> notices) {
    this.notices = notices;
  }

  @Override
  public void copied(long bytes, long of) {
    if (bytes == 0) {
      notices.accept("Copying the video from the file store (%.1f MB).".formatted(of / MEGABYTE));
    } else if (bytes < of && since.exceeds(EVERY)) {
      since.restart();
      notices.accept("Copied %d %% of the video.".formatted(PERCENT * bytes / of));
    }
  }
}
