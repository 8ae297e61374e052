package framewise.webrtc.srtp;

/**
 * The master keys that two peers agreed on (RFC 5764, section 4.2).
 *
 * @param profile how packets are protected
 * @param remote of the packets that we receive
 * @param own of the packets that we send
 */
public record SrtpKeys(SrtpProfile profile, Master remote, Master own) {
  /**
   * One direction's master key and salt. Never printed.
   *
   * @param key as long as the profile says
   * @param salt as long as the profile says
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not changed once made
  public record Master(byte[] key, byte[] salt) {
    @Override
    public String toString() {
      return "***";
    }
  }
}
