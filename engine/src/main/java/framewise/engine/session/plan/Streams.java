package framewise.engine.session.plan;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.backend.BackendGate;
import framewise.media.network.Network;
import framewise.time.WallClock;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Resources shared by streaming sessions: the back ends, and a limited number of places. */
public final class Streams implements AutoCloseable {
  private final Backends backends;
  private final int limit;
  private final Network network;
  private final WallClock clock;
  private final Map<String, BackendGate> gates = new ConcurrentHashMap<>();
  private final Semaphore places;
  private final Totals totals = new Totals();

  public Streams(Backends backends, int limit, Network network, WallClock clock) {
    this.backends = backends;
    this.limit = limit;
    this.network = network;
    this.clock = clock;
    this.places = new Semaphore(limit);
  }

  /**
   * The named back end, or the first that is ready.
   *
   * @param field the request's field that names it
   * @param clips whether an unnamed back end must answer clip by clip
   */
  Backend backendFor(String field, Optional<String> name, boolean clips) {
    Backend backend =
        name.map(known -> named(field, known))
            .or(() -> clips ? backends.firstReadyForClips() : backends.firstReady())
            .orElseThrow(
                () ->
                    Refusal.of(
                            Code.BACKEND_NOT_CONFIGURED,
                            "No back end is ready. GET /backends shows what each one needs.")
                        .asException());
    backend
        .readiness()
        .reason()
        .ifPresent(
            missing -> {
              throw Refusal.of(Code.BACKEND_NOT_CONFIGURED, missing).asException();
            });
    return backend;
  }

  BackendGate gateOf(ClipBackend backend) {
    return gates.computeIfAbsent(backend.name(), key -> new BackendGate(backend, clock));
  }

  /** Gates of the back ends used so far. */
  public Map<String, BackendGate> gates() {
    return Map.copyOf(gates);
  }

  /** All back ends. */
  public Backends backends() {
    return backends;
  }

  /** Network access for video by URL. */
  public Network network() {
    return network;
  }

  /** Number of places taken. */
  public int active() {
    return limit - places.availablePermits();
  }

  /** Number of places left. */
  public int freePlaces() {
    return places.availablePermits();
  }

  /** Totals of all sessions. */
  public Totals totals() {
    return totals;
  }

  /** Takes a place for a stream, which {@link #leave} returns. */
  public void enter() {
    if (!places.tryAcquire()) {
      throw full();
    }
  }

  /** Checks that a place is free now; another thread may take it before {@link #enter}. */
  public void requirePlace() {
    if (places.availablePermits() == 0) {
      throw full();
    }
  }

  private RuntimeException full() {
    return Refusal.of(
            Code.TOO_MANY_STREAMS,
            "%d sessions are streaming, which is the limit: stop one, or raise FRAMEWISE_MAX_STREAMS."
                .formatted(limit))
        .asException();
  }

  /** Returns the place that {@link #enter} took. */
  public void leave() {
    places.release();
  }

  @Override
  public void close() {
    gates.values().forEach(BackendGate::close);
  }

  private Backend named(String field, String name) {
    return backends
        .named(name)
        .orElseThrow(
            () ->
                Refusal.field(
                        field,
                        "%s is \"%s\" but must be one of %s"
                            .formatted(
                                field,
                                name,
                                String.join(
                                    ", ", backends.all().stream().map(Backend::name).toList())))
                    .asException());
  }
}
