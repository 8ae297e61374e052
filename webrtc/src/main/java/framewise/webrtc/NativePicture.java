package framewise.webrtc;

import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Copies frames into libwebrtc's buffers. */
final class NativePicture {
  private NativePicture() {}

  /** A native copy of an I420 frame, which the caller releases once. */
  static VideoFrame of(Frame frame) {
    int width = frame.width();
    int height = frame.height();
    int wide = (width + 1) / 2;
    int high = (height + 1) / 2;
    long luma = (long) width * height;
    long chroma = (long) wide * high;
    MemorySegment pixels = frame.pixels();
    NativeI420Buffer buffer = NativeI420Buffer.allocate(width, height);
    try {
      copy(pixels, 0, width, height, buffer.getDataY(), buffer.getStrideY());
      copy(pixels, luma, wide, high, buffer.getDataU(), buffer.getStrideU());
      copy(pixels, luma + chroma, wide, high, buffer.getDataV(), buffer.getStrideV());
      // The source replaces this time with the moment of pushing.
      return new VideoFrame(buffer, WallClock.system().nanos());
    } catch (RuntimeException e) {
      buffer.release();
      throw e;
    }
  }

  private static void copy(
      MemorySegment from, long offset, int width, int height, ByteBuffer to, int stride) {
    MemorySegment target = MemorySegment.ofBuffer(to);
    if (stride == width) {
      MemorySegment.copy(from, offset, target, 0, (long) width * height);
      return;
    }
    for (int row = 0; row < height; row++) {
      MemorySegment.copy(from, offset + (long) row * width, target, (long) row * stride, width);
    }
  }
}
