package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.WallClock;
import framewise.engine.backend.BackendGate;
import framewise.engine.backend.Candidates;
import framewise.engine.money.Dollars;
import framewise.engine.money.Spending;
import framewise.engine.pipeline.ClipPlan;
import framewise.engine.pipeline.PromptSettings;
import framewise.engine.pipeline.StreamSettings;
import framewise.vision.Backend;
import framewise.vision.ClipBackend;
import framewise.vision.StreamBackend;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides who answers what a session asks. Safe for any number of threads. */
final class Plans {
  private final Streams streams;
  private final Spending spending;
  private final WallClock clock;

  Plans(Streams streams, Spending spending, WallClock clock) {
    this.streams = streams;
    this.spending = spending;
    this.clock = clock;
  }

  /**
   * Chooses the back ends.
   *
   * @param spent US dollars that the session has cost, asked before each question
   * @throws framewise.engine.RefusedException when one that is named is not known or not ready, or
   *     cannot do what is asked
   */
  Plan of(StreamSettings asked, Supplier<BigDecimal> spent) {
    List<Backend> wanted = new ArrayList<>();
    List<PromptSettings> prompts = new ArrayList<>();
    for (PromptSettings prompt : asked.prompts()) {
      Backend backend = streams.backendFor("backend", prompt.backend(), asked.asksClips());
      wanted.add(backend);
      prompts.add(prompt.withBackend(backend.name()));
    }
    StreamSettings applied = asked.withPrompts(prompts);
    List<ClipBackend> fallback = new ArrayList<>();
    for (String name : asked.fallback()) {
      Backend backend = streams.backendFor("fallback", Optional.of(name), true);
      fallback.add(clips("fallback", backend));
    }
    if (wanted.getFirst() instanceof StreamBackend stream && !asked.asksClips()) {
      return new Plan.Stream(applied, stream, inItsStead(applied, fallback, spent));
    }
    List<Candidates> candidates = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      ClipBackend first = clips("backend", wanted.get(i));
      List<ClipBackend> all = new ArrayList<>(List.of(first));
      fallback.stream().filter(other -> !other.name().equals(first.name())).forEach(all::add);
      if (asked.budget().isPresent()) {
        requirePrices(prompts.get(i), all);
      }
      candidates.add(candidates(prompts.get(i), all, asked.budget(), spent));
    }
    return new Plan.Clips(new ClipPlan(applied, candidates));
  }

  /** Who is asked clip by clip while the one that takes the stream cannot. */
  private Optional<ClipPlan> inItsStead(
      StreamSettings applied, List<ClipBackend> fallback, Supplier<BigDecimal> spent) {
    if (fallback.isEmpty()) {
      return Optional.empty();
    }
    StreamSettings theirs = applied.withPrompts(List.of(applied.first().toAnother()));
    return Optional.of(
        new ClipPlan(
            theirs, List.of(candidates(theirs.first(), fallback, Optional.empty(), spent))));
  }

  private Candidates candidates(
      PromptSettings prompt,
      List<ClipBackend> backends,
      Optional<BigDecimal> budget,
      Supplier<BigDecimal> spent) {
    List<BackendGate> gates = backends.stream().map(streams::gateOf).toList();
    return new Candidates(
        gates,
        backend ->
            spending.isFree(backend, prompt.modelOf(backend).orElse(""))
                ? Optional.empty()
                : budget
                    .filter(dollars -> spent.get().compareTo(dollars) >= 0)
                    .map(dollars -> overBudget(dollars, spent.get()))
                    .or(spending::refusal),
        clock);
  }

  private static String overBudget(BigDecimal budget, BigDecimal spent) {
    return "is not asked any more: the budget of $%s is spent ($%s)"
        .formatted(budget.toPlainString(), Dollars.shown(spent));
  }

  /** A budget cannot be kept where nobody knows what an answer costs. */
  private void requirePrices(PromptSettings prompt, List<ClipBackend> backends) {
    for (ClipBackend backend : backends) {
      String model = prompt.modelOf(backend).orElse("");
      if (backend.isRemote() && spending.prices().of(backend.name(), model).isEmpty()) {
        throw Refusal.field(
                "budget",
                ("budget cannot be kept: what %s of %s costs is not known. Put it into a price"
                        + " table and name that in FRAMEWISE_PRICES, or leave budget out")
                    .formatted(model, backend.name()))
            .asException();
      }
    }
  }

  private static ClipBackend clips(String field, Backend backend) {
    return switch (backend) {
      case ClipBackend clips -> clips;
      case StreamBackend stream ->
          throw Refusal.field(
                  field,
                  ("%s is \"%s\", which takes the whole stream, but must be one that is asked clip"
                          + " by clip%s")
                      .formatted(
                          field,
                          stream.name(),
                          field.equals("fallback")
                              ? ""
                              : ": prompts, skip_unchanged and budget need that"))
              .asException();
      default ->
          throw Refusal.of(Code.BACKEND_NOT_CONFIGURED, backend.name() + " cannot be asked.")
              .asException();
    };
  }
}
