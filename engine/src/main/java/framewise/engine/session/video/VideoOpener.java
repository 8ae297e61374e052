package framewise.engine.session.video;

import framewise.engine.Refusal;
import framewise.engine.SessionId;
import framewise.engine.files.StoredFile;
import framewise.engine.keep.FrameKeeper;
import framewise.engine.keep.FrameStore;
import framewise.engine.keep.KeepSettings;
import framewise.engine.pipeline.Run;
import framewise.engine.preview.Preview;
import framewise.engine.session.plan.Streams;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.LiveSource;
import framewise.engine.source.NewestPicture;
import framewise.engine.source.UrlSource;
import framewise.engine.source.WatchedSource;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import framewise.time.WallClock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens the video of one session for a run, and shows its pictures to viewers.
 *
 * @param frames keeps the pictures of live video
 * @param keep how much of it is kept; empty for the default
 * @param notices receives sentences about the video or its sender, for viewers
 */
public record VideoOpener(
    SessionId id,
    Streams streams,
    WallClock clock,
    Preview preview,
    FrameStore frames,
    Optional<KeepSettings> keep,
    Consumer<String> notices) {
  Run.OpenedVideo file(StoredFile file, VideoInfo info) {
    var newest = new NewestPicture(clock);
    preview.show(newest);
    return new OpenFile(file, info, newest, notices);
  }

  /**
   * Video at a URL.
   *
   * @throws framewise.engine.RefusedException when a pace faster than real time is requested
   */
  Run.OpenedVideo url(VideoUrl url, StreamSettings settings) {
    if (settings.pace() == Pace.FAST) {
      throw Refusal.field("pace", "pace is \"fast\" but must be realtime for video by URL")
          .asException();
    }
    return live(
        new UrlSource(id.toString(), url, streams.network(), clock, streams.totals()::addLost));
  }

  /** Live video from any source; its newest pictures are kept. */
  public Run.OpenedVideo live(LiveSource source) {
    var watched = new WatchedSource(source, clock);
    watched.onNotice(notices);
    preview.show(watched);
    FrameKeeper keeper = frames.keeper(id, keep, watched);
    return new OpenLive(watched, keeper);
  }
}
