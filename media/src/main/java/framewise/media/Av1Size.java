package framewise.media;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * How large the pictures in packets of AV1 are, read before they are decoded: libaom allocates its
 * own pictures and asks nobody. Used by one thread at a time.
 */
final class Av1Size implements AutoCloseable {
  /** A flag of the parser: packets hold whole pictures. */
  private static final int COMPLETE_FRAMES = 1;

  private final AVCodecParserContext parser = avcodec.av_parser_init(avcodec.AV_CODEC_ID_AV1);

  /** The parser writes what it finds into this one, which never decodes. */
  private final AVCodecContext notes = avcodec.avcodec_alloc_context3(null);

  private final BytePointer out = new BytePointer((BytePointer) null);
  private final IntPointer outSize = new IntPointer(1);

  Av1Size() {
    parser.flags(COMPLETE_FRAMES);
  }

  /** Pixels of the packet's pictures; 0 where the packet does not tell. */
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
