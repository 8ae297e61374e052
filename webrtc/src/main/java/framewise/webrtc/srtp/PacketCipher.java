package framewise.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts single packets with one set of keys. The caller knows what a packet's
 * header, index and trailer are. Used by one thread at a time.
 */
final class PacketCipher {
  private final SrtpProfile profile;
  private final byte[] salt;
  private final Key key;
  private final Cipher cipher;
  private final Mac mac;

  PacketCipher(SrtpProfile profile, SessionKeys keys) {
    this.profile = profile;
    this.salt = keys.salt();
    this.key = new SecretKeySpec(keys.encryption(), "AES");
    try {
      this.cipher =
          Cipher.getInstance(
              profile == SrtpProfile.AEAD_AES_128_GCM ? "AES/GCM/NoPadding" : "AES/CTR/NoPadding");
      this.mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(keys.authentication(), "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES and HmacSHA1", e);
    }
  }

  /**
   * Decrypts a packet.
   *
   * @param packet its header, and its body with the tag of GCM
   * @param header length of the header, which is not encrypted
   * @param length of header and body
   * @param index 48 bits for RTP, 31 for RTCP
   * @param trailer what is authenticated after the packet
   * @param tag the tag of HMAC; unused by GCM
   * @return the decrypted body; empty when it is not authentic
   */
  Optional<byte[]> decrypt(
      byte[] packet, int header, int length, int ssrc, long index, byte[] trailer, byte[] tag) {
    try {
      if (profile == SrtpProfile.AEAD_AES_128_GCM) {
        cipher.init(Cipher.DECRYPT_MODE, key, gcm(ssrc, index));
        cipher.updateAAD(packet, 0, header);
        cipher.updateAAD(trailer);
        return Optional.of(cipher.doFinal(packet, header, length - header));
      }
      if (!MessageDigest.isEqual(tag(packet, length, trailer), tag)) {
        return Optional.empty();
      }
      cipher.init(Cipher.DECRYPT_MODE, key, counter(ssrc, index));
      return Optional.of(cipher.doFinal(packet, header, length - header));
    } catch (AEADBadTagException forged) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet's cipher failed", e);
    }
  }

  /** Encrypts a packet's body; the result of GCM includes its tag. */
  byte[] encrypt(byte[] packet, int header, int ssrc, long index, byte[] trailer) {
    try {
      if (profile == SrtpProfile.AEAD_AES_128_GCM) {
        cipher.init(Cipher.ENCRYPT_MODE, key, gcm(ssrc, index));
        cipher.updateAAD(packet, 0, header);
        cipher.updateAAD(trailer);
      } else {
        cipher.init(Cipher.ENCRYPT_MODE, key, counter(ssrc, index));
      }
      return cipher.doFinal(packet, header, packet.length - header);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet's cipher failed", e);
    }
  }

  /** The tag of HMAC over a packet and its trailer. */
  byte[] tag(byte[] packet, int length, byte[] trailer) {
    mac.update(packet, 0, length);
    mac.update(trailer);
    return Arrays.copyOf(mac.doFinal(), profile.tagBytes());
  }

  /** RFC 3711, section 4.1.1. */
  private IvParameterSpec counter(int ssrc, long index) {
    byte[] iv = Arrays.copyOf(salt, 16);
    xor(iv, 4, ssrc, 4);
    xor(iv, 8, index, 6);
    return new IvParameterSpec(iv);
  }

  /** RFC 7714, sections 8.1 and 9.1: the index of RTCP has 31 bits, that of RTP 48. */
  private GCMParameterSpec gcm(int ssrc, long index) {
    byte[] iv = salt.clone();
    xor(iv, 2, ssrc, 4);
    xor(iv, 6, index, 6);
    return new GCMParameterSpec(profile.tagBytes() * 8, iv);
  }

  private static void xor(byte[] bytes, int at, long value, int count) {
    for (int i = 0; i < count; i++) {
      bytes[at + i] ^= (byte) (value >>> (8 * (count - 1 - i)));
    }
  }
}
