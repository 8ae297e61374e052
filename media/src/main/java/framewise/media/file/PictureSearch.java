package framewise.media.file;

import framewise.media.decode.Decoder;
import framewise.media.decode.PictureHolder;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Finds the picture that is displayed at a time with as little decoding as the video allows. Times
 * are in the stream's units.
 *
 * <p>Packets are read ahead up to the wanted time. If a key frame lies on the way, everything
 * before it is skipped: by seeking when the container's index lists it, by dropping packets when it
 * was read ahead. After it, the decoder skips pictures that no other picture refers to, except the
 * wanted one, whose time is known before it is decoded.
 */
final class PictureSearch implements AutoCloseable {
  /** How often to fall back from a key frame that did not decode to the one before it. */
  private static final int MAX_RETRIES = 3;

  private final VideoFile file;
  private final Decoder decoder;
  private final PacketWindow window;
  private final KeyFrames keys;

  /** Times of pictures sent to the decoder for full decoding and not returned yet. */
  private final TreeSet<Long> inDecoder = new TreeSet<>();

  private final AVFrame received = avutil.av_frame_alloc();
  private final PictureHolder current = new PictureHolder();
  private final PictureHolder ahead = new PictureHolder();
  private long lastTime = avutil.AV_NOPTS_VALUE;
  private long firstRead = avutil.AV_NOPTS_VALUE;
  private long zero;

  /** Earlier pictures lack their references: the decoder started at a key frame. */
  private long decodableFrom = Long.MIN_VALUE;

  /** Start of the part that went through the window without a gap. */
  private long readFrom = Long.MIN_VALUE;

  /** Whether the file was repositioned and its first packet after that is still unread. */
  private boolean moved;

  private long knownEnd = Long.MAX_VALUE;
  private boolean endConfirmed;

  /** The last requested time, and the next one if the step stays the same. */
  private long lastAsked;

  private long nextAsked;

  /** Whether the decoder was emptied mid-video, so that it cannot continue from there. */
  private boolean emptied;

  /** Start of a gap, up to the current picture, in which nothing decodes. */
  private long gapFrom = Long.MAX_VALUE;

  PictureSearch(VideoFile file, Decoder decoder) {
    this.file = file;
    this.decoder = decoder;
    this.window = new PacketWindow(file);
    this.keys = new KeyFrames(file);
  }

  /** Decodes the video's first picture; false when there is none within the given packets. */
  boolean first(int maxPackets) {
    int sent = 0;
    while (!current.isPresent()) {
      if (receive()) {
        take(Long.MAX_VALUE);
      } else if (decoder.draining() || sent == maxPackets) {
        return false;
      } else {
        sent += feed(Long.MIN_VALUE, Long.MAX_VALUE) ? 1 : 0;
      }
    }
    lastAsked = current.time();
    zero = window.timed() ? 0 : current.time() - firstRead;
    return true;
  }

  /**
   * The player's zero. If no packet has a display time, pictures come out as much later than their
   * packets went in as the decoder holds back.
   */
  long zero() {
    return zero;
  }

  /**
   * Makes {@link #current} a picture that is displayed within the tolerance of the time: a key
   * frame if there is one, else the one that needs the least decoding.
   */
  void advance(long time, long tolerance) {
    if (tolerance == 0) {
      advance(time);
      return;
    }
    long reached = current.isPresent() && current.time() <= time ? current.time() : Long.MIN_VALUE;
    long earliest = Math.max(time - tolerance, reached);
    long latest = time + tolerance;
    long target =
        Stream.concat(
                window.nearestKey(time, earliest + 1, latest).stream(),
                keys.nearest(time, earliest + 1, latest).stream())
            .min(Comparator.comparingLong(key -> Math.abs(key - time)))
            .orElse(earliest);
    advance(target);
  }

  /** Makes {@link #current} the latest picture at or before the time, or the first there is. */
  void advance(long until) {
    if (current.isPresent() && until < current.time() && until >= gapFrom) {
      return;
    }
    gapFrom = Long.MAX_VALUE;
    nextAsked = until + Math.max(0, until - lastAsked);
    lastAsked = until;
    if (current.isPresent() && until < Math.max(current.time(), readFrom)) {
      restart(until);
    } else {
      seekAhead(until);
    }
    search(until, true);
    for (int i = 0;
        i < MAX_RETRIES && decodableFrom > currentTimeOrNever() && !isPastEnd(until);
        i++) {
      // The key frame did not decode, or was none: take a picture from an earlier one.
      restart(decodableFrom - 1);
      search(until, false);
    }
    if (!current.isPresent() && ahead.isPresent()) {
      promote();
      gapFrom = until;
    }
  }

  /** Whether the video is known to be over at that time. */
  boolean isPastEnd(long time) {
    if (window.atEnd()) {
      knownEnd = window.end().orElse(Long.MIN_VALUE);
    }
    return time >= knownEnd;
  }

  /**
   * Searches again, from the key frame before it, for a time that seemed past the end after damage:
   * containers that number pictures by counting shift the rest when some are lost.
   *
   * @return whether the video is over at that time after all
   */
  boolean confirmEnd(long time) {
    if (!endConfirmed) {
      knownEnd = Long.MAX_VALUE;
      restart(time);
      search(time, true);
      endConfirmed = isPastEnd(time);
    }
    return isPastEnd(time);
  }

  /** Makes {@link #current} the last picture of a video whose end is known. */
  void last() {
    if (knownEnd > Long.MIN_VALUE && knownEnd < Long.MAX_VALUE) {
      advance(knownEnd - 1);
    }
  }

  /** When the last picture that was read ends. */
  long end() {
    return window.end().orElse(0);
  }

  /** The picture found. */
  PictureHolder current() {
    return current;
  }

  @Override
  public void close() {
    window.close();
    avutil.av_frame_free(received);
    current.close();
    ahead.close();
  }

  private long currentTimeOrNever() {
    return current.isPresent() ? current.time() : Long.MIN_VALUE;
  }

  /** Seeks if the index has a key frame beyond what was read and not after the time. */
  private void seekAhead(long until) {
    OptionalLong last = window.lastDecodingTime();
    if (last.isEmpty()) {
      return;
    }
    keys.atOrBefore(until)
        .filter(key -> keys.decoded(key) > last.getAsLong())
        .ifPresent(this::moveTo);
  }

  /** Starts over at the last key frame at or before the time. */
  private void restart(long time) {
    moveTo(time);
    current.drop();
  }

  /** Continues from the last key frame shown at or before the time. */
  private void moveTo(long time) {
    seek(keys.decoded(time));
    long landed = Long.MAX_VALUE;
    // The index only estimates a key frame's display time; the packet has it.
    while (!window.isEmpty() && isLateKey(window.head(), time)) {
      keys.note(window.head());
      long here = keys.indexed(window.head());
      if (here == avutil.AV_NOPTS_VALUE || here >= landed) {
        break; // there is none before it
      }
      landed = here;
      seek(here - 1);
    }
    resetDecoder();
    decodableFrom = Long.MIN_VALUE;
    readFrom = time;
    moved = true;
  }

  /** Seeks to a key frame by its time in the index and reads its packet. */
  private void seek(long indexed) {
    window.clear();
    if (!file.seek(indexed) && !file.rewind()) {
      window.stop();
    }
    window.fill(Long.MIN_VALUE);
  }

  private static boolean isLateKey(AVPacket packet, long time) {
    return PacketWindow.isKey(packet) && PacketWindow.hasTime(packet) && packet.pts() > time;
  }

  private void noteStart() {
    if (moved && !window.isEmpty()) {
      moved = false;
      if (PacketWindow.isKey(window.head())) {
        decodableFrom = PacketWindow.time(window.head());
        readFrom = decodableFrom;
      }
    }
  }

  private void resetDecoder() {
    decoder.reset();
    emptied = false;
    inDecoder.clear();
    ahead.drop();
    lastTime = avutil.AV_NOPTS_VALUE;
  }

  private void search(long until, boolean jump) {
    boolean mayEmpty = true;
    while (true) {
      if (ahead.isPresent()) {
        if (ahead.time() > until) {
          return;
        }
        promote();
      }
      window.fill(until);
      noteStart();
      if (jump) {
        jumpToKey(until);
      }
      if (isPastEnd(until)) {
        return;
      }
      long wanted = wanted(until);
      if (window.covers(until)
          && window.timed()
          && current.isPresent()
          && current.time() >= wanted) {
        return;
      }
      if (receive()) {
        take(until);
      } else if (emptied) {
        moveTo(until);
        mayEmpty = false;
      } else if (decoder.draining()) {
        return;
      } else if (mayEmpty
          && inDecoder.contains(wanted)
          && window.covers(until)
          && isLeaving(until)) {
        decoder.drain();
        emptied = true;
      } else {
        boolean _ = feed(wanted, until);
      }
    }
  }

  /**
   * Whether the next request will start from another key frame. Then the decoder can be emptied
   * instead of fed until it returns the wanted picture.
   */
  private boolean isLeaving(long until) {
    return keys.atOrBefore(nextAsked)
        .filter(key -> key > until && key > inDecoder.last())
        .isPresent();
  }

  /** Skips what precedes a key frame shown at or before the time. */
  private void jumpToKey(long until) {
    int before = window.beforeLastKey(until);
    if (before == 0) {
      return;
    }
    for (int i = 0; i < before; i++) {
      window.drop();
    }
    resetDecoder();
    decodableFrom = PacketWindow.time(window.head());
    readFrom = decodableFrom;
  }

  /** The time of the latest picture at or before the given time, as far as known. */
  private long wanted(long until) {
    Long held = inDecoder.floor(until);
    return Math.max(
        Math.max(currentTimeOrNever(), held == null ? Long.MIN_VALUE : held),
        window.newest(until).orElse(Long.MIN_VALUE));
  }

  /** Gives the decoder the next packet, or the end of input; true when it was a packet. */
  private boolean feed(long wanted, long until) {
    window.fill(Long.MIN_VALUE);
    if (window.isEmpty()) {
      decoder.drain();
      return false;
    }
    AVPacket packet = window.head();
    boolean timed = PacketWindow.hasTime(packet);
    long time = PacketWindow.time(packet);
    if (firstRead == avutil.AV_NOPTS_VALUE) {
      firstRead = time;
    }
    keys.note(packet);
    if (!timed || time >= decodableFrom) {
      boolean needed = !timed || time >= wanted || time > until;
      if (timed && needed) {
        inDecoder.add(time);
      }
      decoder.send(packet, needed);
    }
    window.drop();
    return true;
  }

  private boolean receive() {
    return decoder.receive(received);
  }

  /** Classifies the picture that just came out. */
  private void take(long until) {
    long time = timeOf(received);
    lastTime = time;
    inDecoder.headSet(time, true).clear();
    if (time <= until) {
      show(received, time);
    } else if (emptied) {
      avutil.av_frame_unref(received); // pictures between this one and the last were never sent
    } else {
      ahead.take(received, time);
    }
  }

  private void promote() {
    show(ahead.frame(), ahead.time());
    ahead.drop();
  }

  private void show(AVFrame from, long time) {
    current.take(from, time);
    if (time >= decodableFrom) {
      decodableFrom = Long.MIN_VALUE;
    }
  }

  private long timeOf(AVFrame frame) {
    long time = frame.best_effort_timestamp();
    if (time == avutil.AV_NOPTS_VALUE) {
      time = frame.pts();
    }
    boolean unknown = time == avutil.AV_NOPTS_VALUE;
    if (lastTime != avutil.AV_NOPTS_VALUE && (unknown || time <= lastTime)) {
      return lastTime + Math.max(1, frame.duration());
    }
    return unknown ? 0 : time;
  }
}
