package framewise.engine.backend;

import framewise.engine.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Back ends for one prompt: the preferred one, then its fallbacks in order. Immutable. */
public final class Candidates {
  /** Interval between checks whether a back end takes requests again. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final List<BackendGate> gates;
  private final Function<ClipBackend, Optional<String>> spending;
  private final WallClock clock;
  private final boolean background;

  /**
   * @param gates the preferred one first
   * @param spending why a back end would exceed a budget, as text to follow its name; empty where
   *     it would not
   */
  public Candidates(
      List<BackendGate> gates, Function<ClipBackend, Optional<String>> spending, WallClock clock) {
    this(gates, spending, clock, false);
  }

  private Candidates(
      List<BackendGate> gates,
      Function<ClipBackend, Optional<String>> spending,
      WallClock clock,
      boolean background) {
    this.gates = List.copyOf(gates);
    this.spending = spending;
    this.clock = clock;
    this.background = background;
  }

  /** The same back ends, for work that must not delay live questions: one request at a time. */
  public Candidates inBackground() {
    return new Candidates(gates, spending, clock, true);
  }

  /** The preferred back end. */
  public ClipBackend wanted() {
    return gates.getFirst().backend();
  }

  /** Names of all back ends, the preferred one first. */
  public List<String> names() {
    return gates.stream().map(gate -> gate.backend().name()).toList();
  }

  /** Whether a permit is for the preferred back end. */
  public boolean isWanted(RequestPermit permit) {
    return permit.backend().name().equals(wanted().name());
  }

  /**
   * Waits for a permit of the first back end that takes requests; waits only briefly where none
   * does.
   *
   * @param waiting receives the reason why no back end takes requests
   * @return empty where no back end takes requests, or the chosen one started to fail
   */
  public Optional<RequestPermit> next(Consumer<String> waiting) throws InterruptedException {
    Optional<BackendGate> open = gates.stream().filter(this::isOpen).findFirst();
    if (open.isEmpty()) {
      waiting.accept(closedBecause());
      clock.awaitNanos(clock.nanos() + LOOK_NANOS);
      return Optional.empty();
    }
    return await(open.get());
  }

  /**
   * Permit to retry a clip whose request failed: waits for one of the next available back end, or
   * takes one of the same back end if it is free now and there is no other.
   *
   * @return empty where a retry is pointless, or no back end takes requests
   */
  public Optional<RequestPermit> again(ClipBackend failed, AnswerException why)
      throws InterruptedException {
    if (!why.kind().blamesService()) {
      return Optional.empty();
    }
    for (BackendGate gate : gates) {
      if (!isOf(gate, failed) && isOpen(gate)) {
        Optional<RequestPermit> permit = await(gate);
        if (permit.isPresent()) {
          return permit;
        }
      }
    }
    boolean mayPass = why.kind().retryable() && why.retryAfter().isEmpty();
    return gates.stream()
        .filter(
            gate ->
                !background && isOf(gate, failed) && mayPass && failed.isRemote() && isOpen(gate))
        .findFirst()
        .flatMap(BackendGate::now);
  }

  /** Whether no back end takes requests now. */
  public boolean isClosed() {
    return gates.stream().noneMatch(this::isOpen);
  }

  /** Why the preferred back end takes no requests now; empty while it does. */
  public Optional<String> wantedClosedBecause() {
    return closedBecause(gates.getFirst());
  }

  private Optional<RequestPermit> await(BackendGate gate) throws InterruptedException {
    return background ? gate.awaitInBackground() : gate.await();
  }

  private static boolean isOf(BackendGate gate, ClipBackend backend) {
    return gate.backend().name().equals(backend.name());
  }

  private boolean isOpen(BackendGate gate) {
    return closedBecause(gate).isEmpty();
  }

  private String closedBecause() {
    return String.join("; ", gates.stream().flatMap(gate -> closedBecause(gate).stream()).toList());
  }

  private Optional<String> closedBecause(BackendGate gate) {
    return gate.closedBecause()
        .or(() -> spending.apply(gate.backend()))
        .map(reason -> gate.backend().name() + " " + reason);
  }
}
