package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SessionId;
import framewise.engine.WallClock;
import framewise.engine.pipeline.ClipRun;
import framewise.engine.pipeline.Pace;
import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.RunListener;
import framewise.engine.pipeline.StreamRun;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.source.FilePictures;
import framewise.engine.source.FileSource;
import framewise.engine.source.LiveSource;
import framewise.engine.source.UrlSource;
import framewise.media.FrameSize;
import framewise.media.NotAVideoException;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import framewise.vision.Backend;
import framewise.vision.ClipBackend;
import framewise.vision.StreamBackend;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Makes the run that fits: a file or live video, for a back end that is asked clip by clip or for
 * one that takes the stream.
 */
final class Runs {
  private static final FrameSize FRAME_SIZE = new FrameSize(1280);

  private final Streams streams;
  private final WallClock clock;

  Runs(Streams streams, WallClock clock) {
    this.streams = streams;
    this.clock = clock;
  }

  /**
   * Plays a session's file.
   *
   * @param firstClip where to begin
   * @throws framewise.engine.RefusedException when the file cannot be opened any more, or the back
   *     end cannot be asked in this way
   */
  Run ofFile(
      SessionId id,
      Path file,
      VideoInfo video,
      StreamSettings with,
      Backend backend,
      long firstClip,
      RunListener listener) {
    String name = id.toString();
    try {
      return switch (backend) {
        case ClipBackend clips ->
            ClipRun.ofFile(
                name,
                FileSource.open(file, with.sampling(), FRAME_SIZE),
                with,
                streams.gateOf(clips),
                clock,
                listener,
                firstClip);
        case StreamBackend stream -> {
          requireRealtime(with, backend.name() + ", which watches the video as it plays");
          yield StreamRun.ofFile(
              name,
              FilePictures.open(file, video, with.sampling().fps()),
              with,
              stream,
              clock,
              listener,
              with.sampling().start(firstClip));
        }
        default -> throw new IllegalStateException(backend.name() + " cannot be asked");
      };
    } catch (NotAVideoException | UncheckedIOException e) {
      throw Refusal.of(
              Code.STORAGE_FAILED,
              "The session's video cannot be opened any more: %s".formatted(e.getMessage()))
          .asException();
    }
  }

  /** Looks at video that arrives now. */
  Run ofLive(
      SessionId id, LiveSource source, StreamSettings with, Backend backend, RunListener listener) {
    String name = id.toString();
    source.tell(listener::noticed);
    return switch (backend) {
      case ClipBackend clips ->
          ClipRun.ofLive(name, source, with, streams.gateOf(clips), clock, listener);
      case StreamBackend stream -> StreamRun.ofLive(name, source, with, stream, clock, listener);
      default -> throw new IllegalStateException(backend.name() + " cannot be asked");
    };
  }

  /**
   * Looks at the video at a URL.
   *
   * @throws framewise.engine.RefusedException when it is wanted faster than it comes
   */
  Run ofUrl(
      SessionId id, VideoUrl url, StreamSettings with, Backend backend, RunListener listener) {
    requireRealtime(with, "video by URL, which comes as it comes");
    var source = new UrlSource(id.toString(), url, streams.network(), streams::addLost);
    return ofLive(id, source, with, backend, listener);
  }

  private static void requireRealtime(StreamSettings with, String what) {
    if (with.pace() == Pace.FAST) {
      throw Refusal.field("pace", "pace is \"fast\" but must be realtime for " + what)
          .asException();
    }
  }
}
