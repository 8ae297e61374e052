package framewise.engine.pipeline;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.backend.Candidates;
import framewise.engine.backend.RequestPermit;
import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.settings.PromptSettings;
import framewise.engine.source.TimedClip;
import framewise.media.picture.Clip;
import framewise.time.WallClock;
import framewise.vision.SentRequest;
import framewise.vision.tool.CalledTools;
import framewise.vision.tool.ToolUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Asks a one-off question by the same rules as a session's questions: in turn, with a retry where
 * that may help, and not while the back end is paused after errors or would exceed a budget.
 */
public final class SingleAsk {
  /** Number of attempts to get a turn: the back end may be paused while the question waits. */
  private static final int ROUNDS = 3;

  /**
   * Result of a question, with its evidence.
   *
   * @param sent what was sent to a service; empty where nothing left this process
   * @param attempts the requests, for accounting
   * @param called the tool calls made instead of an answer
   * @param refusedWith the HTTP status of the service's refusal; empty where it did not refuse
   * @param whenBooked to be called once the cost is booked, or certain not to be
   */
  public record SingleAnswer(
      Event.Result result,
      Optional<SentRequest> sent,
      List<Attempt> attempts,
      Optional<CalledTools> called,
      OptionalInt refusedWith,
      Runnable whenBooked) {
    public SingleAnswer {
      attempts = List.copyOf(attempts);
    }
  }

  private SingleAsk() {}

  /**
   * Waits for a turn, then for the answer.
   *
   * @param plan of one prompt
   * @param tools that the model may call
   * @param pictures supplies the pictures once it is the question's turn; closed here
   * @param listener receives partial answers
   * @throws framewise.engine.RefusedException when no back end takes requests now, or it only takes
   *     whole streams
   */
  public static SingleAnswer ask(
      Plan plan,
      Optional<ToolUse> tools,
      Supplier<Clip> pictures,
      RunListener listener,
      WallClock clock)
      throws InterruptedException {
    PromptSettings prompt = plan.settings().first();
    Candidates candidates =
        plan.answers()
            .getFirst()
            .candidates()
            .orElseThrow(
                () ->
                    Refusal.field(
                            "model",
                            ("model belongs to \"%s\", which answers about whole streams:"
                                    + " choose a model that answers about single pictures")
                                .formatted(prompt.backend().orElse("")))
                        .asException());
    RequestPermit permit = permit(candidates);
    Ask ask;
    boolean ready = false;
    try {
      var clip = new TimedClip(pictures.get(), clock.nanos(), Duration.ZERO);
      ask =
          new Ask(
              clip,
              prompt,
              tools,
              true,
              permit,
              candidates.wanted().name(),
              candidates::again,
              listener,
              clock);
      ready = true;
    } finally {
      if (!ready) {
        permit.unused();
      }
    }
    ask.begin();
    try {
      Event.Result result = ask.await();
      return new SingleAnswer(
          result, ask.sent(), ask.attempts(), ask.calledTools(), ask.refusedWith(), ask::booked);
    } catch (CancellationException stopped) {
      throw new InterruptedException("the client no longer waits for the answer");
    } catch (InterruptedException e) {
      ask.abandon();
      throw e;
    }
  }

  private static RequestPermit permit(Candidates candidates) throws InterruptedException {
    List<String> why = new ArrayList<>();
    for (int round = 0; round < ROUNDS && why.isEmpty(); round++) {
      Optional<RequestPermit> permit = candidates.next(why::add);
      if (permit.isPresent()) {
        return permit.get();
      }
    }
    throw Refusal.of(
            Code.BACKEND_PAUSED,
            (why.isEmpty() ? candidates.wanted().name() + " is failing" : why.getFirst()) + ".")
        .asException();
  }
}
