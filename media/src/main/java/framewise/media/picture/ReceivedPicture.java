package framewise.media.picture;

import framewise.media.MediaTime;
import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Makes upright frames of pictures that were decoded without a container. Thread-safe. */
public final class ReceivedPicture {
  private ReceivedPicture() {}

  /**
   * Makes an upright frame in I420 with a copy of the pixels, in full size.
   *
   * @param clockwise rotation that makes the picture upright: 0, 90, 180 or 270 degrees
   * @param codec FFmpeg's number of its codec
   */
  public static Frame frame(AVFrame picture, int clockwise, int codec, MediaTime time) {
    if (picture.format() == avutil.AV_PIX_FMT_YUV420P) {
      int high = (picture.height() + 1) / 2;
      return new I420Picture(
              picture.width(),
              picture.height(),
              rows(picture, 0, picture.height()),
              rows(picture, 1, high),
              rows(picture, 2, high))
          .toFrame(clockwise, time);
    }
    Colours colours = Colours.of(picture, Colours.UNSPECIFIED, codec);
    try (Scaler scaler = new Scaler()) {
      PictureGeometry shape = PictureGeometry.of(picture, 1, Orientation.clockwise(clockwise));
      return scaler.upright(picture, shape, colours, PixelFormat.I420, time);
    }
  }

  private static I420Picture.Rows rows(AVFrame picture, int plane, int count) {
    int stride = picture.linesize(plane);
    BytePointer samples = picture.data(plane);
    long bytes = (long) stride * count;
    return new I420Picture.Rows(
        MemorySegment.ofAddress(samples.address()).reinterpret(bytes), stride);
  }
}
