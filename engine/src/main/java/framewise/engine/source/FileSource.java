package framewise.engine.source;

import framewise.media.Clip;
import framewise.media.Frame;
import framewise.media.FrameSize;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import framewise.media.PixelFormat;
import framewise.media.Sampling;
import framewise.media.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Clips out of a video file, sampled by the video's own clock. */
public final class FileSource implements ClipSource {
  private final VideoReader reader;

  private FileSource(VideoReader reader) {
    this.reader = reader;
  }

  /**
   * Opens a file.
   *
   * @throws NotAVideoException when the file is gone or was damaged since it was uploaded
   */
  public static FileSource open(Path file, FrameSize size) throws NotAVideoException {
    return new FileSource(VideoReader.open(file, size, PixelFormat.BGR24));
  }

  /** A picture that is on show at two of the clip's times is in the clip once. */
  @Override
  public Optional<Clip> read(Sampling sampling, long index) {
    List<Frame> frames = new ArrayList<>();
    boolean complete = false;
    try {
      for (MediaTime time : sampling.frameTimes(index)) {
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
    return frames.isEmpty()
        ? Optional.empty()
        : Optional.of(new Clip(index, sampling.start(index), sampling.end(index), frames));
  }

  @Override
  public Optional<MediaTime> duration() {
    return reader.info().duration();
  }

  @Override
  public void close() {
    reader.close();
  }
}
