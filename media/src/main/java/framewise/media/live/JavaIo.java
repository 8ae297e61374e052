package framewise.media.live;

import framewise.media.MediaFault;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Lets FFmpeg read from Java, and open only what Java opens for it. FFmpeg refers to each Java
 * object by a number and calls the same functions for all of them, because JavaCPP supports only
 * ten callbacks of a kind.
 */
public final class JavaIo {
  /** Handles FFmpeg's requests to open something and its checks for interruption. */
  interface Opener {
    /** Opens a URL from a playlist. Any exception refuses it. */
    Feed open(String url, AVDictionary options) throws IOException;

    /** Whether FFmpeg should abandon its current operation. */
    boolean interrupted();

    /** Reports that a feed failed while FFmpeg read from it. */
    void failed(IOException fault);
  }

  private record OpenFeed(Feed feed, Opener opener) {}

  private static final int BUFFER_BYTES = 64 << 10;

  private static final AtomicLong NUMBERS = new AtomicLong(1);
  private static final Map<Long, Opener> OPENERS = new ConcurrentHashMap<>();
  private static final Map<Long, OpenFeed> FEEDS = new ConcurrentHashMap<>();

  private static final Read_packet_Pointer_BytePointer_int READ =
      new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
          return read(opaque.address(), buffer, size);
        }
      };

  private static final Write_packet_Pointer_BytePointer_int WRITE =
      new Write_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
          return write(opaque.address(), buffer, size);
        }
      };

  private static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
          return seek(opaque.address(), offset, whence);
        }
      };

  private static final AVIOInterruptCB.Callback_Pointer INTERRUPTED =
      new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer opaque) {
          Opener opener = OPENERS.get(opaque.address());
          return opener == null || opener.interrupted() ? 1 : 0;
        }
      };

  private static final AVFormatContext
          .Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer
      OPEN =
          new AVFormatContext
              .Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer() {
            @Override
            @SuppressWarnings("rawtypes") // as FFmpeg declares it
            public int call(
                AVFormatContext context,
                PointerPointer io,
                BytePointer url,
                int flags,
                PointerPointer options) {
              return open(context, io, url, options);
            }
          };

  private static final AVFormatContext.Io_close2_AVFormatContext_AVIOContext CLOSE =
      new AVFormatContext.Io_close2_AVFormatContext_AVIOContext() {
        @Override
        public int call(AVFormatContext context, AVIOContext io) {
          release(io);
          return 0;
        }
      };

  private JavaIo() {}

  /** Inputs that FFmpeg has open now, across all videos. */
  public static int open() {
    return FEEDS.size();
  }

  /** Makes the opener handle a context's requests, until {@link #forget}. */
  static long attach(AVFormatContext context, Opener opener) {
    long number = NUMBERS.getAndIncrement();
    OPENERS.put(number, opener);
    context.opaque(new Handle(number));
    context.interrupt_callback().callback(INTERRUPTED).opaque(new Handle(number));
    context.io_open(OPEN);
    context.io_close2(CLOSE);
    return number;
  }

  static void forget(long number) {
    OPENERS.remove(number);
  }

  /** Wraps a feed for FFmpeg; {@link #release} closes both. */
  static AVIOContext reading(Feed feed, Opener opener) {
    long number = NUMBERS.getAndIncrement();
    var buffer = new BytePointer(avutil.av_malloc(BUFFER_BYTES));
    AVIOContext io =
        avformat.avio_alloc_context(
            buffer,
            BUFFER_BYTES,
            0,
            new Handle(number),
            READ,
            WRITE,
            feed.seekable() ? SEEK : null);
    if (io == null || io.isNull()) {
      avutil.av_free(buffer);
      feed.close();
      throw new MediaFault("Not enough memory to read a stream");
    }
    FEEDS.put(number, new OpenFeed(feed, opener));
    return io;
  }

  /** Allows FFmpeg to write from now on, and makes each read one packet. */
  static void packets(AVIOContext io) {
    BytePointer buffer = io.buffer();
    io.buf_ptr(buffer);
    io.buf_ptr_max(buffer);
    io.buf_end(new BytePointer(new Handle(buffer.address() + io.buffer_size())));
    io.eof_reached(0);
    io.error(0);
    io.write_flag(1);
  }

  static void release(@Nullable AVIOContext io) {
    if (io == null || io.isNull()) {
      return;
    }
    OpenFeed reading = FEEDS.remove(io.opaque().address());
    avutil.av_free(io.buffer());
    avformat.avio_context_free(io);
    if (reading != null) {
      reading.feed().close();
    }
  }

  private static int read(long number, BytePointer buffer, int size) {
    OpenFeed reading = FEEDS.get(number);
    if (reading == null) {
      return avutil.AVERROR_EOF();
    }
    if (reading.opener().interrupted()) {
      return avutil.AVERROR_EXIT(); // some demuxers keep reading as long as no packet is for them
    }
    try {
      byte[] bytes = new byte[size];
      int got = reading.feed().read(bytes, size);
      if (got < 0) {
        return avutil.AVERROR_EOF();
      }
      buffer.put(bytes, 0, got);
      return got;
    } catch (IOException e) {
      reading.opener().failed(e);
    } catch (RuntimeException e) {
      reading.opener().failed(new IOException(e));
    }
    return avutil.AVERROR_EIO();
  }

  private static int write(long number, BytePointer buffer, int size) {
    OpenFeed reading = FEEDS.get(number);
    try {
      if (reading != null) {
        byte[] bytes = new byte[size];
        buffer.get(bytes, 0, size);
        reading.feed().write(bytes);
      }
    } catch (IOException | RuntimeException e) {
      return avutil.AVERROR_EIO();
    }
    return size;
  }

  private static long seek(long number, long offset, int whence) {
    OpenFeed reading = FEEDS.get(number);
    if (reading == null) {
      return avutil.AVERROR_EIO();
    }
    if ((whence & avformat.AVSEEK_SIZE) != 0) {
      return reading.feed().size();
    }
    try {
      reading.feed().seek(offset);
      return offset;
    } catch (IOException | RuntimeException e) {
      return avutil.AVERROR_EIO();
    }
  }

  private static int open(
      AVFormatContext context, PointerPointer<?> io, BytePointer url, PointerPointer<?> options) {
    Opener opener = OPENERS.get(context.opaque().address());
    if (opener == null) {
      return avutil.AVERROR_EIO();
    }
    try {
      Pointer given = options == null || options.isNull() ? null : options.get(0);
      Feed feed = opener.open(url.getString(), new AVDictionary(given));
      io.put(0, reading(feed, opener));
      return 0;
    } catch (IOException e) {
      opener.failed(e);
    } catch (RuntimeException e) {
      opener.failed(new IOException(e));
    }
    return avutil.AVERROR_EIO();
  }

  /** An option that FFmpeg passes when it opens something; empty when not set. */
  static String option(AVDictionary options, String name) {
    if (options.isNull()) {
      return "";
    }
    AVDictionaryEntry entry = avutil.av_dict_get(options, name, null, 0);
    return entry == null || entry.isNull() ? "" : entry.value().getString();
  }

  /** A number passed to FFmpeg as an opaque pointer. */
  private static final class Handle extends Pointer {
    Handle(long number) {
      this.address = number;
    }
  }
}
