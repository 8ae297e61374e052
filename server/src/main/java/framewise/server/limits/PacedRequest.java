package framewise.server.limits;

import framewise.time.WallClock;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Request whose body must arrive at a minimum rate. Only the time spent waiting for the client
 * counts: each byte earns some waiting time, up to a limit, and a body that has used it up ends
 * with 408.
 */
final class PacedRequest extends Request.Wrapper {
  private static final long SECOND = 1_000_000_000L;

  private final long most;
  private final long perByte;
  private final Set<PacedRequest> waiting;

  // All guarded by this object's lock.
  private long left;
  private long since;
  private Optional<Runnable> reader = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();

  /**
   * @param waiting set to which this is added while it waits for the client
   */
  PacedRequest(Request request, ConnectionLimits limits, Set<PacedRequest> waiting) {
    super(request);
    this.most = limits.stall().toNanos();
    this.perByte = SECOND / limits.bytesPerSecond();
    this.waiting = waiting;
    this.left = most;
  }

  @Override
  public Content.@Nullable Chunk read() {
    synchronized (this) {
      if (failure.isPresent()) {
        return Content.Chunk.from(failure.get(), true);
      }
    }
    Content.Chunk chunk = super.read();
    if (chunk != null) {
      earn(chunk.remaining());
    }
    return chunk;
  }

  @Override
  public void demand(Runnable demanded) {
    boolean failed;
    synchronized (this) {
      failed = failure.isPresent();
      if (!failed) {
        reader = Optional.of(demanded);
        since = WallClock.system().nanos();
      }
    }
    if (failed) {
      demanded.run();
      return;
    }
    waiting.add(this);
    super.demand(this::arrived);
  }

  /**
   * Whether its client has been too slow.
   *
   * @param wanted whether others wait for a slot: then a tenth of the time is enough
   */
  synchronized boolean isLate(long now, boolean wanted) {
    long allowed = wanted ? Math.min(left, most / 10) : left;
    return reader.isPresent() && now - since > allowed;
  }

  /** Ends the body with 408, unless more of it has just arrived. */
  void timeOut() {
    Optional<Runnable> woken;
    synchronized (this) {
      woken = reader;
      reader = Optional.empty();
      if (woken.isPresent()) {
        failure = Optional.of(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408));
      }
    }
    waiting.remove(this);
    woken.ifPresent(getComponents().getExecutor()::execute);
  }

  private void arrived() {
    Optional<Runnable> woken;
    synchronized (this) {
      woken = reader;
      reader = Optional.empty();
      left -= WallClock.system().nanos() - since;
    }
    waiting.remove(this);
    woken.ifPresent(Runnable::run);
  }

  private synchronized void earn(int bytes) {
    left = Math.min(most, left + bytes * perByte);
  }
}
