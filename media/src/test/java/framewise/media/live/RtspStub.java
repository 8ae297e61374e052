package framewise.media.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A camera that announces H.264 to its first client and then runs a test's script. */
final class RtspStub implements AutoCloseable {
  private static final String SDP =
      """
      v=0
      o=- 0 0 IN IP4 127.0.0.1
      s=camera
      t=0 0
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:track1
      """;

  /** Sends data after PLAY, until it has no more or the client disconnects. */
  interface Script {
    void play(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Thread camera;

  RtspStub(Script script) throws IOException {
    camera = Thread.ofVirtual().start(() -> serve(script));
  }

  String url() {
    return "rtsp://127.0.0.1:%d/cam".formatted(server.getLocalPort());
  }

  /** Waits until the camera has ended. */
  void join() throws InterruptedException {
    camera.join();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(Script script) {
    try (Socket socket = server.accept()) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = socket.getOutputStream();
      String method = "";
      while (!method.equals("PLAY")) {
        method = answer(in, out);
      }
      script.play(out);
    } catch (IOException | InterruptedException hungUp) {
      // as expected
    }
  }

  /** Answers a request and returns its method. */
  private static String answer(BufferedReader in, OutputStream out) throws IOException {
    String method = "";
    String number = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      method = method.isEmpty() ? line.substring(0, line.indexOf(' ')) : method;
      if (line.toLowerCase(Locale.ROOT).startsWith("cseq:")) {
        number = line;
      }
    }
    String body = method.equals("DESCRIBE") ? SDP.replace("\n", "\r\n") : "";
    String head =
        "RTSP/1.0 200 OK\r\n%s\r\nSession: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n"
            .formatted(number, body.length());
    out.write((head + body).getBytes(StandardCharsets.US_ASCII));
    return method;
  }
}
