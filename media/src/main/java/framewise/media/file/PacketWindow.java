package framewise.media.file;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The next packets, read ahead of the decoder to know which of them carry a needed picture.
 * Bounded; times are in the stream's units.
 */
final class PacketWindow implements AutoCloseable {
  private static final int MAX_PACKETS = 512;
  private static final long MAX_BYTES = 16L << 20;

  private final VideoFile file;
  private final ArrayDeque<AVPacket> packets = new ArrayDeque<>();
  private final ArrayDeque<AVPacket> spare = new ArrayDeque<>();
  private long bytes;
  private long lastDecodingTime = avutil.AV_NOPTS_VALUE;
  private long end = avutil.AV_NOPTS_VALUE;
  private boolean atEnd;
  private boolean timed = true;

  PacketWindow(VideoFile file) {
    this.file = file;
  }

  /** Reads until there is a packet and no unread one can be shown at or before the given time. */
  void fill(long until) {
    while (!atEnd
        && (packets.isEmpty() || !covers(until))
        && packets.size() < MAX_PACKETS
        && bytes < MAX_BYTES) {
      AVPacket packet = spare.isEmpty() ? avcodec.av_packet_alloc() : spare.pop();
      if (!file.read(packet)) {
        spare.push(packet);
        atEnd = true;
        return;
      }
      long decoding = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
      if (decoding != avutil.AV_NOPTS_VALUE) {
        lastDecodingTime = decoding;
      }
      timed &= hasTime(packet);
      if (time(packet) != avutil.AV_NOPTS_VALUE) {
        long shown = packet.duration() > 0 ? packet.duration() : file.frameDuration();
        end = Math.max(end, time(packet) + shown);
      }
      bytes += packet.size();
      packets.add(packet);
    }
  }

  /** Whether every packet shown at or before this time has been read. */
  boolean covers(long until) {
    return atEnd || (lastDecodingTime != avutil.AV_NOPTS_VALUE && lastDecodingTime > until);
  }

  /** Whether every packet so far had a display time. */
  boolean timed() {
    return timed;
  }

  /** Whether the file has no more packets. */
  boolean atEnd() {
    return atEnd;
  }

  /** When the last picture read so far ends. */
  OptionalLong end() {
    if (end == avutil.AV_NOPTS_VALUE) {
      return OptionalLong.empty();
    }
    // A decoding time precedes the display time by as many pictures as the decoder holds back.
    long delay = timed ? 0 : file.codec().video_delay() * file.frameDuration();
    return OptionalLong.of(end + delay);
  }

  /** The decoding time of the newest packet read. */
  OptionalLong lastDecodingTime() {
    return lastDecodingTime == avutil.AV_NOPTS_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(lastDecodingTime);
  }

  boolean isEmpty() {
    return packets.isEmpty();
  }

  /** The next packet, still owned by the window; {@link #drop} it after use. */
  AVPacket head() {
    return packets.element();
  }

  void drop() {
    AVPacket packet = packets.remove();
    bytes -= packet.size();
    avcodec.av_packet_unref(packet);
    spare.push(packet);
  }

  /** The latest display time at or before the given one in the window. */
  OptionalLong newest(long until) {
    return packets.stream()
        .filter(PacketWindow::hasTime)
        .mapToLong(PacketWindow::time)
        .filter(time -> time <= until)
        .max();
  }

  /** The display time, nearest to the given one, of a key frame in the window. */
  Optional<Long> nearestKey(long time, long from, long to) {
    return packets.stream()
        .filter(PacketWindow::isKey)
        .map(PacketWindow::time)
        .filter(key -> key >= from && key <= to)
        .min(Comparator.comparingLong(key -> Math.abs(key - time)));
  }

  /** How many packets precede the last key frame shown at or before the given time. */
  int beforeLastKey(long until) {
    int found = 0;
    int i = 0;
    for (Iterator<AVPacket> all = packets.iterator(); all.hasNext(); i++) {
      AVPacket packet = all.next();
      if (isKey(packet) && time(packet) != avutil.AV_NOPTS_VALUE && time(packet) <= until) {
        found = i;
      }
    }
    return found;
  }

  /** Empties the window after a seek. */
  void clear() {
    while (!packets.isEmpty()) {
      drop();
    }
    lastDecodingTime = avutil.AV_NOPTS_VALUE;
    atEnd = false;
  }

  /** Stops reading, because the file cannot seek to where reading should continue. */
  void stop() {
    atEnd = true;
  }

  /** Whether the packet has a display time. */
  static boolean hasTime(AVPacket packet) {
    return packet.pts() != avutil.AV_NOPTS_VALUE;
  }

  /** The packet's display time or, if unknown, its decoding time. */
  static long time(AVPacket packet) {
    return hasTime(packet) ? packet.pts() : packet.dts();
  }

  static boolean isKey(AVPacket packet) {
    return (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
  }

  @Override
  public void close() {
    clear();
    spare.forEach(avcodec::av_packet_free);
    spare.clear();
  }
}
