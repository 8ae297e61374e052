package framewise.media.live;

import framewise.media.Ffmpeg;
import framewise.media.MediaTime;
import framewise.media.MissingEnd;
import framewise.media.NewestSlot;
import framewise.media.NotAVideoException;
import framewise.media.VideoInfo;
import framewise.media.decode.DeclaredLength;
import framewise.media.decode.Decoder;
import framewise.media.decode.PictureHolder;
import framewise.media.decode.VideoCodecs;
import framewise.media.memory.MemoryExhaustedException;
import framewise.media.memory.NativeMemory;
import framewise.media.network.Network;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PictureGeometry;
import framewise.media.picture.PictureLimits;
import framewise.media.picture.PixelFormat;
import framewise.media.picture.UprightScaler;
import framewise.time.WallClock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Reads video at a URL as it arrives: RTSP, HLS, files on web servers. One thread opens it, calls
 * {@link #advance} and closes it; any other may {@link #take} the newest picture and {@link
 * #abort}. There is no queue: the next picture replaces one that was not taken, which counts as
 * dropped.
 */
public final class LiveReader implements AutoCloseable {
  private static final double MAX_FPS = 1000;

  private final LivePosition resume;
  private final FrameSize size;
  private final PixelFormat format;
  private final OutboundConnections outbound;
  private final LiveInput input;
  private final AVPacket packet;
  private final AVFrame work;
  private final PlayingClock clock = new PlayingClock(WallClock.system()::nanos);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition aborting = lock.newCondition();
  private volatile @Nullable Decoder decoder;
  private boolean drained;
  private boolean aborted;

  /** Guarded by the lock, like all fields below. */
  private final NewestSlot<PictureHolder> newest = new NewestSlot<>(PictureHolder::close);

  private @Nullable UprightScaler upright;
  private @Nullable PictureGeometry shape;
  private @Nullable VideoInfo info;
  private @Nullable Instant newestAt;
  private boolean closed;

  public LiveReader(VideoUrl url, Network network, FrameSize size, PixelFormat format) {
    this(url, network, size, format, LivePosition.START);
  }

  /**
   * Creates a reader that resumes where another one stopped.
   *
   * @param resume the other's {@link #place}. A live playlist with nothing new is not played again
   */
  public LiveReader(
      VideoUrl url, Network network, FrameSize size, PixelFormat format, LivePosition resume) {
    Ffmpeg.load();
    this.resume = resume;
    this.size = size;
    this.format = format;
    this.outbound = new OutboundConnections(network);
    this.input = new LiveInput(url, outbound, resume);
    this.packet = avcodec.av_packet_alloc();
    this.work = avutil.av_frame_alloc();
  }

  /**
   * Connects, and reads up to the first picture.
   *
   * @throws UrlFault with the reason when there is none
   */
  public void open() throws UrlFault {
    input.open();
    try {
      decoder = Decoder.open(input.stream().codecpar(), input.stream().time_base());
    } catch (NotAVideoException e) {
      throw new UrlFault(Kind.NO_VIDEO, String.valueOf(e.getMessage()));
    } catch (MemoryExhaustedException e) {
      throw new UrlFault(Kind.NO_MEMORY, e.sentence());
    }
    Optional<MediaTime> seen = resume.time().filter(time -> input.isFinite());
    if (seen.isPresent() && input.isLast(seen.get().micros())) {
      drained = true;
      return;
    }
    if (seen.isPresent() && input.seek(seen.get().micros())) {
      pass(seen.get());
    } else {
      begin();
    }
  }

  /** Shows the first picture at once, even when sound starts before it, as players do. */
  private void begin() throws UrlFault {
    if (!decode()) {
      throw new UrlFault(Kind.NO_VIDEO, "No picture of the video can be decoded.");
    }
    input.beginning().ifPresent(clock::beginAt);
    long time = clock.next(micros());
    input.touch();
    publish(time);
  }

  /**
   * Waits for the next picture and makes it the newest.
   *
   * @return false when a finite video is over
   * @throws UrlFault when the stream fails
   */
  public boolean advance() throws UrlFault {
    if (!decode()) {
      return false;
    }
    long time = clock.next(micros());
    awaitTurn(time);
    input.touch();
    publish(time);
    return true;
  }

  /**
   * Takes the newest picture, upright, unless it was taken before. Its time counts from the first
   * picture, or from the beginning of a recording.
   *
   * @return the frame, which the caller closes
   */
  public Optional<Frame> take() {
    lock.lock();
    try {
      UprightScaler making = upright;
      Optional<PictureHolder> taken = making == null ? Optional.empty() : newest.take();
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      try (PictureHolder picture = taken.get()) {
        return Optional.of(
            Objects.requireNonNull(making)
                .frame(picture.frame(), size, format, new MediaTime(Math.max(0, picture.time()))));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The position from which another reader can resume. */
  public LivePosition place() {
    OptionalLong newestMicros = clock.newest();
    boolean recorded = newestMicros.isPresent() && input.isFinite();
    return new LivePosition(
        recorded ? Optional.of(new MediaTime(newestMicros.getAsLong())) : Optional.empty(),
        input.playlists());
  }

  /** When the newest picture arrived, taken or not; empty before the first. */
  public Optional<Instant> newestAt() {
    lock.lock();
    try {
      return Optional.ofNullable(newestAt);
    } finally {
      lock.unlock();
    }
  }

  /** How much of a finished recording is missing by its own declaration. */
  public Optional<MissingEnd> cutOff() {
    return input.cutOff();
  }

  /** A sentence on the parts of a finished recording that could not be read. */
  public Optional<String> missing() {
    return input.missing();
  }

  /** The video's properties; available once it is open. */
  public VideoInfo info() {
    lock.lock();
    try {
      return Optional.ofNullable(info)
          .orElseThrow(() -> new IllegalStateException("the video is not open"));
    } finally {
      lock.unlock();
    }
  }

  /** How many pictures were replaced before anyone took them. */
  public long dropped() {
    return newest.dropped();
  }

  /** Bytes of the {@link NativeMemory} budget that the reader holds. Any thread may call it. */
  public long memoryBytes() {
    Decoder opened = decoder;
    return opened == null ? 0 : opened.reservedBytes();
  }

  /** Makes a blocked read fail soon; any thread may call it. */
  public void abort() {
    lock.lock();
    try {
      aborted = true;
      aborting.signalAll();
    } finally {
      lock.unlock();
    }
    input.abort();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      newest.close();
      if (upright != null) {
        upright.close();
      }
      avutil.av_frame_free(work);
      avcodec.av_packet_free(packet);
      if (decoder != null) {
        decoder.close();
      }
      input.close();
    } finally {
      lock.unlock();
    }
  }

  /** Shows the first picture after the one that was shown last, if there is one. */
  private void pass(MediaTime shown) throws UrlFault {
    input.touch();
    boolean more = decode();
    while (more && micros().orElse(Long.MIN_VALUE) <= shown.micros()) {
      more = decode();
    }
    if (more) {
      input.beginning().ifPresent(clock::beginAt);
      publish(clock.next(micros()));
      clock.show();
      input.touch();
    }
  }

  /** Decodes the next picture; false at the end. */
  private boolean decode() throws UrlFault {
    try {
      return decode(Objects.requireNonNull(decoder));
    } catch (MemoryExhaustedException e) {
      throw new UrlFault(Kind.NO_MEMORY, e.sentence());
    }
  }

  private boolean decode(Decoder opened) throws UrlFault {
    while (!opened.receive(work)) {
      if (drained) {
        return false;
      }
      if (input.interrupted() || !input.read(packet)) {
        if (input.interrupted()) {
          throw input.timedOut();
        }
        drained = true;
        opened.drain();
      } else {
        opened.send(packet, true);
        avcodec.av_packet_unref(packet);
      }
    }
    return true;
  }

  /** The picture's time on the video's own clock; empty when it has none. */
  private OptionalLong micros() {
    long time = work.best_effort_timestamp();
    return time == avutil.AV_NOPTS_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(
            avutil.av_rescale(
                time,
                input.stream().time_base().num() * 1_000_000L,
                input.stream().time_base().den()));
  }

  /** Waits until a picture is due; live pictures are due at once. */
  private void awaitTurn(long time) throws UrlFault {
    if (!input.isPaced()) {
      return;
    }
    long wait = clock.untilDue(time);
    lock.lock();
    try {
      while (!aborted && wait > 0) {
        wait = aborting.awaitNanos(wait);
      }
      if (aborted) {
        throw new UrlFault(Kind.LOST, "It was stopped.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UrlFault(Kind.LOST, "It was stopped.");
    } finally {
      lock.unlock();
    }
  }

  private void publish(long time) throws UrlFault {
    lock.lock();
    try {
      if (upright == null) {
        upright = new UprightScaler(input.stream(), input.colours());
      }
      PictureGeometry now = upright.shape(work);
      PictureLimits.requireSize(now.width(), now.height());
      if (info == null || !now.equals(shape)) {
        shape = now;
        info = describe(now);
      }
      var picture = new PictureHolder();
      picture.take(work, time);
      newest.replace(picture);
      newestAt = WallClock.system().now();
    } catch (NotAVideoException e) {
      throw new UrlFault(Kind.NO_VIDEO, String.valueOf(e.getMessage()));
    } finally {
      lock.unlock();
    }
  }

  private VideoInfo describe(PictureGeometry now) {
    double fps = avutil.av_q2d(input.stream().avg_frame_rate());
    Optional<Long> length =
        input.isFinite() ? DeclaredLength.of(input.context(), input.stream()) : Optional.empty();
    return new VideoInfo(
        input.label(),
        VideoCodecs.name(input.stream().codecpar().codec_id()),
        now.width(),
        now.height(),
        fps > 0 && fps < MAX_FPS ? fps : 0,
        length.map(MediaTime::new));
  }
}
