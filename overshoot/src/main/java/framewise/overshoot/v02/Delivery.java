package framewise.overshoot.v02;

import framewise.overshoot.wire.InferenceResult;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the listener: a queue with a bound and one thread that empties it. Who brings a result
 * waits while the queue is full; a notice is left out instead. The end comes after everything that
 * was brought before it.
 */
final class Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(OvershootStream.class);
  private static final long LOOK_AGAIN_MS = 50;

  private final StreamListener listener;
  private final Tally tally;
  private final String streamId;
  private final BlockingQueue<Consumer<StreamListener>> events;
  private final AtomicInteger waiting = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);

  private volatile @Nullable StreamEnd end;

  Delivery(StreamListener listener, int bound, Tally tally, String streamId) {
    this.listener = listener;
    this.tally = tally;
    this.streamId = streamId;
    this.events = new ArrayBlockingQueue<>(bound);
  }

  void start() {
    Thread.ofVirtual().name("overshoot-listener-" + streamId).start(this::run);
  }

  /** Brings a result, as soon as there is room. */
  void result(InferenceResult result) {
    Consumer<StreamListener> event = to -> to.onResult(result);
    waiting.incrementAndGet();
    try {
      // Looks up now and then: after the end nobody empties the queue any more.
      while (!events.offer(event, LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
        if (over.getCount() == 0) {
          return;
        }
      }
      tally.results.increment();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Brings a notice, if there is room now: nobody needs an old one. */
  void notice(Consumer<StreamListener> event) {
    events.offer(event);
  }

  /** Nothing more will be brought; the listener hears this last. */
  void end(StreamEnd last) {
    end = last;
    // Wakes the thread where it waits for an event; a full queue keeps it awake anyway.
    events.offer(to -> {});
  }

  /** Waits until the listener has heard the end. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    try {
      while (true) {
        StreamEnd last = end;
        boolean nobodyWaits = waiting.get() == 0;
        Consumer<StreamListener> event =
            last == null ? events.take() : events.poll(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
        if (event != null) {
          tell(event);
        } else if (last != null && nobodyWaits) {
          tell(to -> to.onEnd(last));
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.countDown();
    }
  }

  private void tell(Consumer<StreamListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable e) {
      tally.listenerFaults.increment();
      LOG.error("Stream {}: its listener failed", streamId, e);
    }
  }
}
