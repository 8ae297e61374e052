package framewise.server.livekit;

import framewise.server.livekit.SignalRequest.AddTrack;
import framewise.server.livekit.SignalRequest.TrackKind;
import framewise.webrtc.sdp.MediaSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tracks that a client announced, and the one of them whose video is received. Safe for any
 * number of threads.
 */
final class PublishedTracks {
  /** Clients do not report that they have finished a track, so the oldest is forgotten. */
  private static final int MAX_COUNT = 16;

  /** By the client's ids. */
  private final Map<String, Track> announced =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Track> eldest) {
          return size() > MAX_COUNT;
        }
      };

  private int count;
  private Optional<String> received = Optional.empty();

  private record Track(String sid, TrackKind kind, boolean muted) {
    Track muted(boolean now) {
      return new Track(sid, kind, now);
    }
  }

  /** Adds a track, and returns this service's id for it. */
  synchronized String add(AddTrack track) {
    count++;
    String sid = (track.kind() == TrackKind.VIDEO ? "TR_V" : "TR_") + count;
    announced.put(track.cid(), new Track(sid, track.kind(), track.muted()));
    return sid;
  }

  /** Records that the client has muted or unmuted the track. */
  synchronized void mute(String sid, boolean muted) {
    announced.replaceAll((cid, track) -> track.sid().equals(sid) ? track.muted(muted) : track);
  }

  /**
   * Records an offer of the client.
   *
   * @param video the video that is received
   * @param others the media that is not received
   * @return this service's ids for the other tracks, which the client should end
   */
  synchronized List<String> offered(Optional<MediaSection> video, List<MediaSection> others) {
    received =
        video.flatMap(
            section ->
                names(section).filter(announced::containsKey).findFirst().or(this::onlyVideo));
    return others.stream()
        .flatMap(PublishedTracks::names)
        .flatMap(cid -> Optional.ofNullable(announced.get(cid)).stream())
        .map(Track::sid)
        .distinct()
        .toList();
  }

  /** Whether the client has muted the video that is received. */
  synchronized boolean isMuted() {
    return received.map(announced::get).filter(Track::muted).isPresent();
  }

  /** The ids in {@code a=msid:STREAM TRACK}. */
  private static Stream<String> names(MediaSection section) {
    return section.attributes("msid").flatMap(value -> Stream.of(value.split(" ", -1)));
  }

  private Optional<String> onlyVideo() {
    List<String> videos =
        announced.entrySet().stream()
            .filter(entry -> entry.getValue().kind() == TrackKind.VIDEO)
            .map(Map.Entry::getKey)
            .collect(Collectors.toList());
    return videos.size() == 1 ? Optional.of(videos.getFirst()) : Optional.empty();
  }
}
