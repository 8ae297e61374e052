package framewise.engine.lookback;

import framewise.engine.files.StoredFile;
import framewise.engine.keep.Footage;
import framewise.engine.pipeline.Run;
import framewise.engine.source.FileSource;
import framewise.engine.source.NewestPicture;
import framewise.engine.source.PictureForm;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Opens chosen clips of a file, or of kept pictures, for a run. Safe for any number of threads. */
public final class PastPictures implements Run.OpenedVideo {
  private final Optional<StoredFile> file;
  private final Footage footage;
  private final ClipTimes times;
  private final boolean everyClip;
  private final NewestPicture unseen;
  private final AtomicReference<@Nullable FileSource> opened = new AtomicReference<>();

  /**
   * @param file the video; empty for the kept pictures of live video
   * @param footage the kept pictures; not used with a file
   * @param everyClip whether clips without a new kept picture are asked about too
   */
  public PastPictures(
      Optional<StoredFile> file,
      Footage footage,
      ClipTimes times,
      boolean everyClip,
      WallClock clock) {
    this.file = file;
    this.footage = footage;
    this.times = times;
    this.everyClip = everyClip;
    this.unseen = new NewestPicture(clock);
  }

  @Override
  public double fps(double wanted) {
    return wanted;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public Source open(PictureForm form, Schedule schedule) {
    return new ChosenClips(
        file.<Source>map(video -> open(video.path(), form, schedule))
            .orElseGet(() -> new KeptSource(footage, everyClip)),
        times);
  }

  private FileSource open(Path path, PictureForm form, Schedule schedule) {
    FileSource source = FileSource.open(path, form, schedule, unseen);
    opened.set(source);
    return source;
  }

  @Override
  public long memoryBytes() {
    FileSource source = opened.get();
    return source == null ? 0 : source.memoryBytes();
  }

  @Override
  public void close() {
    unseen.end();
  }
}
