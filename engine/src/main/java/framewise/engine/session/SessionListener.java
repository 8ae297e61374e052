package framewise.engine.session;

import framewise.engine.RefusedException;
import framewise.engine.money.Attempt;
import framewise.engine.money.Charge;
import framewise.engine.money.SpendingTotal;
import framewise.engine.pipeline.RunListener;
import framewise.engine.result.Event;
import framewise.engine.result.Partial;
import framewise.engine.result.Partials;
import framewise.engine.source.Ending;
import framewise.media.VideoInfo;
import framewise.vision.SentRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records a run's events in the session's log, counters and spending. */
final class SessionListener implements RunListener {
  private final SessionContext context;
  private final SessionState state;
  private final Partials partials;
  private final Consumer<Ending> whenEnded;
  private final Consumer<RefusedException> whenNotStored;

  /**
   * @param whenNotStored called each time an event can't be stored
   */
  SessionListener(
      SessionContext context,
      SessionState state,
      Partials partials,
      Consumer<Ending> whenEnded,
      Consumer<RefusedException> whenNotStored) {
    this.context = context;
    this.state = state;
    this.partials = partials;
    this.whenEnded = whenEnded;
    this.whenNotStored = whenNotStored;
  }

  @Override
  public void began(VideoInfo seen) {
    store(() -> state.began(seen, context.clock().now()));
  }

  @Override
  public void resized(VideoInfo seen) {
    store(() -> state.resized(seen));
  }

  @Override
  public long result(Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts) {
    partials.discard(result.id());
    List<Charge> charges =
        attempts.stream()
            .map(attempt -> context.spending().charge(attempt, state.hasBudget()))
            .toList();
    long seq = 0;
    try {
      seq =
          state.result(
              result.withCost(charges.getLast().cost()),
              charges.stream()
                  .map(Charge::spent)
                  .reduce(SpendingTotal.NOTHING, SpendingTotal::plus),
              handle -> charges.forEach(charge -> context.spending().add(handle, charge)));
    } catch (RefusedException e) {
      notStored(e);
    }
    if (seq > 0) {
      keep(seq, sent);
    }
    return seq;
  }

  @Override
  public boolean wantsPartial() {
    return partials.wanted();
  }

  @Override
  public void partial(Partial partial) {
    partials.publish(partial);
  }

  @Override
  public void dropped(long clips, Optional<Event.StatusChanged> report) {
    context.streams().totals().addDropped(clips);
    store(() -> state.dropped(clips, report));
  }

  @Override
  public void unchanged(long clips, Event.Unchanged report) {
    context.streams().totals().addUnchanged(clips);
    store(() -> state.unchanged(clips, report));
  }

  @Override
  public void noticed(String sentence) {
    store(() -> state.noticed(sentence));
  }

  @Override
  public void ended(Ending ending) {
    whenEnded.accept(ending);
  }

  private void keep(long seq, Optional<SentRequest> sent) {
    sent.ifPresent(request -> context.evidence().keep(state.id(), seq, request));
  }

  private void store(Runnable change) {
    try {
      change.run();
    } catch (RefusedException e) {
      notStored(e);
    }
  }

  private void notStored(RefusedException e) {
    if (!e.refusal().isStorage()) {
      throw e;
    }
    whenNotStored.accept(e);
  }
}
