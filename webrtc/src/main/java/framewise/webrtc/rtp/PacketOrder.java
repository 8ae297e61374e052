package framewise.webrtc.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts packets of one source in order. Packets that come in order pass at once; behind a gap they
 * wait until the missing ones arrive or are given up. Bounded in packets and bytes, and a gap in
 * time. Used by one thread at a time.
 */
public final class PacketOrder {
  /** Maximum packets that wait: some two seconds of 1080p. */
  static final int MAX_PACKETS = 1_024;

  /** Maximum bytes that wait. */
  static final int MAX_BYTES = 4 << 20;

  /** Bytes of a packet's objects beside its payload. */
  private static final int OVERHEAD = 128;

  /** A jump of more sequence numbers is another stream, not a loss. */
  static final int MAX_JUMP = 4_000;

  /**
   * Networks with several routes reorder packets: a gap counts as a loss only after this time, or
   * once three later packets have arrived.
   */
  private static final long SWAP_NANOS = 10_000_000;

  private static final int SWAPPED = 3;

  /** Longest wait for a lost packet that the sender may retransmit: several round trips. */
  private static final long RESENT_NANOS = 250_000_000;

  /** Longest wait where the sender does not retransmit. */
  private static final long UNSENT_NANOS = 40_000_000;

  /** Pause between requests for the same packet while the round trip is unknown. */
  private static final long ASK_AGAIN_NANOS = 50_000_000;

  private static final long MIN_REPEAT_NANOS = 15_000_000;
  private static final long MAX_REPEAT_NANOS = 120_000_000;
  private static final int MAX_REQUESTS_PER_PACKET = 8;

  /** Maximum packets of one request. */
  private static final int MAX_PACKETS_PER_REQUEST = 64;

  private final long waitNanos;
  private final Sequence sequence = new Sequence();
  private final TreeMap<Long, RtpPacket> waiting = new TreeMap<>();
  private final TreeMap<Long, Missing> missing = new TreeMap<>();
  private long next = -1;
  private int bytes;
  private boolean broken;

  /** From a request to its packet, smoothed, in nanoseconds; 0 while unknown. */
  private long roundTrip;

  private static final class Missing {
    private final long since;
    private long asked;
    private int asks;

    Missing(long since) {
      this.since = since;
    }
  }

  /**
   * @param resends whether the sender retransmits packets on request
   */
  public PacketOrder(boolean resends) {
    this.waitNanos = resends ? RESENT_NANOS : UNSENT_NANOS;
  }

  /**
   * Adds a packet; duplicates and those that come too late are ignored.
   *
   * @param nanos now
   */
  public void add(RtpPacket packet, long nanos) {
    long number = sequence.extend(packet.sequence());
    if (next >= 0 && Math.abs(number - next) > MAX_JUMP) {
      restart();
      number = sequence.extend(packet.sequence());
    }
    if (next < 0) {
      next = number;
    }
    if (number < next || waiting.containsKey(number)) {
      return;
    }
    long known = waiting.isEmpty() ? next - 1 : waiting.lastKey();
    for (long gap = Math.max(known + 1, next); gap < number; gap++) {
      missing.put(gap, new Missing(nanos));
    }
    Missing found = missing.remove(number);
    if (found != null && found.asks == 1) {
      long sample = nanos - found.asked;
      roundTrip = roundTrip == 0 ? sample : (7 * roundTrip + sample) / 8;
    }
    waiting.put(number, packet);
    bytes += packet.payload().length;
    if (waiting.size() > MAX_PACKETS || bytes > MAX_BYTES) {
      skip();
    }
  }

  /** Takes the next packet in order, unless it is missing. */
  public Optional<RtpPacket> poll() {
    Map.Entry<Long, RtpPacket> first = waiting.firstEntry();
    if (first == null || first.getKey() != next) {
      return Optional.empty();
    }
    waiting.remove(next);
    bytes -= first.getValue().payload().length;
    next++;
    return Optional.of(first.getValue());
  }

  /** The sequence numbers to request now; each is returned again after a while, a few times. */
  public List<Integer> request(long nanos) {
    List<Integer> wanted = new ArrayList<>();
    long again =
        roundTrip == 0
            ? ASK_AGAIN_NANOS
            : Math.clamp(2 * roundTrip, MIN_REPEAT_NANOS, MAX_REPEAT_NANOS);
    for (Map.Entry<Long, Missing> each : missing.entrySet()) {
      Missing one = each.getValue();
      boolean swapped = one.asks == 0 && later(each.getKey()) < SWAPPED;
      long due = one.asks == 0 ? one.since + (swapped ? SWAP_NANOS : 0) : one.asked + again;
      if (one.asks < MAX_REQUESTS_PER_PACKET
          && nanos >= due
          && wanted.size() < MAX_PACKETS_PER_REQUEST) {
        one.asks++;
        one.asked = nanos;
        wanted.add((int) (each.getKey() & 0xFFFF));
      }
    }
    return wanted;
  }

  /** Gives up what has been missing for too long. */
  public void expire(long nanos) {
    if (!missing.isEmpty() && nanos - missing.firstEntry().getValue().since >= waitNanos) {
      skip();
    }
  }

  /** Whether packets are missing. */
  public boolean isWaiting() {
    return !missing.isEmpty();
  }

  /** Bytes of memory that waiting packets take. */
  public long memoryBytes() {
    return bytes + (long) OVERHEAD * (waiting.size() + missing.size());
  }

  /** Whether packets were given up before the next one; answered once for each gap. */
  public boolean wasBroken() {
    boolean was = broken;
    broken = false;
    return was;
  }

  private long later(long number) {
    return waiting.isEmpty() ? 0 : waiting.lastKey() - number;
  }

  /** Skips the first gap. */
  private void skip() {
    Long first = waiting.isEmpty() ? null : waiting.firstKey();
    if (first == null) {
      missing.clear();
      return;
    }
    broken |= first > next;
    next = first;
    missing.headMap(first).clear();
  }

  private void restart() {
    waiting.clear();
    missing.clear();
    sequence.reset();
    bytes = 0;
    next = -1;
    broken = true;
  }
}
