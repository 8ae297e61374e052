package framewise.server.preview;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.files.BucketStore;
import framewise.engine.files.StoredFile;
import framewise.engine.keep.Footage;
import framewise.engine.keep.Footage.Direction;
import framewise.engine.keep.KeptFrame;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.engine.source.Pictures;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import framewise.media.VideoInfo;
import framewise.media.file.VideoReader;
import framewise.media.memory.MemoryExhaustedException;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import framewise.server.access.Caller;
import framewise.server.api.SessionPath;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Query;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * {@code GET /sessions/{session_id}/frame.jpg}: a thumbnail of a session, for lists and timelines.
 * For a file, the picture at a time, or one near its beginning; for live video, a kept picture or
 * the newest.
 */
public final class FrameApi {
  private static final int MIN_WIDTH = 16;
  private static final int MAX_WIDTH = 1920;
  private static final int DEFAULT_WIDTH = 320;
  private static final int QUALITY = 80;

  /** Widths of thumbnails that are kept: the default, and that of the console's list. */
  private static final Set<Integer> KEPT_WIDTHS = Set.of(DEFAULT_WIDTH, 128);

  /** No session lives longer; times beyond it do not fit into microseconds. */
  private static final Duration MAX_SESSION_AGE = Duration.ofDays(36_500);

  /** Many videos start with black pictures: without a time, a later one is used. */
  private static final double SHARE = 0.1;

  private static final double LATEST_SECONDS = 10;
  private static final double MAX_SECONDS = 1e6;

  /**
   * Maximum distance of a kept picture from the requested time; a more distant one shows something
   * else.
   */
  private static final MediaTime KEPT_WITHIN = MediaTime.ofSeconds(5);

  /**
   * A key frame this close to the requested time is used, which saves decoding the pictures
   * between.
   */
  private static final MediaTime NEAR = MediaTime.ofSeconds(0.2);

  private final Sessions sessions;
  private final PlatformThreads threads;

  /**
   * @param threads decode and encode pictures
   */
  public FrameApi(Sessions sessions, PlatformThreads threads) {
    this.sessions = sessions;
    this.threads = threads;
  }

  public void frame(Context context) throws IOException, InterruptedException {
    Session session = SessionPath.session(sessions, context);
    int width =
        (int)
            Query.number(
                    "width", Optional.ofNullable(context.queryParam("width")), MIN_WIDTH, MAX_WIDTH)
                .orElse(DEFAULT_WIDTH);
    OptionalDouble at =
        Query.decimal("at", Optional.ofNullable(context.queryParam("at")), 0, MAX_SECONDS);
    Optional<Instant> time =
        Optional.ofNullable(context.queryParam("time")).map(text -> Query.time("time", text));
    boolean head = context.req().getMethod().equals("HEAD");
    byte[] jpeg = threads.call(Caller.of(context).whom(), () -> jpeg(session, at, time, width));
    context.contentType("image/jpeg");
    context.header(
        "Cache-Control",
        session.file().isPresent() || time.isPresent() ? "private, max-age=86400" : "no-store");
    if (!head) {
      context.result(jpeg);
    }
  }

  private static byte[] jpeg(Session session, OptionalDouble at, Optional<Instant> time, int width)
      throws IOException, InterruptedException {
    Optional<StoredFile> file = session.file();
    if (file.isPresent() && time.isPresent()) {
      throw Refusal.field("time", "time is for live video: give at, the seconds of this file")
          .asException();
    }
    if (file.isPresent()) {
      return at.isPresent()
          ? ofFile(file.get(), at.getAsDouble(), width)
          : thumbnail(file.get(), usual(session.view()), width);
    }
    if (at.isPresent()) {
      throw Refusal.field(
              "at", "at is for uploaded videos: give time, such as 2026-01-31T09:00:00Z")
          .asException();
    }
    if (time.isPresent()) {
      return kept(session.footage(), time.get());
    }
    Optional<KeptFrame> last = session.footage().extent().newest();
    if (!session.isRunning() && last.isPresent()) {
      return picture(session.footage(), last.get());
    }
    try (Pictures.NumberedPicture seen = session.preview().newest()) {
      return small(seen.frame(), width);
    }
  }

  private static byte[] kept(Footage footage, Instant time) throws InterruptedException {
    KeptFrame frame =
        footage
            .extent()
            .begin()
            .filter(begin -> Duration.between(begin, time).abs().compareTo(MAX_SESSION_AGE) < 0)
            .map(begin -> ChronoUnit.MICROS.between(begin, time))
            .filter(micros -> micros >= -KEPT_WITHIN.micros())
            .flatMap(
                micros ->
                    footage.near(
                        new MediaTime(Math.max(0, micros)), KEPT_WITHIN, Direction.NEAREST))
            .orElseThrow(FrameApi::notKept);
    return picture(footage, frame);
  }

  private static byte[] picture(Footage footage, KeptFrame frame) throws InterruptedException {
    return footage.pictures(List.of(frame)).stream()
        .findFirst()
        .orElseThrow(FrameApi::notKept)
        .jpeg();
  }

  private static RuntimeException notKept() {
    return Refusal.of(Code.NO_PICTURE, "There is no stored picture of that moment.").asException();
  }

  /**
   * The thumbnail of a file; kept in a remote store, because a list of sessions would otherwise
   * copy all their videos.
   */
  private static byte[] thumbnail(StoredFile file, double seconds, int width) throws IOException {
    if (!file.store().isRemote() || !KEPT_WIDTHS.contains(width) || !file.exists()) {
      return ofFile(file, seconds, width);
    }
    var kept = new StoredFile(file.store(), BucketStore.thumbnail(file.key(), width));
    try {
      return kept.bytes();
    } catch (NoSuchFileException notYet) {
      byte[] jpeg = ofFile(file, seconds, width);
      file.store().putSoon(kept.key(), jpeg);
      return jpeg;
    } catch (RefusedException outOfReach) {
      // There may be a copy of the video on this machine.
      return ofFile(file, seconds, width);
    }
  }

  private static byte[] ofFile(StoredFile file, double seconds, int width) {
    if (!file.exists()) {
      throw Refusal.of(
              Code.VIDEO_MISSING,
              "This session's video was deleted from the data folder. Its results are still there.")
          .asException();
    }
    try (VideoReader reader =
        VideoReader.open(file.path(), new FrameSize(MAX_WIDTH), PixelFormat.I420, NEAR)) {
      Optional<Frame> found =
          reader.at(MediaTime.ofSeconds(seconds)).or(() -> reader.at(reader.start()));
      try (Frame frame = found.orElseThrow(FrameApi::noneThere)) {
        return small(frame, width);
      }
    } catch (NotAVideoException e) {
      throw Refusal.of(Code.NO_PICTURE, String.valueOf(e.getMessage())).asException();
    } catch (MemoryExhaustedException e) {
      throw Refusal.of(Code.MEMORY_EXHAUSTED, e.sentence()).asException();
    }
  }

  private static RuntimeException noneThere() {
    return Refusal.of(Code.NO_PICTURE, "No picture of this video can be decoded.").asException();
  }

  private static double usual(SessionView view) {
    double length = view.video().flatMap(VideoInfo::duration).map(MediaTime::seconds).orElse(0.0);
    return Math.min(length * SHARE, LATEST_SECONDS);
  }

  private static byte[] small(Frame picture, int most) {
    int width = Math.min(most, picture.width());
    double height = (double) picture.height() * width / picture.width();
    return picture.jpeg(width, (int) Math.max(1, Math.round(height)), QUALITY);
  }
}
