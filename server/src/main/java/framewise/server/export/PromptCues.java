package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import framewise.media.MediaTime;
import java.util.Iterator;
import java.util.Optional;

/**
 * Cues of one prompt, ordered by start. An answer is displayed from its clip's start to the start
 * of the next clip that was asked about; the last one as long as the one before it, and at least
 * until its clip ends. A failure leaves a gap. Only the first round of a looping video is included.
 */
final class PromptCues {
  private final Iterator<LoggedEvent> results;
  private Optional<ExportedAnswer> waiting;
  private MediaTime lastLength = MediaTime.ZERO;

  PromptCues(Iterator<LoggedEvent> results) {
    this.results = results;
    this.waiting = read();
  }

  /** The next cue; empty at the end. */
  Optional<Cue> next() {
    while (waiting.isPresent()) {
      ExportedAnswer shown = waiting.get();
      waiting = read().filter(next -> next.start().isAfter(shown.start()));
      waiting.ifPresent(next -> lastLength = next.start().minus(shown.start()));
      if (shown.ok() && !shown.text().isBlank()) {
        MediaTime end = waiting.map(ExportedAnswer::start).orElseGet(() -> endOfLast(shown));
        return Optional.of(new Cue(shown.name(), shown.start(), end, shown.text()));
      }
    }
    return Optional.empty();
  }

  private MediaTime endOfLast(ExportedAnswer last) {
    MediaTime asBefore = last.start().plus(lastLength);
    return asBefore.isAfter(last.end()) ? asBefore : last.end();
  }

  private Optional<ExportedAnswer> read() {
    return results.hasNext()
        ? Optional.of(ExportedAnswer.of(results.next()).forSubtitle())
        : Optional.empty();
  }
}
