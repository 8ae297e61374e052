package framewise.media.decode;

import framewise.media.NotAVideoException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVProbeData;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;

/**
 * A supported container, detected from the file's first bytes only.
 *
 * @param label {@code mp4}, {@code mov}, {@code avi}, {@code mkv} or {@code webm}
 * @param demuxer FFmpeg's name of its demuxer
 */
public record Container(String label, String demuxer) {
  /** How many bytes detection reads. */
  public static final int PROBE_BYTES = 64 << 10;

  /** FFmpeg's name of the demuxer for mp4 and mov. */
  public static final String ISO_MEDIA = "mov,mp4,m4a,3gp,3g2,mj2";

  /** The only demuxers that open uploads, in the format of FFmpeg's allow-list. */
  public static final String DEMUXERS = ISO_MEDIA + ",avi,matroska,webm";

  /** The end of every refusal. */
  public static final String ALLOWED = "use mp4, avi, mov, mkv or webm.";

  /**
   * Detects the container of a file that starts with these bytes.
   *
   * @throws NotAVideoException when it is not a supported one
   */
  public static Container of(byte[] start) throws NotAVideoException {
    if (start.length == 0) {
      throw new NotAVideoException("The file is empty; " + ALLOWED);
    }
    String format = probe(start);
    return switch (format) {
      case ISO_MEDIA -> isoMedia(start);
      case "avi" -> new Container("avi", "avi");
      case "matroska,webm" -> new Container(isWebm(start) ? "webm" : "mkv", "matroska");
      default -> throw new NotAVideoException(describe(format) + "; " + ALLOWED);
    };
  }

  private static Container isoMedia(byte[] start) throws NotAVideoException {
    if (start.length < 12 || !text(start, 4, 4).equals("ftyp")) {
      return new Container("mov", "mov"); // QuickTime before 2002 wrote no brand
    }
    return switch (text(start, 8, 4)) {
      case "qt  " -> new Container("mov", "mov");
      case "avif", "heic", "heix", "mif1" ->
          throw new NotAVideoException("The file is a picture, not a video; " + ALLOWED);
      default -> new Container("mp4", "mov");
    };
  }

  /** Whether the EBML header's DocType (element 0x4282) says webm. */
  private static boolean isWebm(byte[] start) {
    String header = text(start, 0, Math.min(start.length, 256));
    int docType = header.indexOf("B\u0082");
    return docType >= 0 && header.startsWith("webm", docType + 3);
  }

  /** FFmpeg's name of the most likely format; empty when none is likely. */
  private static String probe(byte[] start) {
    byte[] padded = Arrays.copyOf(start, start.length + avformat.AVPROBE_PADDING_SIZE);
    int[] score = new int[1];
    try (AVProbeData data = new AVProbeData();
        BytePointer bytes = new BytePointer(padded);
        BytePointer noName = new BytePointer("")) {
      data.filename(noName).buf(bytes).buf_size(start.length).mime_type(null);
      AVInputFormat format = avformat.av_probe_input_format3(data, 1, score);
      boolean sure = score[0] > avformat.AVPROBE_SCORE_MAX / 8;
      return format == null || format.isNull() || !sure ? "" : format.name().getString();
    }
  }

  private static String describe(String format) {
    if (format.isEmpty()) {
      return "The file is not a video";
    }
    if (format.endsWith("_pipe") || format.equals("image2") || format.equals("gif")) {
      return "The file is a picture, not a video";
    }
    return switch (format) {
      case "hls" -> "The file is a playlist (HLS), not a video";
      case "concat", "dash", "sdp", "rtsp", "imf" ->
          "The file is a list of other files (%s), not a video".formatted(format);
      case "mp3", "wav", "flac", "ogg", "aac", "aiff", "amr", "w64" ->
          "The file is audio (%s), not a video".formatted(format);
      default -> "The file type %s is not supported".formatted(format);
    };
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }
}
