package framewise.media.file;

import framewise.media.MediaTime;
import framewise.media.MissingEnd;
import framewise.media.NotAVideoException;
import framewise.media.OutOfRangeException;
import framewise.media.VideoInfo;
import framewise.media.decode.Decoder;
import framewise.media.decode.PictureHolder;
import framewise.media.decode.VideoCodecs;
import framewise.media.memory.NativeMemory;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PictureGeometry;
import framewise.media.picture.PictureLimits;
import framewise.media.picture.PixelFormat;
import framewise.media.picture.UprightScaler;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads selected pictures from a video file and decodes no more than they need. Used by one thread
 * at a time: a concurrent read throws an {@link IllegalStateException}; close waits for the current
 * read.
 */
public final class VideoReader implements AutoCloseable {
  /** How many packets may precede the first picture that decodes. */
  private static final int MAX_PACKETS_TO_FIRST_PICTURE = 5_000;

  /** A file truncated by less than this counts as complete. */
  private static final long MISSED_MICROS = 500_000;

  private final VideoFile file;
  private final Decoder decoder;
  private final PictureSearch search;
  private final UprightScaler upright;
  private final VideoInfo info;
  private final FrameSize size;
  private final PixelFormat format;
  private final long tolerance;
  private final long start;

  /** The end that the container declares, in microseconds. */
  private final long declaredEnd;

  private final ReentrantLock use = new ReentrantLock();
  private volatile boolean closing;
  private boolean closed;

  private VideoReader(
      VideoFile file,
      Decoder decoder,
      PictureSearch search,
      UprightScaler upright,
      VideoInfo info,
      FrameSize size,
      PixelFormat format,
      long tolerance,
      long start) {
    this.file = file;
    this.decoder = decoder;
    this.search = search;
    this.upright = upright;
    this.info = info;
    this.size = size;
    this.format = format;
    this.tolerance = tolerance;
    this.start = start;
    this.declaredEnd = info.duration().map(MediaTime::micros).orElse(0L);
  }

  /**
   * Opens a file, which may be untrusted, and decodes its first picture to verify it. Never opens
   * any other file.
   *
   * @throws NotAVideoException when it is not an mp4, mov, avi, mkv or webm, or no picture decodes
   * @throws java.io.UncheckedIOException when the file does not exist or cannot be read
   */
  public static VideoReader open(Path file, FrameSize size, PixelFormat format)
      throws NotAVideoException {
    return open(file, size, format, MediaTime.ZERO);
  }

  /**
   * Opens a file like {@link #open(Path, FrameSize, PixelFormat)}, for a caller that prefers a
   * cheap picture to the exact one.
   *
   * @param tolerance how far from the wanted time the picture may be displayed if that saves
   *     decoding, 0 or more. A key frame within it costs least. Half the interval between two
   *     wanted pictures keeps them distinct. {@link Frame#time} is always the picture's own.
   * @throws NotAVideoException when it is not an mp4, mov, avi, mkv or webm, or no picture decodes
   * @throws java.io.UncheckedIOException when the file does not exist or cannot be read
   */
  public static VideoReader open(Path file, FrameSize size, PixelFormat format, MediaTime tolerance)
      throws NotAVideoException {
    if (tolerance.isBefore(MediaTime.ZERO)) {
      throw new OutOfRangeException("tolerance", tolerance.seconds(), "0 or more");
    }
    VideoFile opened = VideoFile.open(file);
    Decoder decoder = null;
    PictureSearch search = null;
    UprightScaler upright = new UprightScaler(opened.stream(), opened.colours());
    try {
      long start = opened.start();
      decoder = Decoder.open(opened.codec(), opened.stream().time_base());
      search = new PictureSearch(opened, decoder);
      if (!search.first(MAX_PACKETS_TO_FIRST_PICTURE)) {
        throw new NotAVideoException(
            "No picture of this %s file can be decoded (%s, %d damaged); it is cut off or broken."
                .formatted(
                    opened.container().label(),
                    VideoCodecs.name(opened.codec().codec_id()),
                    decoder.damaged()));
      }
      PictureGeometry shape = upright.shape(search.current().frame());
      PictureLimits.requireSize(shape.width(), shape.height());
      Optional<Long> duration = opened.duration();
      VideoInfo info =
          new VideoInfo(
              opened.container().label(),
              VideoCodecs.name(opened.codec().codec_id()),
              shape.width(),
              shape.height(),
              opened.fps(),
              duration.map(MediaTime::new));
      return new VideoReader(
          opened,
          decoder,
          search,
          upright,
          info,
          size,
          format,
          opened.length(tolerance.micros()),
          start);
    } catch (NotAVideoException | RuntimeException e) {
      if (search != null) {
        search.close();
      }
      if (decoder != null) {
        decoder.close();
      }
      upright.close();
      opened.close();
      throw e;
    }
  }

  /** Opens a file, reads its properties and closes it. The size is that of the largest pictures. */
  public static VideoInfo probe(Path file) throws NotAVideoException {
    try (VideoReader reader = open(file, new FrameSize(16), PixelFormat.GRAY8)) {
      PictureGeometry first = reader.upright.shape(reader.search.current().frame());
      PictureGeometry largest =
          LargestPicture.of(reader.file, reader.decoder, reader.upright, first, reader.declaredEnd);
      return reader.info.withSize(largest.width(), largest.height());
    }
  }

  /**
   * Bytes of the {@link NativeMemory} budget that the reader holds; 0 after close. Any thread may
   * call it.
   */
  public long memoryBytes() {
    return decoder.reservedBytes();
  }

  public VideoInfo info() {
    return info;
  }

  /**
   * Where a player starts, on its clock: at 0, or later if neither picture nor sound exists at 0.
   */
  public MediaTime start() {
    return new MediaTime(start);
  }

  /**
   * The picture that is displayed at the given time on a player's clock: the latest that starts at
   * or before it, the first before the video starts, the last while sound continues. Times usually
   * increase from call to call; a smaller time seeks back.
   *
   * @return the frame, which the caller closes, or empty when the video ends before that time
   * @throws IllegalStateException when the reader is closed, or another thread is reading
   */
  public Optional<Frame> at(MediaTime time) {
    boolean alone = use.tryLock();
    if (closing || !alone) {
      if (alone) {
        use.unlock();
      }
      throw new IllegalStateException(
          closing ? "the video is closed" : "another thread is reading from this video");
    }
    try {
      return find(Math.max(0, time.micros())) && search.current().isPresent()
          ? Optional.of(frame())
          : Optional.empty();
    } finally {
      use.unlock();
    }
  }

  /**
   * What is missing, once a time beyond the file's end was requested; empty for a complete file,
   * and when nothing visible is missing.
   */
  public Optional<MissingEnd> cutOff() {
    Optional<MediaTime> whole = file.wholeDuration().map(MediaTime::new);
    return file.tear()
        .map(tear -> file.micros(tear.from().orElseGet(search::end) - search.zero()))
        .filter(end -> whole.isEmpty() || end + MISSED_MICROS <= whole.get().micros())
        .map(end -> new MissingEnd(new MediaTime(end), whole));
  }

  /** Pieces of the file that failed to decode since opening; reading continued after each. */
  public long damaged() {
    return decoder.damaged() + file.damagedReads();
  }

  /** Pictures decoded since opening. */
  public long decoded() {
    return decoder.decoded();
  }

  @Override
  public void close() {
    closing = true;
    use.lock();
    try {
      if (!closed) {
        closed = true;
        search.close();
        decoder.close();
        file.close();
        upright.close();
      }
    } finally {
      use.unlock();
    }
  }

  /** Makes the picture displayed at this time current; false when the video ends before. */
  private boolean find(long micros) {
    long wanted = search.zero() + file.units(micros);
    boolean torn = isTornOff(wanted);
    if (!torn && !search.isPastEnd(wanted)) {
      // Beyond the declared length, only an exact search finds the true end.
      search.advance(wanted, micros >= declaredEnd ? 0 : tolerance);
    }
    boolean over =
        torn
            || (search.isPastEnd(wanted)
                && (micros >= declaredEnd || damaged() == 0 || search.confirmEnd(wanted)));
    boolean heard = micros < declaredEnd && file.hasSound() && file.tear().isEmpty();
    if (over && heard) {
      search.last();
    }
    return !over || heard;
  }

  private boolean isTornOff(long wanted) {
    OptionalLong from = file.tear().map(TruncationPoint::from).orElse(OptionalLong.empty());
    return from.isPresent() && wanted >= from.getAsLong();
  }

  /** The current picture, scaled, converted and upright. */
  private Frame frame() {
    PictureHolder shown = search.current();
    MediaTime time = new MediaTime(Math.max(0, file.micros(shown.time() - search.zero())));
    return upright.frame(shown.frame(), size, format, time);
  }
}
