package framewise.engine.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SlotPool;
import framewise.engine.money.BudgetAccount;
import framewise.engine.money.Charge;
import framewise.engine.money.SpendingTotal;
import framewise.engine.pipeline.AnswerProgress;
import framewise.engine.pipeline.Inquiry;
import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.SingleAsk;
import framewise.engine.result.Event;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.vision.ModelName;
import framewise.vision.SentRequest;
import framewise.vision.tool.CalledTools;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One-off questions about chosen pictures, from the v1beta API and from agents. The back ends of
 * sessions answer them in turn; costs are counted and budgets apply. The answer becomes a result,
 * with its evidence, in the log of the session that the pictures come from. Safe for any number of
 * threads.
 */
public final class Inquiries {
  /** Maximum number of questions that wait or are in flight. Each holds its pictures in memory. */
  public static final int MAX_COUNT = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Inquiries.class);

  private final SessionContext context;
  private final SlotPool places = new SlotPool(MAX_COUNT);

  Inquiries(SessionContext context) {
    this.context = context;
  }

  /**
   * An answer or a failure.
   *
   * @param seq number of the result in the session's log; 0 if it is in no log
   * @param called the tool calls made instead of an answer
   * @param refusedWith the HTTP status of the service's refusal; empty where it did not refuse
   */
  public record InquiryResult(
      Event.Result result, long seq, Optional<CalledTools> called, OptionalInt refusedWith) {}

  /**
   * Asks and waits for the answer.
   *
   * @param about the session that the pictures come from; empty for pictures from elsewhere
   * @param progress receives partial answers; empty where they are not wanted
   * @throws RefusedException when too many questions are in flight, no back end can answer or takes
   *     requests now, or the budget is spent
   */
  public InquiryResult ask(
      Optional<Session> about, Inquiry inquiry, Optional<AnswerProgress> progress)
      throws InterruptedException {
    if (inquiry.prompt().model().filter(Predicate.not(ModelName::isSound)).isPresent()) {
      // Checked because some services have the model in the path of a URL.
      throw Refusal.field("model", "model must have %s".formatted(ModelName.RULE)).asException();
    }
    try (SlotPool.Slot _ =
        places.take(inquiry.holder()).orElseThrow(() -> tooMany(inquiry.holder()))) {
      Optional<BigDecimal> budget =
          about.flatMap(session -> session.view().settings()).flatMap(StreamSettings::budget);
      var settings =
          StreamSettings.NO_QUESTION.withPrompts(List.of(inquiry.prompt())).withBudget(budget);
      BudgetAccount purse =
          about.map(Session::purse).orElseGet(() -> new BudgetAccount(() -> BigDecimal.ZERO));
      Plan plan = context.plans().of(settings, purse).by(inquiry.holder());
      SingleAsk.SingleAnswer reply = reply(plan, purse, about, inquiry, progress);
      try {
        return record(about, inquiry, reply, budget.isPresent());
      } finally {
        reply.whenBooked().run();
      }
    }
  }

  /** Maximum number of questions of a holder that wait or are in flight. */
  public int maxPerHolder(String holder) {
    return places.maxPerHolder(holder);
  }

  private RefusedException tooMany(String holder) {
    return Refusal.of(
            Code.TOO_MANY_QUESTIONS,
            places.isUsedUp(holder)
                ? "%d of your questions are being answered, which is the limit of one account or key. Try again in a moment."
                    .formatted(maxPerHolder(holder))
                : "%d questions are being answered, which is the limit. Try again in a moment."
                    .formatted(MAX_COUNT))
        .asException();
  }

  private SingleAsk.SingleAnswer reply(
      Plan plan,
      BudgetAccount purse,
      Optional<Session> about,
      Inquiry inquiry,
      Optional<AnswerProgress> progress)
      throws InterruptedException {
    requireMoney(plan.settings(), purse);
    try {
      return SingleAsk.ask(
          plan,
          inquiry.tools(),
          () -> PictureClip.of(inquiry.pictures()),
          new InquiryListener(about, progress),
          context.clock());
    } catch (RefusedException e) {
      if (e.refusal().code() == Code.BACKEND_PAUSED) {
        requireMoney(plan.settings(), purse); // others may have spent it in the meantime
      }
      throw e;
    }
  }

  private InquiryResult record(
      Optional<Session> about, Inquiry inquiry, SingleAsk.SingleAnswer reply, boolean hasBudget) {
    List<Charge> charges =
        reply.attempts().stream()
            .map(attempt -> context.spending().charge(attempt, hasBudget))
            .toList();
    Event.Result result =
        charges.isEmpty() ? reply.result() : reply.result().withCost(charges.getLast().cost());
    long seq = 0;
    try {
      if (about.isPresent()) {
        seq =
            about
                .get()
                .record(
                    result,
                    charges.stream()
                        .map(Charge::spent)
                        .reduce(SpendingTotal.NOTHING, SpendingTotal::plus),
                    handle -> charges.forEach(charge -> context.spending().add(handle, charge)));
      }
      if (seq == 0) { // pictures of no session, or the session was deleted in the meantime
        context
            .database()
            .write(handle -> charges.forEach(charge -> context.spending().add(handle, charge)));
      }
    } catch (RefusedException e) {
      if (!e.refusal().isStorage()) {
        throw e;
      }
      LOG.warn("failed to store an answer: {}", e.getMessage()); // return it: it was paid for
    }
    if (seq > 0 && !inquiry.pictures().isEmpty()) {
      keep(about.orElseThrow(), seq, reply.sent(), result, inquiry);
    }
    return new InquiryResult(result, seq, reply.called(), reply.refusedWith());
  }

  private void keep(
      Session about, long seq, Optional<SentRequest> sent, Event.Result result, Inquiry inquiry) {
    sent.or(() -> inquiry.kept() ? Optional.of(shown(result, inquiry)) : Optional.empty())
        .ifPresent(request -> context.evidence().keep(about.id(), seq, request));
  }

  /**
   * Evidence for a back end in this process: nothing was sent, but the pictures will be evicted
   * soon.
   */
  private static SentRequest shown(Event.Result result, Inquiry inquiry) {
    String request =
        JsonNodeFactory.instance
            .objectNode()
            .put("prompt", inquiry.prompt().prompt().text())
            .toString();
    return new SentRequest(result.backend(), inquiry.pictures(), List.of(request));
  }

  private void requireMoney(StreamSettings settings, BudgetAccount purse) {
    PromptSettings prompt = settings.first();
    boolean free =
        prompt
            .backend()
            .flatMap(context.streams().backends()::named)
            .map(backend -> context.spending().isFree(backend, prompt.modelOf(backend).orElse("")))
            .orElse(false);
    if (free) {
      return;
    }
    Optional<String> why =
        settings
            .budget()
            .filter(dollars -> purse.spent().compareTo(dollars) >= 0)
            .map(dollars -> "the budget of $%s is used up".formatted(dollars.toPlainString()))
            .or(context.spending()::refusal);
    if (why.isPresent()) {
      throw Refusal.of(
              Code.BUDGET_SPENT, "%s: %s.".formatted(prompt.backend().orElse(""), why.get()))
          .asException();
    }
  }
}
