package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.overshoot.OvershootUrl;
import framewise.overshoot.Secret;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A connection that died silently, as behind a router that dropped its state. */
class ASilentSocketIsReplacedTest extends StubTest {

  private static final String CREATED =
      "{\"stream_id\":\"s1\",\"webrtc\":{\"type\":\"answer\",\"sdp\":\"v=0\"}}";

  private final BlockingQueue<Socket> upgraded = new LinkedBlockingQueue<>();

  @Test
  void whenItAnswersNoPing() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0);
        OvershootV02 other =
            new OvershootV02(
                ClientSettings.of(
                        OvershootUrl.of("http://127.0.0.1:" + deaf.getLocalPort()), Secret.of(KEY))
                    .withTime(time, time)
                    .withTimeouts(settings().timeouts()))) {
      Thread.ofVirtual().start(() -> serve(deaf));
      other.open(request(), heard);
      try (Socket first = RecordingStreamListener.next(upgraded)) {
        time.passAlarm(Duration.ofSeconds(15));
        time.passAlarm(Duration.ofSeconds(15));
        assertThat(RecordingStreamListener.next(heard.losses).why())
            .contains("no sign of life for 30 s");
        time.passAlarm(Duration.ofSeconds(1));
        try (Socket second = RecordingStreamListener.next(upgraded)) {
          assertThat(second.getPort()).isNotEqualTo(first.getPort());
        }
      }
    }
  }

  /** Answers the creation and the upgrades, and never sends anything on the sockets. */
  private void serve(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (Exception e) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String request = String.valueOf(in.readLine());
      String key = "";
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.startsWith("Sec-WebSocket-Key: ")) {
          key = line.substring("Sec-WebSocket-Key: ".length());
        }
      }
      if (key.isEmpty()) {
        String body = request.startsWith("POST /streams ") ? CREATED : "{\"status\":\"ok\"}";
        write(
            socket,
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
        // The request's body is still unread: closing now would reset the connection.
        socket.shutdownOutput();
        in.transferTo(java.io.Writer.nullWriter());
        socket.close();
        return;
      }
      byte[] accept =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      write(
          socket,
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(accept)
              + "\r\n\r\n");
      upgraded.add(socket);
    } catch (Exception e) {
      upgraded.clear();
    }
  }

  private static void write(Socket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
