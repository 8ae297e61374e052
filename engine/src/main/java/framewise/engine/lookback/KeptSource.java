package framewise.engine.lookback;

import framewise.engine.keep.Footage;
import framewise.engine.keep.Footage.Direction;
import framewise.engine.keep.KeptFrame;
import framewise.engine.source.Ending;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.engine.source.TimedClip;
import framewise.engine.source.Timing;
import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Source of kept pictures: a clip contains the picture on show at each of its times. A clip without
 * a picture newer than the previous clip is skipped, as in live video. Used by one thread.
 */
final class KeptSource implements Source {
  /** A picture counts as on show for at most this many intervals of the kept pictures. */
  private static final double INTERVALS = 2.5;

  private static final double MIN_SECONDS = 1;

  private final Footage footage;
  private final MediaTime tolerance;
  private final boolean everyClip;
  private long newest = -1;

  /**
   * @param everyClip whether clips without a new picture are read too
   */
  KeptSource(Footage footage, boolean everyClip) {
    this.footage = footage;
    this.everyClip = everyClip;
    double fps = footage.extent().recentFps().orElse(1);
    this.tolerance = MediaTime.ofSeconds(Math.max(MIN_SECONDS, INTERVALS / fps));
  }

  @Override
  public Optional<TimedClip> read(Schedule schedule, long index, Timing timing)
      throws InterruptedException {
    long began = timing.nanos();
    List<KeptFrame> chosen = new ArrayList<>();
    for (MediaTime time : schedule.times(index)) {
      footage
          .near(time, tolerance, Direction.BACKWARD)
          .or(() -> footage.near(time, tolerance, Direction.FORWARD))
          .filter(frame -> chosen.isEmpty() || chosen.getLast().index() < frame.index())
          .ifPresent(chosen::add);
    }
    if (chosen.isEmpty() || (!everyClip && chosen.getLast().index() <= newest)) {
      return Optional.empty();
    }
    newest = chosen.getLast().index();
    List<Frame> frames = decoded(footage.pictures(chosen));
    if (frames.isEmpty()) {
      return Optional.empty(); // evicted in the meantime
    }
    var clip = new Clip(index, schedule.start(index), schedule.end(index), frames);
    long now = timing.nanos();
    return Optional.of(new TimedClip(clip, now, Duration.ofNanos(now - began)));
  }

  private static List<Frame> decoded(List<EncodedPicture> pictures) {
    List<Frame> frames = new ArrayList<>();
    boolean whole = false;
    try {
      for (EncodedPicture picture : pictures) {
        decoded(picture).ifPresent(image -> frames.add(Frame.of(image, picture.time())));
      }
      whole = true;
      return frames;
    } finally {
      if (!whole) {
        frames.forEach(Frame::close);
      }
    }
  }

  /** Decodes a picture; empty if the file is damaged. */
  private static Optional<BufferedImage> decoded(EncodedPicture picture) {
    try {
      // Closed by its reader.
      var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture.jpeg()));
      return Optional.ofNullable(ImageIO.read(in));
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Ending> ending() {
    return Optional.empty();
  }

  @Override
  public boolean countsSkipped() {
    return false;
  }

  @Override
  public void close() {}
}
