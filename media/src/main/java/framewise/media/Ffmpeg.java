package framewise.media;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads FFmpeg on first use. That takes about a tenth of a second, so it waits for the first video.
 */
public final class Ffmpeg {
  private static final Logger LOG = LoggerFactory.getLogger(Ffmpeg.class);

  /** Largest single allocation in FFmpeg: a file's header can ask for gigabytes. */
  private static final long MAX_ALLOCATION_BYTES = 512L << 20;

  @SuppressWarnings("unused") // native code keeps a pointer to it
  private static final LogCallback TO_DEBUG_LOG;

  static {
    // Every pointer here is freed by its owner; JavaCPP's garbage collection would free it twice.
    // JavaCPP's memory limit counts the whole process, so unrelated calls would fail.
    System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    avutil.av_log_set_level(LOG.isDebugEnabled() ? avutil.AV_LOG_WARNING : avutil.AV_LOG_QUIET);
    TO_DEBUG_LOG =
        new LogCallback() {
          @Override
          public void call(int level, BytePointer message) {
            if (level <= avutil.av_log_get_level()) {
              LOG.debug("{}", message.getString(StandardCharsets.UTF_8).strip());
            }
          }
        };
    avutil.setLogCallback(TO_DEBUG_LOG);
    avutil.av_max_alloc(MAX_ALLOCATION_BYTES);
    GlibcHeap.returnLargeBlocks();
  }

  private Ffmpeg() {}

  /** Loads FFmpeg if necessary; cheap afterwards. */
  public static void load() {
    // the static initialiser does the work
  }

  /** FFmpeg's message for one of its error codes. */
  public static String reason(int error) {
    byte[] text = new byte[128];
    avutil.av_strerror(error, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * Returns a result that is not an error.
   *
   * @throws MediaFault when it is an error code
   */
  public static int require(int result, String deed) {
    if (result < 0) {
      throw new MediaFault(deed + " failed: " + reason(result));
    }
    return result;
  }
}
