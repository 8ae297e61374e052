package framewise.server.livekit;

import framewise.server.livekit.SignalRequest.AddTrack;
import framewise.server.livekit.SignalRequest.Offer;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Request with which a client opens its socket. Newer clients send a message in the query ({@code
 * join_request}), older ones single parameters.
 *
 * @param resume whether the client had a connection and wants to keep its peer connection
 * @param sid id of the participant that resumes; empty for a new one
 * @param tracks announced together with the offer
 * @param offer to be answered after the join
 */
record JoinRequest(boolean resume, String sid, List<AddTrack> tracks, Optional<Offer> offer) {
  static final String PARAMETER = "join_request";

  private static final int MAX_SID_LENGTH = 64;
  private static final int MAX_TRACKS = 16;
  private static final int GZIP = 1;

  JoinRequest {
    tracks = List.copyOf(tracks);
  }

  /**
   * Reads the query.
   *
   * @throws MalformedSignalException when it is malformed or exceeds a limit
   */
  static JoinRequest read(Context context) throws MalformedSignalException {
    String message = context.queryParam(PARAMETER);
    if (message != null) {
      return wrapped(new WireReader(base64(message)));
    }
    String sid = Optional.ofNullable(context.queryParam("sid")).orElse("");
    if (sid.length() > MAX_SID_LENGTH) {
      throw new MalformedSignalException(
          "sid has more than %d characters.".formatted(MAX_SID_LENGTH));
    }
    boolean resume = "1".equals(context.queryParam("reconnect"));
    return new JoinRequest(resume, sid, List.of(), Optional.empty());
  }

  private static JoinRequest wrapped(WireReader in) throws MalformedSignalException {
    byte[] inner = {};
    long compression = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> compression = in.number();
        case 2 -> inner = in.bytes();
        default -> {}
      }
    }
    if (compression != 0 && compression != GZIP) {
      throw new MalformedSignalException(
          "join_request has the compression %d but must have 0 (none) or 1 (gzip)."
              .formatted(compression));
    }
    return read(new WireReader(compression == GZIP ? inflated(inner) : inner));
  }

  private static JoinRequest read(WireReader in) throws MalformedSignalException {
    boolean resume = false;
    String sid = "";
    List<AddTrack> tracks = new ArrayList<>();
    Optional<Offer> offer = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 5 -> tracks.add(SignalRequestReader.addTrack(in.message()));
        case 6 -> offer = Optional.of(SignalRequestReader.offer(in.message()));
        case 7 -> resume = in.flag();
        case 9 -> sid = in.text(MAX_SID_LENGTH);
        default -> {}
      }
      if (tracks.size() > MAX_TRACKS) {
        throw new MalformedSignalException(
            "join_request has more than %d tracks.".formatted(MAX_TRACKS));
      }
    }
    return new JoinRequest(resume, sid, tracks, offer);
  }

  private static byte[] base64(String text) throws MalformedSignalException {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedSignalException("join_request is not base64url.");
    }
  }

  private static byte[] inflated(byte[] zipped) throws MalformedSignalException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      byte[] plain = in.readNBytes(SignalRequest.MAX_BYTES + 1);
      if (plain.length > SignalRequest.MAX_BYTES) {
        throw new MalformedSignalException(
            "join_request has more than %d kB.".formatted(SignalRequest.MAX_BYTES >> 10));
      }
      return plain;
    } catch (IOException e) {
      throw new MalformedSignalException("join_request is not gzip.");
    }
  }
}
