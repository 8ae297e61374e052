package framewise.engine.keep;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.files.StoredFile;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import framewise.media.VideoInfo;
import framewise.media.file.VideoReader;
import framewise.media.memory.MemoryExhaustedException;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All pictures of a file, decoded on demand. They are numbered by the file's average rate; the last
 * one is the newest. Safe for any number of threads.
 */
public final class FileFootage implements Footage {
  private static final FrameSize SIZE = new FrameSize(KeepSettings.DEFAULT.maxSide());
  private static final int QUALITY = 85;

  /**
   * Maximum number of steps back to find the last picture: the rate is an average, so the last
   * picture may be earlier than computed.
   */
  private static final int STEPS_BACK = 5;

  private final StoredFile file;
  private final VideoInfo info;
  private final Instant begin;
  private final double fps;
  private final long count;

  /**
   * @param begin time of the first picture: when the file was uploaded
   */
  public FileFootage(StoredFile file, VideoInfo info, Instant begin) {
    this.file = file;
    this.info = info;
    this.begin = begin;
    this.fps = info.fps() > 0 ? info.fps() : 1;
    double seconds = info.duration().map(MediaTime::seconds).orElse(0.0);
    this.count = Math.max(1, Math.round(seconds * fps));
  }

  @Override
  public Extent extent() {
    if (!file.exists()) {
      return Extent.NONE;
    }
    return new Extent(
        Optional.of(begin),
        Optional.of(numbered(0)),
        Optional.of(numbered(count - 1)),
        count,
        0,
        0,
        OptionalDouble.of(fps));
  }

  @Override
  public Optional<KeptFrame> frame(long index) {
    return index >= 0 && index < count ? Optional.of(numbered(index)) : Optional.empty();
  }

  @Override
  public Optional<KeptFrame> near(MediaTime time, MediaTime tolerance, Direction direction) {
    double exact = time.seconds() * fps;
    double place =
        switch (direction) {
          case NEAREST -> Math.rint(exact);
          case FORWARD -> Math.ceil(exact);
          case BACKWARD -> Math.floor(exact);
        };
    long index = (long) place;
    // Beyond the end, the last picture is the nearest.
    return frame(direction == Direction.FORWARD ? index : Math.min(index, count - 1))
        .filter(frame -> Math.abs(frame.time().micros() - time.micros()) <= tolerance.micros());
  }

  @Override
  public Window window(MediaTime start, MediaTime end, double maxFps, int most) {
    long first = Math.max(0, (long) Math.ceil(start.seconds() * fps));
    long last = Math.min(count - 1, (long) Math.ceil(end.seconds() * fps) - 1);
    if (last < first) {
      return new Window(List.of(), 0);
    }
    double step = Math.max(1, fps / maxFps);
    long found = (long) ((last - first) / step) + 1;
    int taken = (int) Math.min(found, most);
    double stride = taken < found && taken > 1 ? (double) (last - first) / (taken - 1) : step;
    List<KeptFrame> frames = new ArrayList<>();
    for (int i = 0; i < taken; i++) {
      frames.add(numbered(taken == 1 && found > 1 ? last : first + Math.round(i * stride)));
    }
    return new Window(frames, found);
  }

  @Override
  public List<EncodedPicture> pictures(List<KeptFrame> frames) throws InterruptedException {
    List<EncodedPicture> pictures = new ArrayList<>();
    if (!file.exists()) {
      return pictures;
    }
    try (VideoReader reader = VideoReader.open(file.path(), SIZE, PixelFormat.BGR24)) {
      for (KeptFrame frame : frames) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the client no longer waits for the pictures");
        }
        read(reader, frame).ifPresent(pictures::add);
      }
    } catch (NotAVideoException | UncheckedIOException gone) {
      return pictures;
    } catch (MemoryExhaustedException e) {
      throw Refusal.of(Code.MEMORY_EXHAUSTED, e.sentence()).asException();
    }
    return pictures;
  }

  private Optional<EncodedPicture> read(VideoReader reader, KeptFrame frame) {
    for (int step = 0; step < STEPS_BACK; step++) {
      // Seeks to slightly after the start of the picture, because times in files are rounded.
      double seconds = frame.time().seconds() + (0.25 - step) / fps;
      Optional<Frame> found = reader.at(MediaTime.ofSeconds(Math.max(0, seconds)));
      if (found.isPresent()) {
        try (Frame picture = found.get()) {
          EncodedPicture jpeg = picture.jpeg(SIZE, QUALITY);
          return Optional.of(jpeg);
        }
      }
    }
    return Optional.empty();
  }

  private KeptFrame numbered(long index) {
    MediaTime time = MediaTime.ofSeconds(index / fps);
    FrameSize.Dimensions size = SIZE.fit(info.width(), info.height());
    return new KeptFrame(
        index, time, begin.plus(time.toDuration()), size.width(), size.height(), 0);
  }
}
