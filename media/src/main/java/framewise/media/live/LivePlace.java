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
public record LivePlace(Optional<MediaTime> time, Map<String, String> playlists) {
  /** The start: nothing was read yet. */
  public static final LivePlace START = new LivePlace(Optional.empty(), Map.of());

  public LivePlace {
    playlists = Map.copyOf(playlists);
  }

  /** The position to resume from after a later reader, which may have got no further. */
  public LivePlace then(LivePlace later) {
    return new LivePlace(
        later.time.or(() -> time), later.playlists.isEmpty() ? playlists : later.playlists);
  }
}
