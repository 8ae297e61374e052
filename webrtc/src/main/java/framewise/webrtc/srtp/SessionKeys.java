package framewise.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys of one stream of packets, derived from a master key (RFC 3711, section 4.3; RFC 7714,
 * section 11).
 *
 * @param encryption AES key
 * @param authentication HMAC key; unused by GCM
 * @param salt as long as the master's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not changed once made
record SessionKeys(byte[] encryption, byte[] authentication, byte[] salt) {
  /** The label of the first key of RTP packets; the others follow. */
  static final int RTP = 0;

  /** The label of the first key of RTCP packets; the others follow. */
  static final int RTCP = 3;

  private static final int AUTHENTICATION_BYTES = 20;

  /**
   * @param label {@link #RTP} or {@link #RTCP}
   */
  static SessionKeys derive(SrtpProfile profile, SrtpKeys.Master master, int label) {
    try {
      return new SessionKeys(
          derive(master, label, profile.keyBytes()),
          derive(master, label + 1, AUTHENTICATION_BYTES),
          derive(master, label + 2, profile.saltBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  private static byte[] derive(SrtpKeys.Master master, int label, int bytes)
      throws GeneralSecurityException {
    // The key derivation rate is zero, so that the label is all that changes the salt.
    byte[] counter = Arrays.copyOf(master.salt(), 16);
    counter[7] ^= (byte) label;
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(master.key(), "AES"), new IvParameterSpec(counter));
    return cipher.doFinal(new byte[bytes]);
  }
}
