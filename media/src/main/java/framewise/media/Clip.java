package framewise.media;

import java.util.List;

/**
 * The frames of one sampling window, oldest first. Owns its frames: closing it frees each of them.
 *
 * @param index the window's number since the video's start, from 0
 * @param start when the window opens, on the video's clock
 * @param end when the window closes; after {@code start}
 * @param frames at least one, in the order of their times
 */
public record Clip(long index, MediaTime start, MediaTime end, List<Frame> frames)
    implements AutoCloseable {
  public Clip {
    frames = List.copyOf(frames);
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("a clip holds at least one frame");
    }
  }

  /** The newest frame: the one a question about a single picture is asked of. */
  public Frame newest() {
    return frames.getLast();
  }

  @Override
  public void close() {
    frames.forEach(Frame::close);
  }
}
