package framewise.media;

import java.util.Map;
import java.util.Optional;

/**
 * Where a reader was in the video at a URL, for the reader that goes on there.
 *
 * @param time the newest picture's on a recording's own clock; empty for what is sent now
 * @param playlists how each live playlist ended when it was read last, by its address
 */
public record LivePlace(Optional<MediaTime> time, Map<String, String> playlists) {
  /** Nothing was read yet. */
  public static final LivePlace START = new LivePlace(Optional.empty(), Map.of());

  public LivePlace {
    playlists = Map.copyOf(playlists);
  }

  /** This, where a later reader got no further. */
  public LivePlace then(LivePlace later) {
    return new LivePlace(
        later.time.or(() -> time), later.playlists.isEmpty() ? playlists : later.playlists);
  }
}
