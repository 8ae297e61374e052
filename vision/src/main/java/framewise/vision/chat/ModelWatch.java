package framewise.vision.chat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Knows which of some servers of OpenAI's API is there and what models it has, without making
 * anybody wait: a thread of its own looks now and then. Safe for any number of threads.
 */
public final class ModelWatch implements AutoCloseable {
  /** How long after it was made somebody may have to wait for the first look. */
  private static final long FIRST_LOOK_NANOS = 1_000_000_000L;

  private final List<URI> candidates;
  private final Duration every;
  private final ModelList list;
  private final long made = System.nanoTime();
  private final CountDownLatch looked = new CountDownLatch(1);
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;
  private volatile Optional<Found> found = Optional.empty();

  /**
   * A server that answered.
   *
   * @param models that can be asked, in its order
   */
  public record Found(URI baseUrl, List<String> models) {
    public Found {
      models = List.copyOf(models);
    }
  }

  /**
   * Begins to look.
   *
   * @param candidates with the version in them; the first that answers counts
   * @param every how long until it looks again
   * @param patience for one answer
   */
  public ModelWatch(String name, List<URI> candidates, Duration every, Duration patience) {
    this.candidates = List.copyOf(candidates);
    this.every = every;
    this.list = new ModelList(patience);
    this.thread = Thread.ofVirtual().name("models-of-" + name).start(this::watch);
  }

  /** What is there, as of the last look. */
  public Optional<Found> found() {
    try {
      long patience = FIRST_LOOK_NANOS - (System.nanoTime() - made);
      boolean known = looked.await(patience, TimeUnit.NANOSECONDS);
      return known ? found : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return found;
    }
  }

  /** Looks again at once: something seems to have changed. */
  public void lookAgain() {
    wanted.release();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      while (true) {
        found = look();
        looked.countDown();
        boolean soon = wanted.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
        if (soon) {
          wanted.drainPermits();
        }
      }
    } catch (InterruptedException closed) {
      looked.countDown();
    }
  }

  private Optional<Found> look() throws InterruptedException {
    for (URI candidate : candidates) {
      Optional<List<String>> models = list.of(candidate);
      if (models.isPresent()) {
        return Optional.of(new Found(candidate, models.get()));
      }
    }
    return Optional.empty();
  }
}
