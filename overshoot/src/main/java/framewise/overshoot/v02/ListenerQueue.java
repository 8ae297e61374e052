package framewise.overshoot.v02;

import framewise.overshoot.wire.InferenceResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue from the socket to the listener, and the thread that empties it. Its users enforce its
 * limit: they request the next message only when there is room, and a notice without room is
 * dropped. The end is delivered last.
 */
final class ListenerQueue {

  private static final Logger LOG = LoggerFactory.getLogger(OvershootStream.class);

  /** Maximum queued characters, whatever the number of messages: 32 MB. */
  private static final long MAX_CHARACTERS = 16 * 1024 * 1024;

  private final V02StreamListener listener;
  private final int bound;
  private final StreamCounters tally;
  private final String streamId;
  private final ResultReader reader;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Runnable> room = new AtomicReference<>();
  private final AtomicLong characters = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);

  ListenerQueue(V02StreamListener listener, int bound, StreamCounters tally, String streamId) {
    this.listener = listener;
    this.bound = bound;
    this.tally = tally;
    this.streamId = streamId;
    this.reader = new ResultReader(tally, streamId);
  }

  void start() {
    Thread.ofVirtual().name("overshoot-listener-" + streamId).start(this::run);
  }

  /** Queues a message, parsed at its turn. Never blocks. */
  void message(String text) {
    tally.messages.increment();
    characters.addAndGet(text.length());
    events.add(
        () -> {
          characters.addAndGet(-text.length());
          Optional<InferenceResult> result = reader.read(text);
          result.ifPresent(fresh -> notifyListener(to -> to.onResult(fresh)));
        });
  }

  /** Counts an unusable message. */
  void unreadable(String what) {
    tally.messages.increment();
    reader.skip(what);
  }

  /** Queues a notice if there is room now, because an old one is useless. */
  void notice(Consumer<V02StreamListener> event) {
    if (hasRoom()) {
      events.add(() -> notifyListener(event));
    }
  }

  /** Ends the queue; the listener receives this last. */
  void end(V02StreamEnd last) {
    events.add(
        () -> {
          notifyListener(to -> to.onEnd(last));
          over.countDown();
        });
  }

  /** Runs an action once, as soon as there is room for another message; perhaps at once. */
  void whenRoom(Runnable action) {
    room.set(action);
    if (hasRoom()) {
      runForRoom();
    }
  }

  /** Waits until the listener has received the end. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean hasRoom() {
    return events.size() < bound && characters.get() < MAX_CHARACTERS;
  }

  private void runForRoom() {
    Runnable action = room.getAndSet(null);
    if (action != null) {
      action.run();
    }
  }

  private void run() {
    try {
      while (over.getCount() > 0) {
        Runnable event = events.take();
        event.run();
        // Not before: an event frees its characters when it runs, and this may be the last.
        if (hasRoom()) {
          runForRoom();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void notifyListener(Consumer<V02StreamListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable e) {
      tally.listenerFaults.increment();
      LOG.error("Stream {}: its listener failed", streamId, e);
    }
  }
}
