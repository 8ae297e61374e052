package framewise.webrtc.srtp;

import java.util.Optional;
import java.util.stream.Stream;

/** The supported protection profiles, the preferred first. */
public enum SrtpProfile {
  /** RFC 7714, section 14.2. */
  AEAD_AES_128_GCM(0x0007, 16, 12, 16),
  /** RFC 5764, section 4.1.2. */
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10);

  private final int id;
  private final int keyBytes;
  private final int saltBytes;
  private final int tagBytes;

  SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes) {
    this.id = id;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /** The profile with this number in DTLS; empty for one that is not supported. */
  public static Optional<SrtpProfile> of(int id) {
    return Stream.of(values()).filter(profile -> profile.id == id).findFirst();
  }

  /** The number in DTLS's extension {@code use_srtp}. */
  public int id() {
    return id;
  }

  /** Length of a master key. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Length of a master salt. */
  public int saltBytes() {
    return saltBytes;
  }

  /** How many bytes authentication adds to a packet. */
  int tagBytes() {
    return tagBytes;
  }
}
