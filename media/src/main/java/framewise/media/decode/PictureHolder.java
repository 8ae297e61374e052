package framewise.media.decode;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** A reusable holder of one decoded picture and its time, in the stream's units. */
public final class PictureHolder implements AutoCloseable {
  private final AVFrame frame = avutil.av_frame_alloc();
  private long time;
  private boolean present;

  /** Moves a picture in and releases the previous one. */
  public void take(AVFrame from, long time) {
    avutil.av_frame_unref(frame);
    avutil.av_frame_move_ref(frame, from);
    this.time = time;
    this.present = true;
  }

  /** Releases the picture. */
  public void drop() {
    avutil.av_frame_unref(frame);
    present = false;
  }

  /** Whether it holds a picture. */
  public boolean isPresent() {
    return present;
  }

  /** The picture, which stays the holder's. */
  public AVFrame frame() {
    return frame;
  }

  /** The picture's time, in the stream's units. */
  public long time() {
    return time;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }
}
