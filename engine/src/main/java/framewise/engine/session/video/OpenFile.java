package framewise.engine.session.video;

import framewise.engine.files.StoredFile;
import framewise.engine.pipeline.Run;
import framewise.engine.source.FileSource;
import framewise.engine.source.NewestPicture;
import framewise.engine.source.PictureForm;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.media.VideoInfo;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A file that a run plays. Safe for any number of threads. */
final class OpenFile implements Run.OpenedVideo {
  private final StoredFile file;
  private final VideoInfo info;
  private final NewestPicture newest;
  private final Consumer<String> notices;

  /** One source for each form of pictures, plus replaced ones until they are closed. */
  private final List<FileSource> opened = new CopyOnWriteArrayList<>();

  /**
   * @param newest shows its pictures to viewers; closed with this
   * @param notices receives sentences for viewers
   */
  OpenFile(StoredFile file, VideoInfo info, NewestPicture newest, Consumer<String> notices) {
    this.file = file;
    this.info = info;
    this.newest = newest;
    this.notices = notices;
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
    if (!file.exists()) {
      throw SessionRefusals.videoMissing();
    }
    FileSource source =
        FileSource.open(file.path(new CopyNotices(notices)), form, schedule, newest);
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
