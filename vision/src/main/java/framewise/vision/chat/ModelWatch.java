package framewise.vision.chat;

import framewise.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Watches which of several servers with OpenAI's API is running and which models it has. A
 * background thread checks regularly, so no caller waits. Thread-safe.
 */
public final class ModelWatch implements AutoCloseable {
  /** How long after creation a caller may have to wait for the first check. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private final List<URI> candidates;
  private final Duration every;
  private final ModelList list;
  private final Deadline firstLook = Deadline.after(FIRST_LOOK);
  private final CountDownLatch looked = new CountDownLatch(1);
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;
  private volatile Optional<LocalServer> found = Optional.empty();

  /**
   * A server that answered.
   *
   * @param models available models, in its order
   */
  public record LocalServer(URI baseUrl, List<String> models) {
    public LocalServer {
      models = List.copyOf(models);
    }
  }

  /**
   * Starts watching.
   *
   * @param candidates addresses including the version; the first that answers wins
   * @param every interval between checks
   * @param patience time-out of one request
   */
  public ModelWatch(String name, List<URI> candidates, Duration every, Duration patience) {
    this.candidates = List.copyOf(candidates);
    this.every = every;
    this.list = new ModelList(patience);
    this.thread = Thread.ofVirtual().name("models-of-" + name).start(this::watch);
  }

  /** The server found by the last check. */
  public Optional<LocalServer> found() {
    try {
      boolean known = looked.await(firstLook.left().toNanos(), TimeUnit.NANOSECONDS);
      return known ? found : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return found;
    }
  }

  /** Checks again at once, because something seems to have changed. */
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

  private Optional<LocalServer> look() throws InterruptedException {
    for (URI candidate : candidates) {
      Optional<List<String>> models = list.of(candidate);
      if (models.isPresent()) {
        return Optional.of(new LocalServer(candidate, models.get()));
      }
    }
    return Optional.empty();
  }
}
