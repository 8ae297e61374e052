package framewise.webrtc.rtp;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells a sender when each of its packets arrived, from which it estimates the available bandwidth
 * (transport-wide congestion control, draft-holmer-rmcat-transport-wide-cc-extensions-01). Used by
 * one thread at a time.
 */
public final class ArrivalFeedback {
  /** Maximum packets of one report; a report goes out sooner when there are as many. */
  private static final int MAX_PACKETS = 256;

  private static final int FEEDBACK = 205;
  private static final int FORMAT = 15;
  private static final long TICK_NANOS = 250_000;
  private static final int TICKS_PER_REFERENCE = 256;
  private static final int CHUNK = 7;
  private static final int NOT_RECEIVED = 0;
  private static final int SMALL = 1;
  private static final int LARGE = 2;

  private final Sequence sequence = new Sequence();
  private final TreeMap<Long, Long> arrivals = new TreeMap<>();
  private long next = -1;
  private int count;
  private long origin = -1;

  /**
   * Notes a packet.
   *
   * @param number its transport-wide sequence number
   * @param nanos when it arrived
   */
  public void add(int number, long nanos) {
    if (origin < 0) {
      origin = nanos;
    }
    long extended = sequence.extend(number);
    if (extended >= next && arrivals.size() < MAX_PACKETS) {
      arrivals.put(extended, (nanos - origin) / TICK_NANOS);
    }
  }

  /** Whether there is as much as one report holds. */
  public boolean isFull() {
    return arrivals.size() >= MAX_PACKETS;
  }

  /**
   * Makes a report of the packets since the last one.
   *
   * @param own our source
   * @param media a source of the sender
   */
  public Optional<byte[]> report(int own, int media) {
    if (arrivals.isEmpty()) {
      return Optional.empty();
    }
    long first = arrivals.firstKey();
    long base = next < 0 || first - next > MAX_PACKETS ? first : next;
    long last = Math.min(arrivals.lastKey(), base + 4L * MAX_PACKETS);
    int packets = (int) (last - base + 1);
    long reference = arrivals.firstEntry().getValue() / TICKS_PER_REFERENCE;
    long previous = reference * TICKS_PER_REFERENCE;
    int[] symbols = new int[packets];
    ByteBuffer deltas = ByteBuffer.allocate(2 * packets);
    for (Map.Entry<Long, Long> each : arrivals.headMap(last, true).entrySet()) {
      long delta = Math.clamp(each.getValue() - previous, Short.MIN_VALUE, Short.MAX_VALUE);
      boolean small = delta >= 0 && delta <= 255;
      symbols[(int) (each.getKey() - base)] = small ? SMALL : LARGE;
      if (small) {
        deltas.put((byte) delta);
      } else {
        deltas.putShort((short) delta);
      }
      previous += delta;
    }
    arrivals.clear();
    next = last + 1;
    return Optional.of(packet(own, media, (int) base & 0xFFFF, reference, symbols, deltas.flip()));
  }

  private byte[] packet(
      int own, int media, int base, long reference, int[] symbols, ByteBuffer deltas) {
    int chunks = (symbols.length + CHUNK - 1) / CHUNK;
    int length = (20 + 2 * chunks + deltas.remaining() + 3) & ~3;
    ByteBuffer out = Rtcp.start(FEEDBACK, FORMAT, length, own);
    out.putInt(media);
    out.putShort((short) base).putShort((short) symbols.length);
    out.putInt(((int) (reference & 0xFF_FFFF) << 8) | (count++ & 0xFF));
    for (int chunk = 0; chunk < chunks; chunk++) {
      int word = 0xC000;
      for (int i = 0; i < CHUNK; i++) {
        int at = chunk * CHUNK + i;
        int symbol = at < symbols.length ? symbols[at] : NOT_RECEIVED;
        word |= symbol << (2 * (CHUNK - 1 - i));
      }
      out.putShort((short) word);
    }
    out.put(deltas);
    return Rtcp.bytes(out);
  }
}
