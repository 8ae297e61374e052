package framewise.media.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A camera whose encoder hangs keeps sending reports, so packets keep arriving. */
@Timeout(120)
class CamerasWithoutPicturesAreGivenUpTest {
  @Test
  void afterThirtySeconds() throws Exception {
    try (var camera = new RtspStub(CamerasWithoutPicturesAreGivenUpTest::report)) {
      try (var reader =
          new LiveReader(
              VideoUrl.parse(camera.url()),
              Network.of(AllowedAddresses.ANY),
              new FrameSize(640),
              PixelFormat.I420)) {
        assertThatThrownBy(reader::open)
            .isInstanceOfSatisfying(
                UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.TIMED_OUT))
            .hasMessageContaining("No picture arrived for 30 seconds");
      }
      camera.join();
    }
  }

  private static void report(OutputStream out) throws IOException, InterruptedException {
    while (true) {
      out.write(senderReport());
      Thread.sleep(200);
    }
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
