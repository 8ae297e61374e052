package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import framewise.media.MediaTime;
import java.util.Iterator;
import java.util.Optional;

/**
 * The cues of one prompt, in order of their start: each answer is on show from its clip's start to
 * the start of the next clip that was asked about; the last as long as the one before it, and at
 * least until its clip ends. A failure leaves a gap. A video that was looped is told once.
 */
final class PromptCues {
  private final Iterator<LoggedEvent> results;
  private Optional<Answered> waiting;
  private MediaTime lastLength = MediaTime.ZERO;

  PromptCues(Iterator<LoggedEvent> results) {
    this.results = results;
    this.waiting = read();
  }

  /** The next one; empty when there is none any more. */
  Optional<Cue> next() {
    while (waiting.isPresent()) {
      Answered shown = waiting.get();
      waiting = read().filter(next -> next.start().isAfter(shown.start()));
      waiting.ifPresent(next -> lastLength = next.start().minus(shown.start()));
      if (shown.ok() && !shown.text().isBlank()) {
        MediaTime end = waiting.map(Answered::start).orElseGet(() -> endOfLast(shown));
        return Optional.of(new Cue(shown.name(), shown.start(), end, shown.text()));
      }
    }
    return Optional.empty();
  }

  private MediaTime endOfLast(Answered last) {
    MediaTime asBefore = last.start().plus(lastLength);
    return asBefore.isAfter(last.end()) ? asBefore : last.end();
  }

  private Optional<Answered> read() {
    return results.hasNext() ? Optional.of(Answered.of(results.next())) : Optional.empty();
  }
}
