package framewise.server.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers that have no end of their own, such as server-sent events: all of them end, as whole
 * answers, when the service stops. Safe for any number of threads.
 */
public final class LongAnswers {
  private final Set<Thread> sending = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /** Sends an answer. */
  public interface Sender {
    void send() throws IOException, InterruptedException;
  }

  /** Sends one from the calling thread, until it is over or the service stops. */
  public void send(Sender answer) throws IOException, InterruptedException {
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

  /** Ends all of them, and those that would begin from now on. */
  public void end() {
    stopping = true;
    sending.forEach(Thread::interrupt);
  }
}
