package framewise.engine.session;

import framewise.engine.money.Attempt;
import framewise.engine.pipeline.AnswerProgress;
import framewise.engine.pipeline.RunListener;
import framewise.engine.result.Event;
import framewise.engine.result.Partial;
import framewise.engine.source.Ending;
import framewise.media.VideoInfo;
import framewise.vision.SentRequest;
import framewise.vision.tool.ToolCall;
import java.util.List;
import java.util.Optional;

/** Forwards partial answers to the caller, and their text to viewers of the session. */
final class InquiryListener implements RunListener {
  private final Optional<Session> about;
  private final Optional<AnswerProgress> partial;

  InquiryListener(Optional<Session> about, Optional<AnswerProgress> partial) {
    this.about = about;
    this.partial = partial;
  }

  @Override
  public boolean wantsPartial() {
    return partial.isPresent() || about.filter(session -> session.partials().wanted()).isPresent();
  }

  @Override
  public void partial(Partial written) {
    partial.ifPresent(to -> to.text(written.text()));
    about.ifPresent(session -> session.partials().publish(written));
  }

  @Override
  public void calling(List<ToolCall> calls) {
    partial.ifPresent(to -> to.calls(calls));
  }

  @Override
  public void began(VideoInfo video) {}

  @Override
  public long result(Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts) {
    return 0;
  }

  @Override
  public void dropped(long clips, Optional<Event.StatusChanged> report) {}

  @Override
  public void unchanged(long clips, Event.Unchanged report) {}

  @Override
  public void noticed(String sentence) {}

  @Override
  public void ended(Ending ending) {}
}
