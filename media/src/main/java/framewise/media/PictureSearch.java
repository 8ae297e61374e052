package framewise.media;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Finds the picture that is on show at a time with as little decoding as the video allows. Times
 * are in the stream's units.
 *
 * <p>Packets are read ahead up to the wanted time. If a key frame lies on the way, everything
 * before it is left out: found in the container's index, by seeking; found among the packets read
 * ahead, by dropping what precedes it. From there on pictures that no other picture borrows from
 * are skipped by the decoder, except the wanted one, which is known by its time before it is
 * decoded.
 */
final class PictureSearch implements AutoCloseable {
  /** How often a key frame that did not decode is given up for the one before it. */
  private static final int MAX_RETRIES = 3;

  private final VideoFile file;
  private final Decoder decoder;
  private final PacketWindow window;

  /** Times of pictures that went into the decoder whole and have not come out yet. */
  private final TreeSet<Long> inDecoder = new TreeSet<>();

  private final AVFrame received = avutil.av_frame_alloc();
  private AVFrame current = avutil.av_frame_alloc();
  private AVFrame ahead = avutil.av_frame_alloc();
  private boolean hasCurrent;
  private boolean hasAhead;
  private long currentTime;
  private long aheadTime;
  private long lastTime = avutil.AV_NOPTS_VALUE;

  /** Pictures before this one lack what they borrow from: the decoder started at a key frame. */
  private long decodableFrom = Long.MIN_VALUE;

  /** How long after its decoding time a key frame is shown. */
  private long keyDelay;

  private boolean keyDelayKnown;

  /** The file was moved and its first packet from there has not been seen. */
  private boolean moved;

  private long knownEnd = Long.MAX_VALUE;
  private boolean endConfirmed;

  /** The time that was asked for last, and the one that comes next if the step stays the same. */
  private long lastAsked;

  private long nextAsked;

  /** The decoder was emptied in the middle of the video and cannot go on from there. */
  private boolean emptied;

  /** From here to the current picture none decodes. */
  private long gapFrom = Long.MAX_VALUE;

  PictureSearch(VideoFile file, Decoder decoder) {
    this.file = file;
    this.decoder = decoder;
    this.window = new PacketWindow(file);
  }

  /** Decodes the video's first picture; false when there is none within the given packets. */
  boolean first(int maxPackets) {
    int sent = 0;
    while (!hasCurrent) {
      if (receive()) {
        take(Long.MAX_VALUE);
      } else if (decoder.draining() || sent == maxPackets) {
        return false;
      } else {
        sent += feed(Long.MIN_VALUE, Long.MAX_VALUE) ? 1 : 0;
      }
    }
    lastAsked = currentTime;
    return true;
  }

  /**
   * Makes {@link #current} a picture that is on show no further than the tolerance from the time: a
   * key frame if there is one, else the one that needs the least decoding.
   */
  void advance(long time, long tolerance) {
    if (tolerance == 0) {
      advance(time);
      return;
    }
    long reached = hasCurrent && currentTime <= time ? currentTime : Long.MIN_VALUE;
    long earliest = Math.max(time - tolerance, reached);
    long target =
        Stream.of(
                window.nearestKey(time, earliest + 1, time + tolerance),
                file.keyAtOrBefore(time - keyDelay).map(this::shown),
                file.keyAtOrAfter(time - keyDelay).map(this::shown))
            .flatMap(Optional::stream)
            .filter(key -> key > earliest && key <= time + tolerance)
            .min(Comparator.comparingLong(key -> Math.abs(key - time)))
            .orElse(earliest);
    advance(target);
  }

  private long shown(long keyDecodingTime) {
    return keyDecodingTime + keyDelay;
  }

  /** Makes {@link #current} the latest picture at or before the time, or the first there is. */
  void advance(long until) {
    if (hasCurrent && until < currentTime && until >= gapFrom) {
      return;
    }
    gapFrom = Long.MAX_VALUE;
    nextAsked = until + Math.max(0, until - lastAsked);
    lastAsked = until;
    if (hasCurrent && until < currentTime) {
      restart(until);
    } else {
      seekAhead(until);
    }
    search(until, true);
    for (int i = 0;
        i < MAX_RETRIES && decodableFrom > currentTimeOrNever() && !isPastEnd(until);
        i++) {
      // The key frame did not decode, or was none: what is on show comes from an earlier one.
      restart(decodableFrom - 1);
      search(until, false);
    }
    if (!hasCurrent && hasAhead) {
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
   * Looks for a time that reading on from damage found to be past the end, once more from the key
   * frame before it: in a container that numbers its pictures by counting, lost ones shift the
   * rest.
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

  boolean hasCurrent() {
    return hasCurrent;
  }

  AVFrame current() {
    return current;
  }

  long currentTime() {
    return currentTime;
  }

  @Override
  public void close() {
    window.close();
    avutil.av_frame_free(received);
    avutil.av_frame_free(current);
    avutil.av_frame_free(ahead);
  }

  private long currentTimeOrNever() {
    return hasCurrent ? currentTime : Long.MIN_VALUE;
  }

  /** Seeks when the index knows a key frame beyond what has been read and not after the time. */
  private void seekAhead(long until) {
    OptionalLong last = window.lastDecodingTime();
    if (last.isEmpty()) {
      return;
    }
    file.keyAtOrBefore(until - keyDelay)
        .filter(key -> key > last.getAsLong())
        .ifPresent(this::moveTo);
  }

  /** Starts over at the last key frame at or before the time. */
  private void restart(long time) {
    moveTo(time - keyDelay);
    hasCurrent = false;
    hasAhead = false;
  }

  private void moveTo(long decodingTime) {
    window.clear();
    if (!file.seek(decodingTime) && !file.rewind()) {
      window.stop();
    }
    resetDecoder();
    decodableFrom = Long.MIN_VALUE;
    moved = true;
  }

  private void noteStart() {
    if (moved && !window.isEmpty()) {
      moved = false;
      if (PacketWindow.isKey(window.head())) {
        decodableFrom = PacketWindow.time(window.head());
      }
    }
  }

  private void resetDecoder() {
    decoder.reset();
    emptied = false;
    inDecoder.clear();
    hasAhead = false;
    lastTime = avutil.AV_NOPTS_VALUE;
  }

  private void search(long until, boolean jump) {
    boolean mayEmpty = true;
    while (true) {
      if (hasAhead) {
        if (aheadTime > until) {
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
      if (window.covers(until) && window.timed() && hasCurrent && currentTime >= wanted) {
        return;
      }
      if (receive()) {
        take(until);
      } else if (emptied) {
        moveTo(until - keyDelay);
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
   * Whether the next time will be reached from another key frame. Then the decoder need not be fed
   * on until it lets go of the wanted picture: it can be emptied.
   */
  private boolean isLeaving(long until) {
    return file.keyAtOrBefore(nextAsked - keyDelay)
        .map(this::shown)
        .filter(key -> key > until && key > inDecoder.last())
        .isPresent();
  }

  /** Leaves out what precedes a key frame that is shown at or before the time. */
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
  }

  /** The time of the latest picture at or before the given time, as far as is known. */
  private long wanted(long until) {
    Long held = inDecoder.floor(until);
    return Math.max(
        Math.max(currentTimeOrNever(), held == null ? Long.MIN_VALUE : held),
        window.newest(until).orElse(Long.MIN_VALUE));
  }

  /** Gives the decoder the next packet or tells it that there is none; true when it was one. */
  private boolean feed(long wanted, long until) {
    if (window.isEmpty()) {
      window.fill(Long.MAX_VALUE);
    }
    if (window.isEmpty()) {
      decoder.drain();
      return false;
    }
    AVPacket packet = window.head();
    boolean timed = PacketWindow.hasTime(packet);
    long time = PacketWindow.time(packet);
    noteKeyDelay(packet);
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

  private void noteKeyDelay(AVPacket packet) {
    if (!keyDelayKnown
        && PacketWindow.isKey(packet)
        && PacketWindow.hasTime(packet)
        && packet.dts() != avutil.AV_NOPTS_VALUE) {
      keyDelay = Math.max(0, packet.pts() - packet.dts());
      keyDelayKnown = true;
    }
  }

  private boolean receive() {
    return decoder.receive(received);
  }

  /** Sorts the picture that just came out. */
  private void take(long until) {
    long time = timeOf(received);
    lastTime = time;
    inDecoder.headSet(time, true).clear();
    if (time <= until) {
      swapIntoCurrent(received, time);
    } else if (emptied) {
      avutil.av_frame_unref(received); // pictures between this one and the last were never sent
    } else {
      avutil.av_frame_unref(ahead);
      avutil.av_frame_move_ref(ahead, received);
      aheadTime = time;
      hasAhead = true;
    }
  }

  private void promote() {
    swapIntoCurrent(ahead, aheadTime);
    hasAhead = false;
  }

  private void swapIntoCurrent(AVFrame from, long time) {
    avutil.av_frame_unref(current);
    avutil.av_frame_move_ref(current, from);
    currentTime = time;
    hasCurrent = true;
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
