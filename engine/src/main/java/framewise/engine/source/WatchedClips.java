package framewise.engine.source;

import framewise.media.Clip;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.util.Optional;

/** Clips of which the newest picture is shown to those who look on. */
public final class WatchedClips implements ClipSource {
  private final ClipSource source;
  private final NewestPicture newest;

  /**
   * @param source is closed with this
   */
  public WatchedClips(ClipSource source, NewestPicture newest) {
    this.source = source;
    this.newest = newest;
  }

  @Override
  public Optional<Clip> read(Sampling sampling, long index) {
    Optional<Clip> clip = source.read(sampling, index);
    clip.ifPresent(read -> newest.readAhead(read.newest()));
    return clip;
  }

  @Override
  public Optional<MediaTime> duration() {
    return source.duration();
  }

  @Override
  public void close() {
    newest.end();
    source.close();
  }
}
