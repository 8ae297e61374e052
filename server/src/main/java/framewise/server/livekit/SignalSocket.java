package framewise.server.livekit;

import framewise.server.access.PublishTokens;
import framewise.server.livekit.Participant.Signalling;
import framewise.webrtc.IceServer;
import io.javalin.websocket.WsBinaryMessageContext;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code WS /rtc} and {@code WS /rtc/v1}: LiveKit's signals as binary messages, for clients that
 * {@link LiveKitApi} admitted.
 */
final class SignalSocket implements Consumer<WsConfig> {
  /** Attribute of the request with its {@link SignalEntry}. */
  static final String ENTRY = "framewise.livekit.entry";

  /** Clients ping every five seconds. */
  private static final Duration IDLE = Duration.ofSeconds(20);

  private static final int UNSUPPORTED = 1003;
  private static final int INTERNAL = 1011;
  private static final Logger LOG = LoggerFactory.getLogger(SignalSocket.class);

  private final Signalling signalling;
  private final PublishTokens tokens;
  private final List<IceServer> iceServers;
  private final Map<String, SignalVisit> visits = new ConcurrentHashMap<>();

  SignalSocket(Signalling signalling, PublishTokens tokens, List<IceServer> iceServers) {
    this.signalling = signalling;
    this.tokens = tokens;
    this.iceServers = List.copyOf(iceServers);
  }

  @Override
  public void accept(WsConfig socket) {
    socket.onConnect(this::open);
    socket.onBinaryMessage(this::take);
    socket.onMessage(
        message ->
            message.closeSession(
                UNSUPPORTED, "Send signals in binary form (protobuf), not as JSON."));
    socket.onClose(this::closed);
    socket.onError(this::closed);
  }

  private void open(WsContext socket) {
    SignalEntry entry = socket.attribute(ENTRY);
    if (entry == null) {
      socket.closeSession(INTERNAL, "internal error");
      return;
    }
    socket.session.setMaxBinaryMessageSize(SignalRequest.MAX_BYTES);
    socket.session.setIdleTimeout(IDLE);
    var visit =
        new SignalVisit(
            entry, new SignalLink(socket, entry.from()), signalling, tokens, iceServers);
    visits.put(socket.sessionId(), visit);
    visit.start();
  }

  private void take(WsBinaryMessageContext message) {
    SignalVisit visit = visits.get(message.sessionId());
    // Copied, because the buffer is used again for the next message.
    byte[] bytes = new byte[message.data().remaining()];
    message.data().get(bytes);
    if (visit != null && !visit.take(bytes)) {
      LOG.info("disconnecting a publisher, which sends messages too fast");
      message.session.disconnect();
    }
  }

  private void closed(WsContext socket) {
    SignalVisit visit = visits.remove(socket.sessionId());
    if (visit != null) {
      visit.over();
    }
  }
}
