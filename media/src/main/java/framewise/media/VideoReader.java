package framewise.media;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads chosen pictures out of a video file and decodes no more than these need. Used by one thread
 * at a time: a second one that reads meanwhile gets an {@link IllegalStateException}; one that
 * closes waits until the read is over.
 */
public final class VideoReader implements AutoCloseable {
  /** So many packets may come before the first picture that decodes. */
  private static final int MAX_PACKETS_TO_FIRST_PICTURE = 5_000;

  private final VideoFile file;
  private final Decoder decoder;
  private final PictureSearch search;
  private final Scaler scaler = new Scaler();
  private final VideoInfo info;
  private final Shape shape;
  private final PixelFormat format;
  private final long tolerance;

  /** The first picture's time in the stream's units. */
  private final long origin;

  /** The length that the container tells, in microseconds. */
  private final long told;

  private final ReentrantLock use = new ReentrantLock();
  private volatile boolean closing;
  private boolean closed;

  private VideoReader(
      VideoFile file,
      Decoder decoder,
      PictureSearch search,
      VideoInfo info,
      Shape shape,
      PixelFormat format,
      long tolerance) {
    this.file = file;
    this.decoder = decoder;
    this.search = search;
    this.info = info;
    this.shape = shape;
    this.format = format;
    this.tolerance = tolerance;
    this.origin = search.current().time();
    this.told = info.duration().map(MediaTime::micros).orElse(0L);
  }

  /**
   * Opens the file, which may be untrusted, and reads its first picture to be sure there is one.
   * Nothing but the file itself is ever opened.
   *
   * @throws NotAVideoException when it is no mp4, mov, avi, mkv or webm, or no picture decodes
   * @throws java.io.UncheckedIOException when there is no such file or it may not be read
   */
  public static VideoReader open(Path file, FrameSize size, PixelFormat format)
      throws NotAVideoException {
    return open(file, size, format, MediaTime.ZERO);
  }

  /**
   * Opens the file like {@link #open(Path, FrameSize, PixelFormat)}, for a caller who would rather
   * have a cheap picture than the exact one.
   *
   * @param tolerance how far from the wanted time the picture may be on show when that saves
   *     decoding, 0 or more. A key frame within it costs least. Half of the time between two wanted
   *     pictures keeps them apart. {@link Frame#time} is always the picture's own.
   * @throws NotAVideoException when it is no mp4, mov, avi, mkv or webm, or no picture decodes
   * @throws java.io.UncheckedIOException when there is no such file or it may not be read
   */
  public static VideoReader open(Path file, FrameSize size, PixelFormat format, MediaTime tolerance)
      throws NotAVideoException {
    if (tolerance.isBefore(MediaTime.ZERO)) {
      throw new OutOfRangeException("tolerance", tolerance.seconds(), "0 or more");
    }
    VideoFile opened = VideoFile.open(file);
    Decoder decoder = null;
    PictureSearch search = null;
    try {
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
      Shape shape = Shape.of(opened.context(), opened.stream(), search.current().frame());
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
          info,
          shape.fit(size),
          format,
          opened.length(tolerance.micros()));
    } catch (NotAVideoException | RuntimeException e) {
      if (search != null) {
        search.close();
      }
      if (decoder != null) {
        decoder.close();
      }
      opened.close();
      throw e;
    }
  }

  /** Opens, looks and closes. */
  public static VideoInfo probe(Path file) throws NotAVideoException {
    try (VideoReader reader = open(file, new FrameSize(16), PixelFormat.GRAY8)) {
      return reader.info();
    }
  }

  /** Bytes of the {@link NativeMemory} budget that it has; 0 once it is closed. Any thread. */
  public long memoryBytes() {
    return decoder.reservedBytes();
  }

  public VideoInfo info() {
    return info;
  }

  /**
   * The picture on show at the given time: the latest that starts at or before it, or the first of
   * the video. Times usually rise from call to call; a time that falls back seeks.
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
      long wanted = origin + file.units(Math.max(0, time.micros()));
      if (!search.isPastEnd(wanted)) {
        // Beyond the length that the container tells, only an exact search finds the true end.
        search.advance(wanted, time.micros() >= told ? 0 : tolerance);
      }
      boolean over =
          search.isPastEnd(wanted)
              && (time.micros() >= told || damaged() == 0 || search.confirmEnd(wanted));
      return over || !search.current().isPresent() ? Optional.empty() : Optional.of(frame());
    } finally {
      use.unlock();
    }
  }

  /** How often since opening a piece of the file did not decode; reading went on after each. */
  public long damaged() {
    return decoder.damaged() + file.damagedReads();
  }

  /** How many pictures had to be decoded since opening. */
  long decoded() {
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
        scaler.close();
      }
    } finally {
      use.unlock();
    }
  }

  /** The current picture, scaled, converted and upright. */
  private Frame frame() {
    MediaTime time = new MediaTime(file.micros(search.current().time() - origin));
    return scaler.upright(search.current().frame(), shape, format, time);
  }
}
