package framewise.media.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.network.Network;
import framewise.media.network.Reach;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A camera whose encoder hangs keeps sending reports, so packets keep arriving. */
@Timeout(120)
class CamerasThatSendNoPicturesAreLeftTest {
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

  @Test
  void afterHalfAMinute() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread camera = Thread.ofVirtual().start(() -> serve(server));
      VideoUrl url = VideoUrl.parse("rtsp://127.0.0.1:%d/cam".formatted(server.getLocalPort()));
      try (var reader =
          new LiveReader(url, Network.of(Reach.ANY), new FrameSize(640), PixelFormat.I420)) {
        assertThatThrownBy(reader::open)
            .isInstanceOfSatisfying(
                UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.TIMED_OUT))
            .hasMessageContaining("No picture came for 30 seconds");
      }
      camera.join();
    }
  }

  private static void serve(ServerSocket server) {
    try (Socket socket = server.accept()) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = socket.getOutputStream();
      String method = "";
      while (!method.equals("PLAY")) {
        method = answer(in, out);
      }
      while (true) {
        out.write(senderReport());
        Thread.sleep(200);
      }
    } catch (IOException | InterruptedException leftAlone) {
      // as expected
    }
  }

  /** Answers a request and returns its method. */
  private static String answer(BufferedReader in, OutputStream out) throws IOException {
    String method = "";
    String number = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      method = method.isEmpty() ? line.substring(0, line.indexOf(' ')) : method;
      if (line.startsWith("CSeq:")) {
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

  /** RFC 3550, 6.4.1, on the second channel of the connection. */
  private static byte[] senderReport() {
    ByteBuffer packet = ByteBuffer.allocate(32);
    packet.put((byte) '$').put((byte) 1).putShort((short) 28);
    packet.put((byte) 0x80).put((byte) 200).putShort((short) 6);
    packet.putInt(7).putLong(System.currentTimeMillis()).putInt(90_000).putInt(0).putInt(0);
    return packet.array();
  }
}
