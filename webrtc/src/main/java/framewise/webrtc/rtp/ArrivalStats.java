package framewise.webrtc.rtp;

/**
 * Statistics of one source's packets for receiver reports (RFC 3550, section 6.4.1 and appendix A).
 * Used by one thread at a time.
 */
public final class ArrivalStats {
  private static final int CLOCK_HZ = 90_000;

  private final Sequence sequence = new Sequence();
  private long first = -1;
  private long highest;
  private long received;
  private long bytes;
  private long expectedBefore;
  private long receivedBefore;
  private double jitter;
  private int lastTransit;
  private boolean begun;

  /**
   * Counts a packet. A retransmitted packet belongs to another source.
   *
   * @param nanos when it arrived
   */
  public void add(RtpPacket packet, long nanos) {
    long number = sequence.extend(packet.sequence());
    if (first < 0) {
      first = number;
    }
    highest = Math.max(highest, number);
    received++;
    bytes += packet.payload().length;
    int arrival = (int) (nanos / 1_000 * CLOCK_HZ / 1_000_000);
    int transit = arrival - packet.timestamp();
    if (begun) {
      jitter += (Math.abs((double) (transit - lastTransit)) - jitter) / 16;
    }
    lastTransit = transit;
    begun = true;
  }

  /** Packets received. */
  public long received() {
    return received;
  }

  /** Payload bytes received. */
  public long bytes() {
    return bytes;
  }

  /** Missing packets; negative when more arrived than expected. */
  public long lost() {
    return first < 0 ? 0 : highest - first + 1 - received;
  }

  /** Variation of the packets' arrival in units of 1/90,000 s. */
  public long jitter() {
    return Math.round(jitter);
  }

  /** Variation of the packets' arrival in seconds. */
  public double jitterSeconds() {
    return jitter / CLOCK_HZ;
  }

  /** Highest sequence number, with the count of cycles above its 16 bits. */
  public int highest() {
    return (int) (highest - (1 << 16));
  }

  /** The lost part of the packets since the last call, 0 to 255 for 0 to 1. */
  public int fractionLost() {
    long expected = first < 0 ? 0 : highest - first + 1;
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    return expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, 256 * lostNow / expectedNow);
  }
}
