package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import framewise.media.MediaTime;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Answers of all prompts as subtitles, ordered by start. */
final class Subtitles implements ResultFormat {
  private final CueStyle style;
  private final PriorityQueue<Next> next =
      new PriorityQueue<>(
          Comparator.<Next, MediaTime>comparing(head -> head.cue().start())
              .thenComparingInt(Next::prompt));

  /** A prompt's next cue, and the source of those after it. */
  private record Next(int prompt, Cue cue, PromptCues others) {}

  Subtitles(CueStyle style) {
    this.style = style;
  }

  @Override
  public void write(Writer out, StoredResults results) throws IOException {
    out.write(style.header());
    int prompt = 0;
    for (Iterator<LoggedEvent> ofPrompt : results.ofEachPrompt()) {
      queue(prompt++, new PromptCues(ofPrompt));
    }
    long number = 0;
    for (Optional<Next> first = poll(); first.isPresent(); first = poll()) {
      number++;
      out.write(style.cue(number, first.get().cue()));
      queue(first.get().prompt(), first.get().others());
    }
  }

  private Optional<Next> poll() {
    return Optional.ofNullable(next.poll());
  }

  private void queue(int prompt, PromptCues cues) {
    cues.next().ifPresent(cue -> next.add(new Next(prompt, cue, cues)));
  }
}
