package framewise.server.livekit;

import framewise.server.livekit.SignalRequest.AddTrack;
import framewise.server.livekit.SignalRequest.Ignored;
import framewise.server.livekit.SignalRequest.Leave;
import framewise.server.livekit.SignalRequest.Mute;
import framewise.server.livekit.SignalRequest.Offer;
import framewise.server.livekit.SignalRequest.Ping;
import framewise.server.livekit.SignalRequest.PlainPing;
import framewise.server.livekit.SignalRequest.TrackKind;
import framewise.server.livekit.SignalRequest.Trickle;

/** Reads the messages of {@link SignalRequest}, each with the limits of its texts. */
final class SignalRequestReader {
  private static final int MAX_NAME = 256;
  private static final int MAX_CANDIDATE = 4_096;

  private SignalRequestReader() {}

  static SignalRequest read(WireReader in) throws MalformedSignalException {
    SignalRequest last = new Ignored(0);
    // If several fields of the oneof are set, the last one counts, as protobuf requires.
    while (in.next()) {
      last =
          switch (in.field()) {
            case 1 -> offer(in.message());
            case 3 -> trickle(in.message());
            case 4 -> addTrack(in.message());
            case 5 -> mute(in.message());
            case 8 -> new Leave();
            case 14 -> new PlainPing(in.number());
            case 16 -> ping(in.message());
            default -> new Ignored(in.field());
          };
    }
    return last;
  }

  static Offer offer(WireReader in) throws MalformedSignalException {
    String sdp = "";
    long id = 0;
    while (in.next()) {
      switch (in.field()) {
        case 2 -> sdp = in.text(SignalRequest.MAX_BYTES);
        case 3 -> id = in.unsigned();
        default -> {}
      }
    }
    return new Offer(sdp, id);
  }

  private static Trickle trickle(WireReader in) throws MalformedSignalException {
    String candidate = "";
    while (in.next()) {
      if (in.field() == 1) {
        candidate = in.text(MAX_CANDIDATE);
      }
    }
    return new Trickle(candidate);
  }

  static AddTrack addTrack(WireReader in) throws MalformedSignalException {
    String cid = "";
    String name = "";
    TrackKind kind = TrackKind.AUDIO;
    long width = 0;
    long height = 0;
    long source = 0;
    boolean muted = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> cid = in.text(MAX_NAME);
        case 2 -> name = in.text(MAX_NAME);
        case 3 -> kind = TrackKind.of(in.number());
        case 4 -> width = in.unsigned();
        case 5 -> height = in.unsigned();
        case 6 -> muted = in.flag();
        case 8 -> source = in.unsigned();
        default -> {}
      }
    }
    return new AddTrack(cid, name, kind, width, height, source, muted);
  }

  private static Mute mute(WireReader in) throws MalformedSignalException {
    String sid = "";
    boolean muted = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> sid = in.text(MAX_NAME);
        case 2 -> muted = in.flag();
        default -> {}
      }
    }
    return new Mute(sid, muted);
  }

  private static Ping ping(WireReader in) throws MalformedSignalException {
    long timestamp = 0;
    while (in.next()) {
      if (in.field() == 1) {
        timestamp = in.number();
      }
    }
    return new Ping(timestamp);
  }
}
