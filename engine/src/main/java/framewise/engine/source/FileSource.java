package framewise.engine.source;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import framewise.media.file.VideoReader;
import framewise.media.memory.MemoryExhaustedException;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Source of pictures of a video file. Decodes only as much as needed. */
public final class FileSource implements Source {
  private final VideoReader reader;
  private final NewestPicture newest;
  private boolean ended;

  private FileSource(VideoReader reader, NewestPicture newest) {
    this.reader = reader;
    this.newest = newest;
  }

  /**
   * Opens a file.
   *
   * @param schedule when pictures are due
   * @param newest receives the pictures for viewers
   * @throws framewise.engine.RefusedException when the file is missing or was damaged since its
   *     upload, or there is not enough memory to read it
   */
  public static FileSource open(
      Path file, PictureForm form, Schedule schedule, NewestPicture newest) {
    try {
      VideoReader reader =
          form == PictureForm.CLIP
              ? VideoReader.open(file, form.size(), form.format())
              : VideoReader.open(
                  file,
                  form.size(),
                  form.format(),
                  MediaTime.ofSeconds(schedule.everySeconds() / 2));
      return new FileSource(reader, newest);
    } catch (NotAVideoException | UncheckedIOException e) {
      throw Refusal.of(
              Code.VIDEO_MISSING,
              "Failed to open this session's video: %s".formatted(e.getMessage()))
          .asException();
    } catch (MemoryExhaustedException e) {
      throw Refusal.of(Code.MEMORY_EXHAUSTED, e.sentence()).asException();
    }
  }

  /**
   * Bytes of the {@link framewise.media.memory.NativeMemory} budget in use; 0 once it is closed.
   */
  public long memoryBytes() {
    return reader.memoryBytes();
  }

  /** A picture that is on show at several of the clip's times appears in the clip once. */
  @Override
  public Optional<TimedClip> read(Schedule schedule, long index, Timing timing) {
    long began = timing.nanos();
    List<MediaTime> times = schedule.times(index);
    List<Frame> frames = new ArrayList<>();
    boolean complete = false;
    try {
      for (MediaTime time : times) {
        Optional<Frame> frame = reader.at(time);
        if (frame.isEmpty()) {
          break;
        }
        if (!frames.isEmpty() && frames.getLast().time().equals(frame.get().time())) {
          frame.get().close();
        } else {
          frames.add(frame.get());
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        frames.forEach(Frame::close);
      }
    }
    ended = frames.isEmpty();
    if (ended) {
      return Optional.empty();
    }
    newest.readAhead(frames.getLast());
    var clip = new Clip(index, schedule.start(index), schedule.end(index), frames);
    long shown = timing.nanosOf(times.getLast());
    return Optional.of(new TimedClip(clip, shown, Duration.ofNanos(timing.nanos() - began)));
  }

  @Override
  public Optional<Ending> ending() {
    return ended ? Optional.of(Ending.of(reader.cutOff())) : Optional.empty();
  }

  @Override
  public MediaTime start() {
    return reader.start();
  }

  @Override
  public Optional<MediaTime> duration() {
    return reader.info().duration();
  }

  @Override
  public boolean countsSkipped() {
    return true;
  }

  @Override
  public void close() {
    reader.close();
  }
}
