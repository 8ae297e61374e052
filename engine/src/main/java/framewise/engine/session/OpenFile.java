package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.pipeline.Run;
import framewise.engine.source.FileSource;
import framewise.engine.source.NewestPicture;
import framewise.engine.source.PictureForm;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.media.MemoryExhaustedException;
import framewise.media.NotAVideoException;
import framewise.media.VideoInfo;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a run plays.
 *
 * @param newest shows its pictures to people who watch, and ends with this
 */
record OpenFile(Path path, VideoInfo info, NewestPicture newest) implements Run.Pictures {
  @Override
  public double fps(double wanted) {
    return info.fps() > 0 ? Math.min(wanted, info.fps()) : wanted;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public Source open(PictureForm form, Schedule schedule) {
    if (!Files.exists(path)) {
      throw SessionRefusals.videoMissing();
    }
    try {
      return FileSource.open(path, info, form, schedule, newest);
    } catch (NotAVideoException | UncheckedIOException e) {
      throw Refusal.of(
              Code.VIDEO_MISSING,
              "This session's video can't be opened any more: %s".formatted(e.getMessage()))
          .asException();
    } catch (MemoryExhaustedException e) {
      throw Refusal.of(Code.MEMORY_EXHAUSTED, e.sentence()).asException();
    }
  }

  @Override
  public void close() {
    newest.end();
  }
}
