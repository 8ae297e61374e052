package framewise.engine.backend;

import framewise.engine.money.Reservation;
import framewise.time.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Back ends for one prompt: the preferred one, then its fallbacks in order. Immutable. */
public final class Candidates {
  /** Interval between checks whether a back end takes requests again. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final List<BackendGate> gates;
  private final Allowance allowance;
  private final WallClock clock;
  private final boolean background;
  private final String party;

  /**
   * @param gates the preferred one first
   * @param allowance checked before a question waits for its turn, and again when its turn comes
   */
  public Candidates(List<BackendGate> gates, Allowance allowance, WallClock clock) {
    this(gates, allowance, clock, false, "");
  }

  private Candidates(
      List<BackendGate> gates,
      Allowance allowance,
      WallClock clock,
      boolean background,
      String party) {
    this.gates = List.copyOf(gates);
    this.allowance = allowance;
    this.clock = clock;
    this.background = background;
    this.party = party;
  }

  /** The same back ends, for work that must not delay live questions: one request at a time. */
  public Candidates inBackground() {
    return new Candidates(gates, allowance, clock, true, party);
  }

  /**
   * The same back ends, for one of several parties. Waiting parties take turns, however many
   * requests each of them has.
   */
  public Candidates by(String asker) {
    return new Candidates(gates, allowance, clock, background, asker);
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
   * Waits for a permit of the first back end that takes requests. If none does, returns after a
   * short pause, so that the caller can try again.
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
    return await(open.get(), true);
  }

  /**
   * Permit to retry a clip whose request failed. Waits for a permit of the next available back end;
   * if there is no other, takes one of the same back end, provided that one is free now.
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
        Optional<RequestPermit> permit = await(gate, false);
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
        .flatMap(gate -> gate.now().filter(this::isPaid));
  }

  /** Whether no back end takes requests now. */
  public boolean isClosed() {
    return gates.stream().noneMatch(this::isOpen);
  }

  /** Why the preferred back end takes no requests now; empty while it does. */
  public Optional<String> wantedClosedBecause() {
    return closedBecause(gates.getFirst());
  }

  /**
   * Waits for a permit. Budgets are checked when it is given: while the question waited, others may
   * have spent the rest.
   *
   * @param patient whether to wait even while requests in flight will probably use up a budget
   */
  private Optional<RequestPermit> await(BackendGate gate, boolean patient)
      throws InterruptedException {
    while (true) {
      Optional<RequestPermit> permit =
          background ? gate.awaitInBackground(party) : gate.await(party);
      if (permit.isEmpty() || isPaid(permit.get())) {
        return permit;
      }
      if (!patient || allowance.refusal(gate.backend()).isPresent()) {
        return Optional.empty();
      }
      clock.awaitNanos(clock.nanos() + LOOK_NANOS);
    }
  }

  /** Reserves the money for a request; if that fails, returns its permit. */
  private boolean isPaid(RequestPermit permit) {
    Optional<Reservation> money = allowance.reserve(permit.backend());
    money.ifPresentOrElse(permit::reserve, permit::unused);
    return money.isPresent();
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
        .or(() -> allowance.refusal(gate.backend()))
        .map(reason -> gate.backend().name() + " " + reason);
  }
}
