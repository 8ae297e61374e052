package framewise.media.picture;

import framewise.media.MediaTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A picture as a JPEG. Immutable: callers must not modify its bytes. */
public final class EncodedPicture {
  private final MediaTime time;
  private final int width;
  private final int height;
  private final byte[] jpeg;

  /**
   * @param time when the picture is shown, on the video's clock
   * @param jpeg a baseline JPEG of this size; not copied
   */
  public EncodedPicture(MediaTime time, int width, int height, byte[] jpeg) {
    this.time = time;
    this.width = width;
    this.height = height;
    this.jpeg = jpeg;
  }

  /** When the picture is shown, on the video's clock. */
  public MediaTime time() {
    return time;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The bytes themselves, not a copy. */
  public byte[] jpeg() {
    return jpeg;
  }

  /** The SHA-256 of the bytes, as 64 hexadecimal digits in lower case. */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jpeg));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
