package framewise.media.picture;

import framewise.media.MediaTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of one sampling window, oldest first. Owns its frames: closing it frees each of them.
 * Until then any number of threads may read it.
 */
public final class Clip implements AutoCloseable {
  private record Encoding(FrameSize size, int quality) {}

  private final long index;
  private final MediaTime start;
  private final MediaTime end;
  private final List<Frame> frames;
  private final Map<Encoding, List<EncodedPicture>> encoded = new HashMap<>();

  /**
   * @param index the window's number since the video's start, from 0
   * @param start when the window opens, on the video's clock
   * @param end when the window closes; after {@code start}
   * @param frames at least one, in the order of their times
   */
  public Clip(long index, MediaTime start, MediaTime end, List<Frame> frames) {
    this.index = index;
    this.start = start;
    this.end = end;
    this.frames = List.copyOf(frames);
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("a clip holds at least one frame");
    }
  }

  private Clip() {
    this.index = 0;
    this.start = MediaTime.ZERO;
    this.end = new MediaTime(1);
    this.frames = List.of();
  }

  /** One without frames, for a question in words alone. */
  public static Clip withoutPictures() {
    return new Clip();
  }

  /** The window's number since the video's start, from 0. */
  public long index() {
    return index;
  }

  /** When the window opens, on the video's clock. */
  public MediaTime start() {
    return start;
  }

  /** When the window closes, on the video's clock. */
  public MediaTime end() {
    return end;
  }

  /** In the order of their times; none only where a question is one in words alone. */
  public List<Frame> frames() {
    return frames;
  }

  /** The newest frame, used for prompts about a single picture. */
  public Frame newest() {
    return frames.getLast();
  }

  /**
   * All frames as JPEG, none larger than the given size. Each size and quality is encoded once,
   * however many prompts use the clip.
   *
   * @param quality 1 (smallest) to 100 (best)
   */
  public synchronized List<EncodedPicture> jpegs(FrameSize size, int quality) {
    return encoded.computeIfAbsent(
        new Encoding(size, quality),
        wanted -> frames.stream().map(frame -> frame.jpeg(size, quality)).toList());
  }

  @Override
  public void close() {
    frames.forEach(Frame::close);
  }
}
