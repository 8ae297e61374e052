package framewise.media.file;

import java.util.Set;
import org.bytedeco.ffmpeg.global.avutil;

/** The codecs that {@link VideoWriter} supports, with their containers. */
public enum VideoCodec {
  /** OpenH264, constrained baseline: every browser plays it. */
  H264("libopenh264", "mp4 mov mkv avi"),
  VP8("libvpx", "webm mkv"),
  VP9("libvpx-vp9", "webm mkv mp4"),
  MPEG4("mpeg4", "mp4 mov mkv avi"),
  /** Motion JPEG: each picture is a JPEG. */
  MJPEG("mjpeg", "mov mkv avi");

  private final String encoder;
  private final String containers;

  VideoCodec(String encoder, String containers) {
    this.encoder = encoder;
    this.containers = containers;
  }

  /**
   * The containers that support it: some of {@code mp4}, {@code mov}, {@code mkv}, {@code webm},
   * {@code avi}.
   */
  public Set<String> containers() {
    return Set.of(containers.split(" "));
  }

  /** FFmpeg's name of the encoder. */
  String encoder() {
    return encoder;
  }

  boolean isFullRange() {
    return this == MJPEG;
  }

  int pixelFormat() {
    return isFullRange() ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P;
  }
}
