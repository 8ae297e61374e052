package framewise.engine.backend;

import framewise.engine.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Who may be asked one prompt: the back end that is wanted, then those that answer in its stead
 * while it cannot. Immutable.
 */
public final class Candidates {
  /** How often it is looked whether somebody may be asked again. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final List<BackendGate> gates;
  private final Function<ClipBackend, Optional<String>> spending;
  private final WallClock clock;

  /**
   * @param gates the wanted one first
   * @param spending why a back end would cost too much, to be read after its name; empty where it
   *     would not
   */
  public Candidates(
      List<BackendGate> gates, Function<ClipBackend, Optional<String>> spending, WallClock clock) {
    this.gates = List.copyOf(gates);
    this.spending = spending;
    this.clock = clock;
  }

  /** The one that is wanted. */
  public ClipBackend wanted() {
    return gates.getFirst().backend();
  }

  /** All of them, by their names. */
  public List<String> names() {
    return gates.stream().map(gate -> gate.backend().name()).toList();
  }

  /** Whether a turn is the wanted one's. */
  public boolean isWanted(Turn turn) {
    return turn.backend().name().equals(wanted().name());
  }

  /**
   * Waits for a turn of the first that may be asked; a moment only where nobody may.
   *
   * @param waiting told why nobody may
   * @return empty where nobody may, or the one that might has come into trouble
   */
  public Optional<Turn> next(Consumer<String> waiting) throws InterruptedException {
    Optional<BackendGate> open = gates.stream().filter(this::isOpen).findFirst();
    if (open.isEmpty()) {
      waiting.accept(closedBecause());
      clock.awaitNanos(clock.nanos() + LOOK_NANOS);
      return Optional.empty();
    }
    return open.get().await();
  }

  /**
   * A second try for a clip whose question failed: with the next that may be asked, whose turn is
   * waited for; or with the same, if it has one now and there is no other.
   *
   * @return empty where asking again is of no use, or nobody may be asked
   */
  public Optional<Turn> again(ClipBackend failed, AnswerException why) throws InterruptedException {
    if (!why.kind().blamesService()) {
      return Optional.empty();
    }
    for (BackendGate gate : gates) {
      if (!isOf(gate, failed) && isOpen(gate)) {
        Optional<Turn> turn = gate.await();
        if (turn.isPresent()) {
          return turn;
        }
      }
    }
    boolean mayPass = why.kind().retryable() && why.retryAfter().isEmpty();
    return gates.stream()
        .filter(gate -> isOf(gate, failed) && mayPass && failed.isRemote() && isOpen(gate))
        .findFirst()
        .flatMap(BackendGate::now);
  }

  /** Whether nobody may be asked now. */
  public boolean isClosed() {
    return gates.stream().noneMatch(this::isOpen);
  }

  /** Why the wanted one is not asked now; empty while it is. */
  public Optional<String> wantedClosedBecause() {
    return closedBecause(gates.getFirst());
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
