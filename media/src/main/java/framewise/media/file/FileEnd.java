package framewise.media.file;

import framewise.media.decode.Container;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Whether a file is complete, judged by the lengths that its outermost elements declare.
 *
 * @param isCutOff whether an element extends beyond the end of the file
 * @param hasIndex false for an mp4 or mov without its index, which makes it unreadable
 * @param bytes bytes that exist
 * @param declaredBytes bytes that the file should have, at least
 * @param declaredMicros the video's length in microseconds by an avi's header, which FFmpeg would
 *     otherwise correct by what exists; 0 for other containers
 */
record FileEnd(
    boolean isCutOff, boolean hasIndex, long bytes, long declaredBytes, long declaredMicros) {
  private static final int MAX_PIECES = 1_000_000;

  /** ISO/IEC 14496-12, 4.2: a size of 1 means that the size follows in eight bytes. */
  private static final int LONG_SIZE = 1;

  private static final int EBML = 0x1A45DFA3;
  private static final int SEGMENT = 0x18538067;

  static FileEnd of(Path file, Container container) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return switch (container.demuxer()) {
        case "mov" -> boxes(channel);
        case "matroska" -> elements(channel);
        default -> chunks(channel);
      };
    }
  }

  /** ISO/IEC 14496-12: mp4 and mov. */
  private static FileEnd boxes(FileChannel channel) throws IOException {
    long length = channel.size();
    boolean index = false;
    long place = 0;
    for (int i = 0; i < MAX_PIECES && place + 8 <= length; i++) {
      ByteBuffer head = read(channel, place, 16);
      long size = Integer.toUnsignedLong(head.getInt(0));
      String type = StandardCharsets.ISO_8859_1.decode(head.slice(4, 4)).toString();
      if (!type.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
        break; // damage
      }
      index |= type.equals("moov") || type.equals("moof");
      size = size == LONG_SIZE ? head.getLong(8) : size;
      if (size == 0) {
        return new FileEnd(false, index, length, length, 0); // extends to the end of the file
      }
      if (size < 8 || place + size < place) {
        break;
      }
      place += size;
    }
    return new FileEnd(place > length, index, length, Math.max(place, length), 0);
  }

  /** RFC 8794 and RFC 9559: mkv and webm. */
  private static FileEnd elements(FileChannel channel) throws IOException {
    long length = channel.size();
    long place = 0;
    for (int i = 0; i < MAX_PIECES && place + 12 <= length; i++) {
      ByteBuffer head = read(channel, place, 12);
      int id = head.getInt(0);
      int bytes = Integer.numberOfLeadingZeros(head.get(4) & 0xff) - 23;
      if ((id != EBML && id != SEGMENT) || bytes > 8) {
        break;
      }
      long size = head.get(4) & (0xff >> bytes);
      for (int more = 1; more < bytes; more++) {
        size = (size << 8) | (head.get(4 + more) & 0xff);
      }
      boolean unknown = size == (1L << (7 * bytes)) - 1;
      place += 4 + bytes + (unknown ? length : size);
      if (id == SEGMENT) {
        return new FileEnd(!unknown && place > length, true, length, Math.max(place, length), 0);
      }
    }
    return new FileEnd(false, true, length, length, 0);
  }

  /** RIFF: avi; a long file has several in a row. */
  private static FileEnd chunks(FileChannel channel) throws IOException {
    long length = channel.size();
    long place = 0;
    for (int i = 0; i < MAX_PIECES && place + 8 <= length; i++) {
      ByteBuffer head = read(channel, place, 8).order(ByteOrder.LITTLE_ENDIAN);
      long size = Integer.toUnsignedLong(head.getInt(4));
      if (!StandardCharsets.ISO_8859_1.decode(head.slice(0, 4)).toString().equals("RIFF")) {
        break;
      }
      place += 8 + size;
    }
    return new FileEnd(place > length, true, length, Math.max(place, length), aviMicros(channel));
  }

  /** From the main header: microseconds per picture times the number of pictures. */
  private static long aviMicros(FileChannel channel) throws IOException {
    ByteBuffer head = read(channel, 0, 56).order(ByteOrder.LITTLE_ENDIAN);
    boolean main = StandardCharsets.ISO_8859_1.decode(head.slice(24, 4)).toString().equals("avih");
    // A thirtieth of a second is not a whole number of microseconds; the result is exact to the
    // millisecond.
    return main
        ? (Integer.toUnsignedLong(head.getInt(32)) * Integer.toUnsignedLong(head.getInt(48)) + 500)
            / 1_000
            * 1_000
        : 0;
  }

  /** Reads bytes at an offset; missing ones are 0. */
  private static ByteBuffer read(FileChannel channel, long place, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      int got = channel.read(bytes, place + bytes.position());
      if (got < 0 && bytes.position() == 0) {
        throw new EOFException();
      }
      if (got < 0) {
        break;
      }
    }
    return bytes.clear();
  }
}
