package framewise.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MP4 files that declare how a phone was held. Versions of the {@code ffmpeg} program differ in
 * their options for that, so the track's matrix (ISO/IEC 14496-12, 8.3.2) is written here.
 */
final class TurnedMp4 {
  /** Offset in bytes from the box's type to its matrix, in version 0. */
  private static final int TO_MATRIX = 44;

  private static final int MATRIX_BYTES = 36;
  private static final int ONE = 1 << 16;

  private TurnedMp4() {}

  /**
   * Copies a file with one track.
   *
   * @param degrees 0, 90, 180 or 270 clockwise, the rotation that makes the pictures upright
   */
  static Path of(Path plain, int degrees, String name) {
    try {
      byte[] bytes = Files.readAllBytes(plain);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int box = text.indexOf("tkhd");
      if (box < 0 || bytes[box + 4] != 0 || text.indexOf("tkhd", box + 1) >= 0) {
        throw new AssertionError(plain + " is no MP4 with one track of version 0");
      }
      ByteBuffer file = ByteBuffer.wrap(bytes);
      int matrix = box + TO_MATRIX;
      int width = file.getInt(matrix + MATRIX_BYTES);
      int height = file.getInt(matrix + MATRIX_BYTES + 4);
      int[] turned =
          switch (degrees) {
            case 0 -> new int[] {ONE, 0, 0, ONE, 0, 0};
            case 90 -> new int[] {0, ONE, -ONE, 0, height, 0};
            case 180 -> new int[] {-ONE, 0, 0, -ONE, width, height};
            case 270 -> new int[] {0, -ONE, ONE, 0, 0, width};
            default -> throw new IllegalArgumentException("no quarter turn: " + degrees);
          };
      file.putInt(matrix, turned[0]).putInt(matrix + 4, turned[1]);
      file.putInt(matrix + 12, turned[2]).putInt(matrix + 16, turned[3]);
      file.putInt(matrix + 24, turned[4]).putInt(matrix + 28, turned[5]);
      return Files.write(FfmpegProgram.clip(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
