package framewise.server.livekit;

/** A message of a client: {@code livekit.SignalRequest}. */
sealed interface SignalRequest {
  /** Maximum length of a message, and of a join request once it is inflated, in bytes. */
  int MAX_BYTES = 128 << 10;

  /**
   * A session description for this service to answer.
   *
   * @param id to be repeated in the answer
   */
  record Offer(String sdp, long id) implements SignalRequest {
    /** Leaves the description out, because it has the password of the connection. */
    @Override
    public String toString() {
      return "Offer[id=" + id + "]";
    }
  }

  /**
   * An ICE candidate of the client.
   *
   * @param candidateInit JSON of {@code RTCIceCandidateInit}
   */
  record Trickle(String candidateInit) implements SignalRequest {}

  /**
   * The announcement of a track, whose media follows in an offer.
   *
   * @param cid the client's id for it, which is also in its offer
   * @param kind {@link TrackKind}
   * @param source camera, screen and so on: LiveKit's number
   */
  record AddTrack(
      String cid, String name, TrackKind kind, long width, long height, long source, boolean muted)
      implements SignalRequest {}

  /**
   * A track is muted or unmuted.
   *
   * @param sid this service's id for the track
   */
  record Mute(String sid, boolean muted) implements SignalRequest {}

  /** The client leaves. */
  record Leave() implements SignalRequest {}

  /**
   * A keep-alive.
   *
   * @param timestamp the client's, to be repeated
   */
  record Ping(long timestamp) implements SignalRequest {}

  /** A keep-alive of older clients. */
  record PlainPing(long timestamp) implements SignalRequest {}

  /** A message that changes nothing here, such as those about subscriptions. */
  record Ignored(int field) implements SignalRequest {}

  /** Kinds of tracks: {@code livekit.TrackType}. */
  enum TrackKind {
    AUDIO(0),
    VIDEO(1),
    DATA(2);

    private final int number;

    TrackKind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static TrackKind of(long number) throws MalformedSignalException {
      for (TrackKind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new MalformedSignalException(
          "A track has the type %d but must have 0 (audio) or 1 (video).".formatted(number));
    }
  }

  /**
   * Reads a message; unknown fields are skipped.
   *
   * @throws MalformedSignalException when it is too long or malformed
   */
  static SignalRequest read(byte[] bytes) throws MalformedSignalException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedSignalException(
          "The message has %d bytes, of which %d are allowed.".formatted(bytes.length, MAX_BYTES));
    }
    return SignalRequestReader.read(new WireReader(bytes));
  }
}
