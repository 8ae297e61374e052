package framewise.time;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time. Its single thread only starts virtual threads, so no task can delay another. */
final class SystemScheduler implements Scheduler {

  static final SystemScheduler INSTANCE = new SystemScheduler();

  private final ScheduledThreadPoolExecutor timer;

  private SystemScheduler() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("scheduler").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    ScheduledFuture<?> pending =
        timer.schedule(
            () -> Thread.ofVirtual().name("scheduled").start(task),
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> pending.cancel(false);
  }
}
