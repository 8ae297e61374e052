package framewise.engine.session.video;

import framewise.engine.pipeline.Run;
import framewise.engine.source.FileSource;
import framewise.engine.source.NewestPicture;
import framewise.engine.source.PictureForm;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.media.VideoInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A file that a run plays. Safe for any number of threads. */
final class OpenFile implements Run.Pictures {
  private final Path path;
  private final VideoInfo info;
  private final NewestPicture newest;

  /** One source for each form of pictures, and replaced ones until they are closed. */
  private final List<FileSource> opened = new CopyOnWriteArrayList<>();

  /**
   * @param newest shows its pictures to viewers; closed with this
   */
  OpenFile(Path path, VideoInfo info, NewestPicture newest) {
    this.path = path;
    this.info = info;
    this.newest = newest;
  }

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
    FileSource source = FileSource.open(path, form, schedule, newest);
    opened.removeIf(before -> before.memoryBytes() == 0);
    opened.add(source);
    return source;
  }

  @Override
  public long memoryBytes() {
    return opened.stream().mapToLong(FileSource::memoryBytes).sum();
  }

  @Override
  public void close() {
    newest.end();
  }
}
