package framewise.engine.pipeline;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.WallClock;
import framewise.engine.backend.Candidates;
import framewise.engine.backend.RequestPermit;
import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.source.TimedClip;
import framewise.media.Clip;
import framewise.vision.SentRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Asks one question once, by the same way as the questions of sessions: in its turn, with a second
 * try where that may help, and not at all while the back end is in trouble or costs too much.
 */
public final class SingleAsk {
  /** A back end that comes into trouble while its turn is waited for is looked at again. */
  private static final int ROUNDS = 3;

  /**
   * What came back.
   *
   * @param sent what a service was sent; empty where nothing left this process
   * @param attempts who was asked, for the books
   */
  public record Reply(Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts) {
    public Reply {
      attempts = List.copyOf(attempts);
    }
  }

  private SingleAsk() {}

  /**
   * Waits for a turn, and then for the answer.
   *
   * @param plan of one prompt
   * @param pictures made once there is a turn; closed here
   * @param listener hears the answer being written
   * @throws framewise.engine.RefusedException when nobody may be asked now, or the back end takes
   *     whole streams only
   */
  public static Reply ask(Plan plan, Supplier<Clip> pictures, RunListener listener, WallClock clock)
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
                            "model is one of \"%s\", which takes whole streams: choose a model that answers about single pictures"
                                .formatted(prompt.backend().orElse("")))
                        .asException());
    RequestPermit permit = permit(candidates);
    Ask ask;
    boolean ready = false;
    try {
      var clip = new TimedClip(pictures.get(), clock.nanos(), Duration.ZERO);
      ask =
          new Ask(
              clip, prompt, permit, candidates.wanted().name(), candidates::again, listener, clock);
      ready = true;
    } finally {
      if (!ready) {
        permit.unused();
      }
    }
    ask.begin();
    try {
      Event.Result result = ask.await();
      return new Reply(result, ask.sent(), ask.attempts());
    } catch (CancellationException stopped) {
      throw new InterruptedException("nobody waits for the answer");
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
            (why.isEmpty() ? candidates.wanted().name() + " is in trouble" : why.getFirst()) + ".")
        .asException();
  }
}
