package framewise.media.decode;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Reads the size of AV1 pictures from their packets before they are decoded, because libaom
 * allocates its pictures without a callback. Used by one thread at a time.
 */
final class Av1Size implements AutoCloseable {
  /** A flag of the parser: packets hold whole pictures. */
  private static final int COMPLETE_FRAMES = 1;

  private final AVCodecParserContext parser = avcodec.av_parser_init(avcodec.AV_CODEC_ID_AV1);

  /** Receives what the parser finds; never decodes. */
  private final AVCodecContext notes = avcodec.avcodec_alloc_context3(null);

  private final BytePointer out = new BytePointer((BytePointer) null);
  private final IntPointer outSize = new IntPointer(1);

  Av1Size() {
    parser.flags(COMPLETE_FRAMES);
  }

  /** Pixels of the packet's pictures; 0 when the packet does not say. */
  long pixels(AVPacket packet) {
    int _ =
        avcodec.av_parser_parse2(
            parser,
            notes,
            out,
            outSize,
            packet.data(),
            packet.size(),
            avutil.AV_NOPTS_VALUE,
            avutil.AV_NOPTS_VALUE,
            -1);
    return (long) Math.max(0, parser.width()) * Math.max(0, parser.height());
  }

  @Override
  public void close() {
    avcodec.av_parser_close(parser);
    avcodec.avcodec_free_context(notes);
    outSize.deallocate();
    out.deallocate();
  }
}
