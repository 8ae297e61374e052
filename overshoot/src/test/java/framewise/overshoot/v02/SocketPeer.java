package framewise.overshoot.v02;

import io.javalin.websocket.WsContext;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;

/** The service's end of a results socket. */
final class SocketPeer {

  private final WsContext context;
  final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();

  SocketPeer(WsContext context) {
    this.context = context;
    context.session.setMaxTextMessageSize(100_000);
  }

  /** The client's next message. */
  String message() throws Exception {
    return Optional.ofNullable(messages.poll(60, TimeUnit.SECONDS)).orElseThrow();
  }

  String path() {
    return context.session.getUpgradeRequest().getRequestURI().getRawPath();
  }

  void send(String text) {
    context.send(text);
  }

  /** Sends a complete, ordinary result. */
  void result(String id) {
    send(
        """
        {"id":"%s","stream_id":"s1","mode":"clip","model_backend":"overshoot","model_name":"m","prompt":"p",
         "result":"answer %s","inference_latency_ms":200,"total_latency_ms":300,"ok":true,"error":null,
         "finish_reason":"stop"}
        """
            .formatted(id, id));
  }

  /** Sends one message in two frames. */
  void inParts(String first, String second) {
    context.session.sendPartialText(first, false, Callback.NOOP);
    context.session.sendPartialText(second, true, Callback.NOOP);
  }

  void binary() {
    context.send(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  void close(int code, String reason) {
    context.session.close(code, reason, Callback.NOOP);
  }

  /** Ends the connection without a close frame. */
  void cut() {
    context.session.disconnect();
  }

  /** The close code of the socket, as seen by this end. */
  int closeCode() throws Exception {
    return closed.get(60, TimeUnit.SECONDS);
  }
}
