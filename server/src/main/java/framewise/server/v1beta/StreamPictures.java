package framewise.server.v1beta;

import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.keep.Footage;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.media.picture.EncodedPicture;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.http.PlatformThreads;
import framewise.server.v1beta.stream.StreamLease;
import framewise.server.v1beta.stream.StreamLeases;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Pictures of the streams that a caller may see. */
final class StreamPictures {
  private final Sessions sessions;
  private final SessionGrants grants;
  private final StreamLeases leases;
  private final PlatformThreads threads;

  /**
   * @param threads read and decode pictures
   */
  StreamPictures(
      Sessions sessions, SessionGrants grants, StreamLeases leases, PlatformThreads threads) {
    this.sessions = sessions;
    this.grants = grants;
    this.leases = leases;
    this.threads = threads;
  }

  /**
   * The pictures that an {@code ovs:} address refers to.
   *
   * @param most maximum number of pictures of a segment
   * @throws framewise.server.http.ProblemException with a code of v1beta
   */
  ShownPictures show(ChatPart.Media media, Caller caller, int most)
      throws IOException, InterruptedException {
    StreamAddress address =
        media.video() ? StreamAddress.ofVideo(media.url()) : StreamAddress.ofPicture(media.url());
    Session session = session(address.stream(), caller);
    Footage footage = session.footage();
    boolean active = isActive(session);
    Selection selection = Selection.of(address.what(), footage, active, most);
    List<EncodedPicture> pictures =
        threads.call(caller.whom(), () -> footage.pictures(selection.frames()));
    if (pictures.isEmpty()) {
      throw ChatFault.FRAME_EVICTED.because("The pictures were deleted while they were read.");
    }
    return new ShownPictures(pictures, Optional.of(session), selection.found(), selection.cut());
  }

  /** Whether more pictures may arrive. */
  boolean isActive(Session session) {
    return session.isRunning() || leases.find(session.id()).filter(StreamLease::isOpen).isPresent();
  }

  private Session session(String text, Caller caller) {
    SessionId id = SessionId.parse(text).orElseThrow(() -> unknown(text));
    Session session = sessions.find(id).orElseThrow(() -> unknown(text));
    if (!grants.sees(caller, id)) {
      throw unknown(text);
    }
    if (!grants.owns(caller, id)) {
      throw ChatFault.STREAM_UNAUTHORIZED.because(
          "This stream is shared with you for viewing. Only its owner can ask questions,"
              + " because they are stored in the stream and use its budget.");
    }
    if (leases.find(id).filter(lease -> !lease.isOpen()).isPresent()) {
      throw ChatFault.STREAM_NOT_FOUND.because("This stream has ended.");
    }
    return session;
  }

  private static RuntimeException unknown(String text) {
    return ChatFault.STREAM_NOT_FOUND.because(
        "There is no stream %s.".formatted(ShownText.of(text, 64)));
  }
}
