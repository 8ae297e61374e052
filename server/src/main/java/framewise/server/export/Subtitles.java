package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import framewise.media.MediaTime;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Answers as subtitles: each is on show from its clip's start to the start of the next clip that
 * was asked about; the last as long as the one before it, and at least until its clip ends. A
 * failure leaves a gap. A video that was looped is told once.
 */
final class Subtitles implements ResultFormat {
  private final CueStyle style;
  private @Nullable Answered waiting;
  private MediaTime lastLength = MediaTime.ZERO;
  private long number;
  private boolean looped;

  Subtitles(CueStyle style) {
    this.style = style;
  }

  @Override
  public void begin(Writer out) throws IOException {
    out.write(style.header());
  }

  @Override
  public void write(Writer out, LoggedEvent result) throws IOException {
    Answered next = Answered.of(result);
    Answered shown = waiting;
    if (shown != null && !next.start().isAfter(shown.start())) {
      looped = true;
    }
    if (looped) {
      return;
    }
    if (shown != null) {
      lastLength = next.start().minus(shown.start());
      cue(out, shown, next.start());
    }
    waiting = next;
  }

  @Override
  public void end(Writer out) throws IOException {
    Answered last = waiting;
    if (last != null) {
      MediaTime asBefore = last.start().plus(lastLength);
      cue(out, last, asBefore.isAfter(last.end()) ? asBefore : last.end());
    }
  }

  private void cue(Writer out, Answered answer, MediaTime end) throws IOException {
    if (answer.ok() && !answer.text().isBlank()) {
      number++;
      out.write(style.cue(number, answer.start(), end, answer.text()));
    }
  }
}
