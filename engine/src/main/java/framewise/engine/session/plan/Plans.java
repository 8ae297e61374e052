package framewise.engine.session.plan;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.backend.Allowance;
import framewise.engine.backend.BackendGate;
import framewise.engine.backend.Candidates;
import framewise.engine.money.BudgetAccount;
import framewise.engine.money.Dollars;
import framewise.engine.money.RequestSize;
import framewise.engine.money.Reservation;
import framewise.engine.money.Spending;
import framewise.engine.pipeline.Plan;
import framewise.engine.settings.Pace;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.time.WallClock;
import framewise.vision.Backend;
import framewise.vision.ClipBackend;
import framewise.vision.StreamBackend;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses the back ends that answer a session's prompts. Safe for any number of threads. */
public final class Plans {
  /** Width of a typical picture, for estimates. */
  private static final int TYPICAL_WIDTH = 1_280;

  private static final int TYPICAL_HEIGHT = 720;

  private final Streams streams;
  private final Spending spending;
  private final WallClock clock;

  public Plans(Streams streams, Spending spending, WallClock clock) {
    this.streams = streams;
    this.spending = spending;
    this.clock = clock;
  }

  /**
   * Chooses the back ends.
   *
   * @param spent account of the session, checked before each question
   * @throws framewise.engine.RefusedException when a named back end is unknown or not ready, or
   *     cannot do what the settings require
   */
  public Plan of(StreamSettings asked, BudgetAccount spent) {
    List<Backend> wanted = new ArrayList<>();
    List<PromptSettings> prompts = new ArrayList<>();
    for (PromptSettings prompt : asked.prompts()) {
      Backend backend = streams.backendFor("backend", prompt.backend(), asked.asksClips());
      wanted.add(backend);
      prompts.add(prompt.withBackend(Optional.of(backend.name())));
    }
    List<ClipBackend> fallback = new ArrayList<>();
    for (String name : asked.fallback()) {
      fallback.add(clips(streams.backendFor("fallback", Optional.of(name), true)));
    }
    List<Plan.Answering> answers = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      PromptSettings prompt = prompts.get(i);
      answers.add(
          switch (wanted.get(i)) {
            case StreamBackend stream -> streamAnswering(asked, prompt, stream, fallback, spent);
            case ClipBackend first -> clipAnswering(asked, prompt, first, fallback, spent);
            default ->
                throw Refusal.of(
                        Code.BACKEND_NOT_CONFIGURED, prompt.backend() + " cannot answer questions.")
                    .asException();
          });
    }
    if (asked.skipUnchanged().isPresent()
        && answers.stream().allMatch(answer -> answer.candidates().isEmpty())) {
      throw Refusal.field(
              "skip_unchanged",
              ("skip_unchanged has no effect on \"%s\", which gets the whole stream and"
                      + " chooses what to answer: leave it out, or add a fallback that answers"
                      + " about clips")
                  .formatted(wanted.getFirst().name()))
          .asException();
    }
    return new Plan(asked.withPrompts(prompts), answers);
  }

  /** A prompt that is asked clip by clip. */
  private Plan.Answering clipAnswering(
      StreamSettings asked,
      PromptSettings prompt,
      ClipBackend first,
      List<ClipBackend> fallback,
      BudgetAccount spent) {
    if (prompt.language().isPresent() && !first.capabilities().contains("language")) {
      throw Refusal.field(
              "language",
              ("language has no effect on \"%s\": leave it out, or name a back end that has"
                      + " language among its capabilities")
                  .formatted(first.name()))
          .asException();
    }
    List<ClipBackend> all = new ArrayList<>(List.of(first));
    fallback.stream().filter(other -> !other.name().equals(first.name())).forEach(all::add);
    if (asked.budget().isPresent()) {
      all.forEach(backend -> requirePrice(prompt, backend));
    }
    return new Plan.Answering(
        Optional.empty(), Optional.of(candidates(prompt, all, asked.budget(), spent)));
  }

  /**
   * A prompt for a service that takes the stream, and for the fallbacks while the stream is down.
   */
  private Plan.Answering streamAnswering(
      StreamSettings asked,
      PromptSettings prompt,
      StreamBackend stream,
      List<ClipBackend> fallback,
      BudgetAccount spent) {
    if (asked.pace() == Pace.FAST) {
      throw Refusal.field(
              "pace",
              "pace is \"fast\" but must be realtime for %s, which gets the video as a live stream"
                  .formatted(stream.name()))
          .asException();
    }
    if (!stream.capabilities().contains("language")) {
      requirePromptOnly("system", prompt.system(), stream);
      requirePromptOnly("language", prompt.language(), stream);
    }
    PromptSettings theirs = prompt.toAnother();
    if (asked.budget().isPresent()) {
      requirePrice(prompt, stream);
      fallback.forEach(backend -> requirePrice(theirs, backend));
    }
    Optional<Candidates> others =
        fallback.isEmpty()
            ? Optional.empty()
            : Optional.of(candidates(theirs, fallback, asked.budget(), spent));
    return new Plan.Answering(
        Optional.of(
            new Plan.Streaming(stream, () -> tooDear(prompt, stream, asked.budget(), spent))),
        others);
  }

  private static void requirePromptOnly(
      String field, Optional<String> value, StreamBackend stream) {
    if (value.isPresent()) {
      throw Refusal.field(
              field,
              "%s cannot be sent to \"%s\", whose API accepts only a prompt: put it into the prompt"
                  .formatted(field, stream.name()))
          .asException();
    }
  }

  private Candidates candidates(
      PromptSettings prompt,
      List<ClipBackend> backends,
      Optional<BigDecimal> budget,
      BudgetAccount spent) {
    List<BackendGate> gates = backends.stream().map(streams::gateOf).toList();
    var allowance =
        new Allowance() {
          @Override
          public Optional<String> refusal(ClipBackend backend) {
            return tooDear(prompt, backend, budget, spent);
          }

          @Override
          public Optional<Reservation> reserve(ClipBackend backend) {
            return setAside(prompt, backend, budget, spent);
          }
        };
    return new Candidates(gates, allowance, clock);
  }

  /** Reserves the estimated cost of a question; empty where a budget does not allow it now. */
  private Optional<Reservation> setAside(
      PromptSettings prompt,
      ClipBackend backend,
      Optional<BigDecimal> budget,
      BudgetAccount spent) {
    String model = prompt.modelOf(backend).orElse("");
    if (spending.isFree(backend, model)) {
      return Optional.of(Reservation.NONE);
    }
    long pixels =
        backend.pictureSize(prompt.prompt().text()).fit(TYPICAL_WIDTH, TYPICAL_HEIGHT).pixels();
    var size = new RequestSize(pixels, prompt.characters(), prompt.maxOutputTokens());
    BigDecimal amount = spending.expected(backend, model, size);
    Optional<Reservation> own = spent.reserve(amount, budget);
    if (own.isEmpty()) {
      return own;
    }
    Optional<Reservation> days = spending.reserve(amount);
    if (days.isEmpty()) {
      own.get().close();
      return days;
    }
    return Optional.of(
        () -> {
          own.get().close();
          days.get().close();
        });
  }

  /** Why a back end would exceed a budget, phrased to follow its name; empty where it would not. */
  private Optional<String> tooDear(
      PromptSettings prompt, Backend backend, Optional<BigDecimal> budget, BudgetAccount spent) {
    if (spending.isFree(backend, prompt.modelOf(backend).orElse(""))) {
      return Optional.empty();
    }
    return budget
        .filter(dollars -> spent.spent().compareTo(dollars) >= 0)
        .map(dollars -> overBudget(dollars, spent.spent()))
        .or(spending::refusal);
  }

  private static String overBudget(BigDecimal budget, BigDecimal spent) {
    return "is stopped: the budget of $%s is used up ($%s)"
        .formatted(budget.toPlainString(), Dollars.shown(spent));
  }

  /** Refuses a budget for a back end whose prices are unknown, because it couldn't be enforced. */
  private void requirePrice(PromptSettings prompt, Backend backend) {
    String model = prompt.modelOf(backend).orElse("");
    boolean here = backend instanceof ClipBackend clips && !clips.isRemote();
    if (!here && spending.prices().of(backend.name(), model).isEmpty()) {
      throw Refusal.field(
              "budget",
              ("budget needs the price of %s of %s, which is unknown: add it to a price"
                      + " table for FRAMEWISE_PRICES, or leave budget out")
                  .formatted(model, backend.name()))
          .asException();
    }
  }

  private static ClipBackend clips(Backend backend) {
    if (backend instanceof ClipBackend clips) {
      return clips;
    }
    throw Refusal.field(
            "fallback",
            ("fallback is \"%s\", which gets the whole stream, but must be a back end that"
                    + " answers about clips")
                .formatted(backend.name()))
        .asException();
  }
}
