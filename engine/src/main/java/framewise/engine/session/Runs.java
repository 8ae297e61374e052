package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SessionId;
import framewise.engine.WallClock;
import framewise.engine.pipeline.ClipRun;
import framewise.engine.pipeline.Pace;
import framewise.engine.pipeline.Place;
import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.RunListener;
import framewise.engine.pipeline.StreamRun;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.preview.Preview;
import framewise.engine.source.FilePictures;
import framewise.engine.source.FileSource;
import framewise.engine.source.LiveSource;
import framewise.engine.source.NewestPicture;
import framewise.engine.source.UrlSource;
import framewise.engine.source.WatchedClips;
import framewise.engine.source.WatchedSource;
import framewise.media.FrameSize;
import framewise.media.MemoryExhaustedException;
import framewise.media.NotAVideoException;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the run that fits: a file or live video, for back ends that are asked clip by clip or for
 * one that takes the stream.
 */
final class Runs {
  private static final FrameSize FRAME_SIZE = new FrameSize(1280);

  private final Streams streams;
  private final WallClock clock;
  private final Preview preview;

  /**
   * @param preview shows what the newest of these runs looks at
   */
  Runs(Streams streams, WallClock clock, Preview preview) {
    this.streams = streams;
    this.clock = clock;
    this.preview = preview;
  }

  /**
   * Plays a session's file.
   *
   * @param place where to begin
   * @throws framewise.engine.RefusedException when the file cannot be opened any more, there is no
   *     memory left for it, or the back end cannot be asked in this way
   */
  Run ofFile(
      SessionId id, Path file, VideoInfo video, Plan plan, Place place, RunListener listener) {
    String name = id.toString();
    if (!Files.exists(file)) {
      throw SessionRefusals.videoMissing();
    }
    var newest = new NewestPicture(clock);
    try {
      Run made =
          switch (plan) {
            case Plan.Clips(var clips) -> {
              var source = new WatchedClips(FileSource.open(file, FRAME_SIZE), newest);
              yield ClipRun.ofFile(name, source, clips, place, clock, listener);
            }
            case Plan.Stream(var settings, var backend, var others) -> {
              requireRealtime(settings, backend.name() + ", which watches the video as it plays");
              yield StreamRun.ofFile(
                  name,
                  FilePictures.open(file, video, settings.sampling().fps(), newest),
                  settings,
                  backend,
                  others,
                  clock,
                  listener,
                  place.first(settings.prompts(), settings.sampling()));
            }
          };
      preview.show(newest);
      return made;
    } catch (NotAVideoException | UncheckedIOException e) {
      throw Refusal.of(
              Code.VIDEO_MISSING,
              "This session's video can't be opened any more: %s".formatted(e.getMessage()))
          .asException();
    } catch (MemoryExhaustedException e) {
      throw Refusal.of(Code.MEMORY_EXHAUSTED, e.sentence()).asException();
    }
  }

  /** Looks at video that arrives now. */
  Run ofLive(SessionId id, LiveSource source, Plan plan, RunListener listener) {
    String name = id.toString();
    var watched = new WatchedSource(source, clock);
    watched.tell(listener::noticed);
    preview.show(watched);
    return switch (plan) {
      case Plan.Clips(var clips) -> ClipRun.ofLive(name, watched, clips, clock, listener);
      case Plan.Stream(var settings, var backend, var others) ->
          StreamRun.ofLive(name, watched, settings, backend, others, clock, listener);
    };
  }

  /**
   * Looks at the video at a URL.
   *
   * @throws framewise.engine.RefusedException when it is wanted faster than it comes
   */
  Run ofUrl(SessionId id, VideoUrl url, Plan plan, RunListener listener) {
    requireRealtime(plan.settings(), "video by URL, which comes as it comes");
    var source =
        new UrlSource(id.toString(), url, streams.network(), clock, streams.totals()::addLost);
    return ofLive(id, source, plan, listener);
  }

  private static void requireRealtime(StreamSettings with, String what) {
    if (with.pace() == Pace.FAST) {
      throw Refusal.field("pace", "pace is \"fast\" but must be realtime for " + what)
          .asException();
    }
  }
}
