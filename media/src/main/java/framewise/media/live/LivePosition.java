package framewise.media.live;

import framewise.media.MediaTime;
import java.util.Map;
import java.util.Optional;

/**
 * A reader's position in the video at a URL, from which another reader can resume.
 *
 * @param time the newest picture's time on a recording's own clock; empty for live video
 * @param playlists how each live playlist ended when last read, by URL
 */
public record LivePosition(Optional<MediaTime> time, Map<String, String> playlists) {
  /** The start: nothing was read yet. */
  public static final LivePosition START = new LivePosition(Optional.empty(), Map.of());

  public LivePosition {
    playlists = Map.copyOf(playlists);
  }

  /** The position to resume from after a later reader, which may have got no further. */
  public LivePosition then(LivePosition later) {
    return new LivePosition(
        later.time.or(() -> time), later.playlists.isEmpty() ? playlists : later.playlists);
  }
}
