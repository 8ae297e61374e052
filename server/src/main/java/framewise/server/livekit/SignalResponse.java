package framewise.server.livekit;

import framewise.server.livekit.SignalRequest.AddTrack;
import framewise.webrtc.IceServer;
import java.time.Instant;
import java.util.List;

/** A message to a client: {@code livekit.SignalResponse}. */
sealed interface SignalResponse {
  /**
   * The first message: the client may publish, and may not subscribe.
   *
   * @param stream name of the room
   * @param sid id of the participant, which the client sends to resume
   */
  record Join(String stream, String sid, String identity, Instant at, List<IceServer> iceServers)
      implements SignalResponse {
    public Join {
      iceServers = List.copyOf(iceServers);
    }
  }

  /** Instead of {@link Join} for a client that resumes. */
  record Resumed(List<IceServer> iceServers) implements SignalResponse {
    public Resumed {
      iceServers = List.copyOf(iceServers);
    }
  }

  /**
   * This service's session description.
   *
   * @param id of the offer
   */
  record Answer(String sdp, long id) implements SignalResponse {
    @Override
    public String toString() {
      return "Answer[id=" + id + "]";
    }
  }

  /** A track may be published under {@code sid}. */
  record TrackPublished(AddTrack track, String sid) implements SignalResponse {}

  /** The client should end a track. */
  record TrackUnpublished(String sid) implements SignalResponse {}

  /** The client's connection ends. */
  record Leave(Reason reason, Action action) implements SignalResponse {}

  /** A token for the client's next connection. */
  record RefreshToken(String token) implements SignalResponse {
    @Override
    public String toString() {
      return "RefreshToken[***]";
    }
  }

  /** Answers a {@link SignalRequest.PlainPing}. */
  record PlainPong(long timestamp) implements SignalResponse {}

  /**
   * Answers a {@link SignalRequest.Ping}.
   *
   * @param last the ping's time
   */
  record Pong(long last, Instant now) implements SignalResponse {}

  /** Why a client's connection ends: {@code livekit.DisconnectReason}. */
  enum Reason {
    DUPLICATE_IDENTITY(2),
    SERVER_SHUTDOWN(3),
    PARTICIPANT_REMOVED(4),
    ROOM_DELETED(5),
    STATE_MISMATCH(6),
    JOIN_FAILURE(7),
    MEDIA_FAILURE(15);

    private final int number;

    Reason(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** What the client does after that: {@code livekit.LeaveRequest.Action}. */
  enum Action {
    /** The client does not reconnect. */
    DISCONNECT(0),
    /** The client reconnects. */
    RECONNECT(2);

    private final int number;

    Action(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** The message in protobuf. */
  default byte[] bytes() {
    return SignalResponseWriter.write(this);
  }
}
