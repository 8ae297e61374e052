package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.testing.RtspCamera;
import framewise.time.WallClock;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays a real camera's stream through a proxy that inserts bytes between its packets. */
@Timeout(120)
class StrayBytesLoseNoPictureTest {
  private static final int PICTURES = 45;

  @TempDir Path folder;

  private final Queue<String> reported = new ConcurrentLinkedQueue<>();

  @AfterEach
  void everythingIsFree() {
    assertThat(FramePool.inUse()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "$", "\0\0\0", "RTSP/1.0 200", "$\0\u00ff\u00ff and so on"})
  void picturesContinue(String stray) throws Exception {
    try (RtspCamera camera = RtspCamera.open(folder);
        var between = new Meddler(URI.create(camera.url("", "/cam")).getPort(), stray);
        var source =
            new UrlSource(
                "test",
                VideoUrl.parse("rtsp://127.0.0.1:%d/cam".formatted(between.port())),
                Network.of(AllowedAddresses.ANY),
                WallClock.system(),
                kind -> reported.add(kind.name()))) {
      source.onNotice(reported::add);
      for (int i = 0; i < PICTURES; i++) {
        try (Frame picture = source.next(Duration.ofSeconds(20)).orElseThrow()) {
          assertThat(picture.width()).isEqualTo(320);
        }
        assertThat(source.reception().connected()).isTrue();
      }
      assertThat(between.meddled()).isGreaterThan(10);
    }
    assertThat(reported).as("losses and reports").isEmpty();
  }

  /** Forwards what camera and viewer send, and inserts bytes after every third packet. */
  private static final class Meddler implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final int camera;
    private final byte[] stray;
    private final AtomicInteger meddled = new AtomicInteger();

    Meddler(int camera, String stray) throws IOException {
      this.camera = camera;
      this.stray = stray.getBytes(StandardCharsets.ISO_8859_1);
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    int meddled() {
      return meddled.get();
    }

    private void accept() {
      while (!server.isClosed()) {
        try {
          Socket viewer = server.accept();
          Socket real = new Socket(InetAddress.getLoopbackAddress(), camera);
          Thread.ofVirtual().start(() -> pass(viewer, real));
          Thread.ofVirtual().start(() -> meddle(real, viewer));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private static void pass(Socket from, Socket to) {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException over) {
        // either side hung up
      }
    }

    private void meddle(Socket from, Socket to) {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        var data = new DataInputStream(in);
        for (int packets = 0; ; ) {
          int first = data.readUnsignedByte();
          if (first != '$') {
            out.write(first); // RTSP messages are forwarded unchanged
            continue;
          }
          byte[] head = data.readNBytes(3);
          byte[] body = data.readNBytes(((head[1] & 0xff) << 8) | (head[2] & 0xff));
          byte[] all = new byte[4 + body.length];
          all[0] = '$';
          System.arraycopy(head, 0, all, 1, 3);
          System.arraycopy(body, 0, all, 4, body.length);
          out.write(all);
          packets++;
          if (packets % 3 == 0) {
            out.write(stray);
            int _ = meddled.incrementAndGet();
          }
        }
      } catch (IOException over) {
        // either side hung up
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
