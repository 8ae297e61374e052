package framewise.engine.source;

import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Live source that a test feeds by hand with plain grey pictures. */
public final class HandFedSource implements LiveSource {
  private static final int SIDE = 16;

  private final BlockingQueue<Frame> newest = new LinkedBlockingQueue<>();
  private volatile @Nullable Ending ending;
  private final AtomicLong looks = new AtomicLong();
  private volatile boolean closed;
  private volatile @Nullable Instant cameAt;
  private volatile Optional<Duration> interval = Optional.empty();
  private volatile Duration age = Duration.ZERO;
  private final BlockingQueue<Frame> coming = new LinkedBlockingQueue<>();

  /** Sends a picture of the given luma, 16 to 235; replaces one that was not taken yet. */
  public void send(int luma) {
    send(luma, SIDE);
  }

  /** Sends a square picture with sides of this many pixels. */
  public synchronized void send(int luma, int side) {
    drop();
    newest.add(picture(luma, side));
  }

  /** Prepares a picture that the next call gets that waits for one. */
  public void sendToWaiting(int luma) {
    coming.add(picture(luma, SIDE));
  }

  /**
   * Sets the usual interval between pictures.
   *
   * @param age of each picture when it is taken
   */
  public void arriveEvery(Duration interval, Duration age) {
    this.interval = Optional.of(interval);
    this.age = age;
  }

  private static Frame picture(int luma, int side) {
    byte[] pixels = new byte[(int) PixelFormat.I420.bytes(side, side)];
    Arrays.fill(pixels, 0, side * side, (byte) luma);
    Arrays.fill(pixels, side * side, pixels.length, (byte) 128);
    return Frame.of(MemorySegment.ofArray(pixels), side, side, PixelFormat.I420, MediaTime.ZERO);
  }

  /** Ends the video. */
  public void end(Ending how) {
    ending = how;
  }

  /** Sets the arrival time of the newest picture. */
  public void cameAt(Instant when) {
    cameAt = when;
  }

  public boolean isClosed() {
    return closed;
  }

  /** How often a picture was requested. */
  public long looks() {
    return looks.get();
  }

  /** Whether every sent picture was taken. */
  public boolean isTaken() {
    return newest.isEmpty();
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    looks.incrementAndGet();
    // The test moves its clock by hand: no real waits.
    if (timeout.isPositive() && newest.isEmpty() && !coming.isEmpty()) {
      return Optional.ofNullable(coming.poll());
    }
    return Optional.ofNullable(newest.poll(Math.min(timeout.toMillis(), 5), TimeUnit.MILLISECONDS));
  }

  @Override
  public Optional<Duration> age() {
    return interval.map(known -> age);
  }

  @Override
  public Optional<Duration> interval() {
    return interval;
  }

  @Override
  public VideoInfo info(Frame picture) {
    return new VideoInfo("webrtc", "vp8", picture.width(), picture.height(), 0, Optional.empty());
  }

  @Override
  public Optional<Ending> ending() {
    return Optional.ofNullable(ending);
  }

  @Override
  public Reception reception() {
    Optional<String> trouble = ending().map(Ending::reason);
    return new Reception(trouble.isEmpty(), trouble, Optional.ofNullable(cameAt));
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void close() {
    closed = true;
    drop();
    coming.forEach(Frame::close);
    coming.clear();
  }

  private void drop() {
    Frame old = newest.poll();
    if (old != null) {
      old.close();
    }
  }
}
