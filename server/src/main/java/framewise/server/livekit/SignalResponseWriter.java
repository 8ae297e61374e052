package framewise.server.livekit;

import framewise.server.livekit.SignalRequest.AddTrack;
import framewise.server.livekit.SignalResponse.Answer;
import framewise.server.livekit.SignalResponse.Join;
import framewise.server.livekit.SignalResponse.Leave;
import framewise.server.livekit.SignalResponse.PlainPong;
import framewise.server.livekit.SignalResponse.Pong;
import framewise.server.livekit.SignalResponse.RefreshToken;
import framewise.server.livekit.SignalResponse.Resumed;
import framewise.server.livekit.SignalResponse.TrackPublished;
import framewise.server.livekit.SignalResponse.TrackUnpublished;
import framewise.webrtc.IceServer;
import java.util.List;

/** Writes the messages of {@link SignalResponse}. */
final class SignalResponseWriter {
  /** Interval of the client's pings, and how long it waits for the answer, in seconds. */
  static final int PING_INTERVAL = 5;

  private static final int PING_TIMEOUT = 15;

  /** A version of LiveKit's server that current clients know, and its protocol version. */
  private static final String VERSION = "1.9.0";

  private static final int PROTOCOL = 16;

  private static final int JOINED = 1;

  private SignalResponseWriter() {}

  static byte[] write(SignalResponse response) {
    return fields(new WireWriter(), response).bytes();
  }

  private static WireWriter fields(WireWriter out, SignalResponse response) {
    return switch (response) {
      case Join join -> out.message(1, join(join));
      case Answer answer -> out.message(2, description(answer));
      case TrackPublished published -> out.message(6, published(published));
      case Leave leave -> out.message(8, leave(leave));
      case RefreshToken refresh -> out.text(16, refresh.token());
      case TrackUnpublished ended -> out.message(17, new WireWriter().text(1, ended.sid()));
      case PlainPong pong -> out.always(18, pong.timestamp());
      case Resumed resumed -> out.message(19, resumed(resumed));
      case Pong pong ->
          out.message(
              20, new WireWriter().number(1, pong.last()).number(2, pong.now().toEpochMilli()));
    };
  }

  private static WireWriter join(Join join) {
    var permission = new WireWriter().flag(2, true).flag(3, true);
    var participant =
        new WireWriter()
            .text(1, join.sid())
            .text(2, join.identity())
            .number(3, JOINED)
            .number(6, join.at().getEpochSecond())
            .message(11, permission);
    var out =
        new WireWriter()
            .message(1, new WireWriter().text(1, "RM_" + join.stream()).text(2, join.stream()))
            .message(2, participant)
            .text(4, VERSION);
    iceServers(out, 5, join.iceServers());
    return out.number(10, PING_TIMEOUT)
        .number(11, PING_INTERVAL)
        .message(12, server())
        .message(14, new WireWriter().text(1, "video/VP8"))
        .message(14, new WireWriter().text(1, "video/H264"))
        .message(14, new WireWriter().text(1, "audio/opus"));
  }

  private static WireWriter resumed(Resumed resumed) {
    var out = new WireWriter();
    iceServers(out, 1, resumed.iceServers());
    return out.message(3, server());
  }

  private static WireWriter server() {
    return new WireWriter().text(2, VERSION).number(3, PROTOCOL);
  }

  private static void iceServers(WireWriter out, int field, List<IceServer> servers) {
    for (IceServer server : servers) {
      var one = new WireWriter();
      server.urls().forEach(url -> one.text(1, url));
      one.text(2, server.username().orElse("")).text(3, server.credential().orElse(""));
      out.message(field, one);
    }
  }

  private static WireWriter description(Answer answer) {
    return new WireWriter().text(1, "answer").text(2, answer.sdp()).number(3, answer.id());
  }

  private static WireWriter published(TrackPublished published) {
    AddTrack track = published.track();
    var info =
        new WireWriter()
            .text(1, published.sid())
            .number(2, track.kind().number())
            .text(3, track.name())
            .flag(4, track.muted())
            .number(5, track.width())
            .number(6, track.height())
            .number(9, track.source())
            .text(
                11,
                switch (track.kind()) {
                  case AUDIO -> "audio/opus";
                  case VIDEO -> "video/VP8";
                  case DATA -> "";
                });
    return new WireWriter().text(1, track.cid()).message(2, info);
  }

  private static WireWriter leave(Leave leave) {
    return new WireWriter()
        .flag(1, leave.action() != SignalResponse.Action.DISCONNECT)
        .number(2, leave.reason().number())
        .number(3, leave.action().number());
  }
}
