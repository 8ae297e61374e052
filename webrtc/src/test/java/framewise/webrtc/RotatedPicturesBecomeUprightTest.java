package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.picture.Frame;
import framewise.testing.TestMachine;
import framewise.webrtc.receiver.HandmadeSender;
import java.awt.Color;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone sends its camera's picture unrotated, with the clockwise rotation to apply. */
class RotatedPicturesBecomeUprightTest {
  private static final int VP8 = 96;
  private static final int ORIENTATION = 5;
  private static final int IVF_HEADER = 32;
  private static final int IVF_FRAME_HEADER = 12;

  @TempDir Path folder;

  @ParameterizedTest
  // Columns: rotation, and the quarters in which the coded top left (red) and top right (green) end
  // up.
  @CsvSource({"0,0,1", "90,1,3", "180,3,2", "270,2,0"})
  void quartersMoveClockwise(int rotation, int red, int green) throws Exception {
    TestMachine.needs("ffmpeg");
    byte[] picture = coded();
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        var sender = new HandmadeSender(true)) {
      sender.connect(
          receiver.answer(sender.offer(true) + "a=extmap:5 urn:3gpp:video-orientation\r\n"));
      sender.check(true);
      sender.shake();
      sender.agree();
      sender.marked(VP8, /* source= */ 7, ORIENTATION, (char) (rotation / 90), picture);
      Optional<Frame> received = receiver.next(Duration.ofSeconds(60));
      try (Frame upright = received.orElseThrow()) {
        assertThat(upright.width()).isEqualTo(rotation % 180 == 0 ? 162 : 122);
        assertThat(TestPictures.difference(TestPictures.colour(upright, red), Color.RED))
            .isLessThan(40);
        assertThat(TestPictures.difference(TestPictures.colour(upright, green), Color.GREEN))
            .isLessThan(40);
      }
    }
  }

  @Test
  void oddWidthsAreReadAsSuch() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers);
        Frame frame = pair.exchange(173, 131)) {
      for (int i = 0; i < TestPictures.QUARTERS.length; i++) {
        assertThat(TestPictures.difference(TestPictures.colour(frame, i), TestPictures.QUARTERS[i]))
            .isLessThan(40);
      }
    }
  }

  /** The payload of a packet with a whole key frame, 162x122. */
  private byte[] coded() throws Exception {
    Path plain = folder.resolve("quarters.yuv");
    try (Frame quarters = TestPictures.quarters(162, 122, 0)) {
      Files.write(plain, quarters.pixels().toArray(ValueLayout.JAVA_BYTE));
    }
    Path ivf = folder.resolve("quarters.ivf");
    Process ffmpeg =
        new ProcessBuilder(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-s",
                "162x122",
                "-i",
                plain.toString(),
                "-c:v",
                "libvpx",
                "-b:v",
                "2M",
                ivf.toString())
            .inheritIO()
            .start();
    assertThat(ffmpeg.waitFor()).isZero();
    byte[] file = Files.readAllBytes(ivf);
    int size = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(IVF_HEADER);
    byte[] payload = new byte[1 + size];
    payload[0] = 0x10;
    System.arraycopy(file, IVF_HEADER + IVF_FRAME_HEADER, payload, 1, size);
    return payload;
  }
}
