package framewise.media.picture;

import framewise.media.Ffmpeg;
import framewise.media.MediaFault;
import framewise.media.MediaTime;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Scales and converts pictures in one pass. Used by one thread at a time; reuses FFmpeg's tables
 * while the kind of picture stays the same.
 */
public final class Scaler implements AutoCloseable {
  private static final int UNITY = 1 << 16;

  private final PointerPointer<Pointer> sourcePlanes = new PointerPointer<>(4);
  private final IntPointer sourceStrides = new IntPointer(4);
  private final PointerPointer<Pointer> targetPlanes = new PointerPointer<>(4);
  private final IntPointer targetStrides = new IntPointer(4);

  private @Nullable SwsContext tables;
  private @Nullable Job prepared;

  /** The second step of two-step conversions; each keeps its tables. */
  private @Nullable Scaler last;

  /** The key of the tables. */
  private record Job(Side from, Side to) {}

  /** The pixels on one side of a conversion, in FFmpeg's terms. */
  private record Side(int width, int height, int format, int colours, boolean fullRange) {
    static Side of(AVFrame picture, int rows, Colours colours) {
      return new Side(
          picture.width(), rows, picture.format(), colours.matrix(), colours.fullRange());
    }

    static Side deep(int width, int height) {
      return new Side(width, height, ToneMapping.DEEP_FORMAT, avutil.AVCOL_SPC_RGB, true);
    }

    static Side of(PixelFormat format, int width, int height) {
      boolean full = format != PixelFormat.I420;
      return new Side(width, height, ffmpegFormat(format), avutil.AVCOL_SPC_SMPTE170M, full);
    }
  }

  /** Makes a new frame of a decoded picture: scaled, converted and upright. */
  Frame upright(
      AVFrame picture, PictureGeometry shape, Colours colours, PixelFormat format, MediaTime time) {
    int width = shape.width();
    int height = shape.height();
    Orientation turn = shape.turn();
    FramePool.Buffer upright = FramePool.take(format.bytes(width, height));
    try {
      if (turn.equals(Orientation.NONE)) {
        scale(picture, colours, upright, width, height, format);
      } else {
        int codedWidth = turn.transposed() ? height : width;
        int codedHeight = turn.transposed() ? width : height;
        try (FramePool.Buffer coded = FramePool.take(format.bytes(codedWidth, codedHeight))) {
          scale(picture, colours, coded, codedWidth, codedHeight, format);
          turn.apply(coded.segment(), upright.segment(), format, width, height);
        }
      }
    } catch (RuntimeException e) {
      upright.close();
      throw e;
    }
    return new Frame(time, width, height, format, upright);
  }

  /** Writes a decoded picture, scaled and converted, to memory in the layout of {@code format}. */
  private void scale(
      AVFrame picture,
      Colours colours,
      FramePool.Buffer to,
      int width,
      int height,
      PixelFormat format) {
    Optional<ToneMapping> light = ToneMapping.of(colours.transfer(), colours.primaries());
    if (light.isPresent()) {
      map(light.get(), picture, colours, to, width, height, format);
      return;
    }
    fill(targetPlanes, targetStrides, to.address(), width, height, format);
    run(picture, colours, Side.of(format, width, height));
  }

  private void map(
      ToneMapping light,
      AVFrame picture,
      Colours colours,
      FramePool.Buffer to,
      int width,
      int height,
      PixelFormat format) {
    long pixels = (long) width * height;
    try (FramePool.Buffer deep = FramePool.take(pixels * ToneMapping.DEEP_BYTES)) {
      fill(targetPlanes, targetStrides, deep.address(), width * ToneMapping.DEEP_BYTES);
      run(picture, colours, Side.deep(width, height));
      if (format == PixelFormat.BGR24) {
        light.apply(deep.segment(), to.segment(), pixels);
        return;
      }
      try (FramePool.Buffer plain = FramePool.take(PixelFormat.BGR24.bytes(width, height))) {
        light.apply(deep.segment(), plain.segment(), pixels);
        if (last == null) {
          last = new Scaler();
        }
        last.scale(
            plain.address(), width, height, PixelFormat.BGR24, to.address(), width, height, format);
      }
    }
  }

  private void run(AVFrame picture, Colours colours, Side to) {
    boolean field = (picture.flags() & AVFrame.AV_FRAME_FLAG_INTERLACED) != 0;
    // An interlaced picture interleaves two moments. One of them, every second row, is a clean
    // still; swscale stretches it to full height.
    int rows = field ? Math.max(picture.height() / 2, 1) : picture.height();
    int skip = field && (picture.flags() & AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST) == 0 ? 1 : 0;
    fill(sourcePlanes, sourceStrides, picture, skip, field ? 2 : 1);
    run(new Job(Side.of(picture, rows, colours), to));
  }

  /** Scales and converts a picture from its own memory layout. */
  public void scale(Frame frame, long to, int toWidth, int toHeight, PixelFormat format) {
    scale(
        frame.address(),
        frame.width(),
        frame.height(),
        frame.format(),
        to,
        toWidth,
        toHeight,
        format);
  }

  /** Scales and converts a frame to an encoder's format. */
  public void scale(Frame frame, AVFrame to) {
    fill(
        sourcePlanes,
        sourceStrides,
        frame.address(),
        frame.width(),
        frame.height(),
        frame.format());
    fill(targetPlanes, targetStrides, to, 0, 1);
    Side encoded =
        Side.of(to, to.height(), Colours.of(to, Colours.UNSPECIFIED, avcodec.AV_CODEC_ID_NONE));
    run(new Job(Side.of(frame.format(), frame.width(), frame.height()), encoded));
  }

  @Override
  public void close() {
    if (tables != null) {
      swscale.sws_freeContext(tables);
      tables = null;
    }
    if (last != null) {
      last.close();
      last = null;
    }
    sourcePlanes.deallocate();
    sourceStrides.deallocate();
    targetPlanes.deallocate();
    targetStrides.deallocate();
  }

  static int ffmpegFormat(PixelFormat format) {
    return switch (format) {
      case BGR24 -> avutil.AV_PIX_FMT_BGR24;
      case I420 -> avutil.AV_PIX_FMT_YUV420P;
      case GRAY8 -> avutil.AV_PIX_FMT_GRAY8;
    };
  }

  private void scale(
      long from,
      int width,
      int height,
      PixelFormat layout,
      long to,
      int toWidth,
      int toHeight,
      PixelFormat format) {
    fill(sourcePlanes, sourceStrides, from, width, height, layout);
    fill(targetPlanes, targetStrides, to, toWidth, toHeight, format);
    run(new Job(Side.of(layout, width, height), Side.of(format, toWidth, toHeight)));
  }

  private void run(Job job) {
    SwsContext ready = prepare(job);
    Ffmpeg.require(
        swscale.sws_scale(
            ready, sourcePlanes, sourceStrides, 0, job.from.height, targetPlanes, targetStrides),
        "Scaling a picture");
  }

  private SwsContext prepare(Job job) {
    if (tables != null && job.equals(prepared)) {
      return tables;
    }
    if (tables != null) {
      swscale.sws_freeContext(tables);
      tables = null;
    }
    SwsContext made =
        swscale.sws_getContext(
            job.from.width,
            job.from.height,
            job.from.format,
            job.to.width,
            job.to.height,
            job.to.format,
            swscale.SWS_BICUBIC,
            null,
            null,
            (DoublePointer) null);
    if (made == null || made.isNull()) {
      throw new MediaFault(
          "A picture of %dx%d cannot be scaled to %dx%d"
              .formatted(job.from.width, job.from.height, job.to.width, job.to.height));
    }
    // Fails for pairs of formats without such details; then there is nothing to set.
    int _ =
        swscale.sws_setColorspaceDetails(
            made,
            swscale.sws_getCoefficients(job.from.colours),
            job.from.fullRange ? 1 : 0,
            swscale.sws_getCoefficients(job.to.colours),
            job.to.fullRange ? 1 : 0,
            0,
            UNITY,
            UNITY);
    tables = made;
    prepared = job;
    return made;
  }

  private static void fill(
      PointerPointer<Pointer> planes, IntPointer strides, AVFrame picture, int skip, int step) {
    for (int i = 0; i < 4; i++) {
      Pointer plane = picture.data(i);
      int stride = picture.linesize(i);
      boolean none = plane == null || plane.isNull();
      planes.put(i, none ? null : at(plane.address() + (long) skip * stride));
      strides.put(i, stride * step);
    }
  }

  private static void fill(
      PointerPointer<Pointer> planes,
      IntPointer strides,
      long address,
      int width,
      int height,
      PixelFormat format) {
    var layout = format.planes(width, height);
    for (int i = 0; i < 4; i++) {
      if (i < layout.size()) {
        planes.put(i, at(address + layout.get(i).offset()));
        strides.put(i, layout.get(i).rowBytes());
      } else {
        planes.put(i, (Pointer) null);
        strides.put(i, 0);
      }
    }
  }

  /** Sets the pointers of a picture with a single plane. */
  private static void fill(
      PointerPointer<Pointer> planes, IntPointer strides, long address, int rowBytes) {
    for (int i = 0; i < 4; i++) {
      planes.put(i, i == 0 ? at(address) : null);
      strides.put(i, i == 0 ? rowBytes : 0);
    }
  }

  private static Pointer at(long address) {
    return new Address(address);
  }

  /** JavaCPP has no public way to create a pointer from a number. */
  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }
}
