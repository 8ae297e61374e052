package framewise.server.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Responses without an end, such as server-sent events: when the service stops, it completes all of
 * them. Safe for any number of threads.
 */
public final class LongAnswers {
  private final Set<Thread> sending = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /** Writer of a response. */
  public interface LongAnswerWriter {
    void send() throws IOException, InterruptedException;
  }

  /** Sends a response from the calling thread, until it ends or the service stops. */
  public void send(LongAnswerWriter answer) throws IOException, InterruptedException {
    sending.add(Thread.currentThread());
    try {
      if (!stopping) {
        answer.send();
      }
    } catch (IOException | InterruptedException e) {
      if (!stopping) {
        throw e;
      }
    } finally {
      sending.remove(Thread.currentThread());
    }
  }

  /** Ends all responses, and any that start later. */
  public void end() {
    stopping = true;
    sending.forEach(Thread::interrupt);
  }
}
