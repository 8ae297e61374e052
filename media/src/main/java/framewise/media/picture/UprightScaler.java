package framewise.media.picture;

import framewise.media.MediaTime;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * Makes frames from decoded pictures of files and live video: each picture has its own size,
 * rotation, pixel shape and colours, independent of the previous ones. Used by one thread at a
 * time.
 */
public final class UprightScaler implements AutoCloseable {
  /** A declared pixel aspect ratio beyond this counts as an error. */
  private static final double MAX_PIXEL_ASPECT = 8;

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  private final AVStream stream;
  private final Colours declared;
  private final Scaler scaler = new Scaler();

  /**
   * The pixel shape that the first picture declares; 0 when it declares none, or none arrived yet.
   */
  private double firstAspect;

  private boolean begun;

  /**
   * @param declared the container's colours
   */
  public UprightScaler(AVStream stream, Colours declared) {
    this.stream = stream;
    this.declared = declared;
  }

  /** The shape of a picture; the video's first must be passed first. */
  public PictureGeometry shape(AVFrame picture) {
    double own = aspect(picture.sample_aspect_ratio());
    if (!begun) {
      begun = true;
      firstAspect = own;
    }
    // A container declares one pixel shape, that of the first picture, and is more reliable than
    // the pictures. A picture that declares another shape than the first overrides it.
    double container = aspect(stream.sample_aspect_ratio());
    boolean changed = own > 0 && firstAspect > 0 && own != firstAspect;
    double aspect = changed || container == 0 ? own : container;
    return PictureGeometry.of(picture, aspect == 0 ? 1 : aspect, turn(picture));
  }

  /** Makes a new frame of a picture: upright, converted, no larger than the size. */
  public Frame frame(AVFrame picture, FrameSize size, PixelFormat format, MediaTime time) {
    Colours colours = Colours.of(picture, declared, stream.codecpar().codec_id());
    return scaler.upright(picture, shape(picture).fit(size), colours, format, time);
  }

  @Override
  public void close() {
    scaler.close();
  }

  /** Width over height; 0 when undeclared or implausible. */
  private static double aspect(AVRational declared) {
    double ratio = declared.num() > 0 && declared.den() > 0 ? avutil.av_q2d(declared) : 0;
    return ratio > MAX_PIXEL_ASPECT || ratio < 1 / MAX_PIXEL_ASPECT ? 0 : ratio;
  }

  private Orientation turn(AVFrame picture) {
    AVCodecParameters codec = stream.codecpar();
    AVPacketSideData all = codec.coded_side_data();
    if (all != null && !all.isNull()) {
      AVPacketSideData matrix =
          avcodec.av_packet_side_data_get(
              all, codec.nb_coded_side_data(), avcodec.AV_PKT_DATA_DISPLAYMATRIX);
      if (matrix != null && !matrix.isNull() && matrix.size() >= MATRIX_BYTES) {
        return Orientation.ofMatrix(new IntPointer(matrix.data()));
      }
    }
    AVFrameSideData own =
        avutil.av_frame_get_side_data(picture, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
    return own == null || own.isNull() || own.size() < MATRIX_BYTES
        ? Orientation.NONE
        : Orientation.ofMatrix(new IntPointer(own.data()));
  }
}
