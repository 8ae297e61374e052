package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.picture.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seen: libwebrtc skipped the first four pictures, which is four seconds at one picture per second.
 * This test sends only one picture, which must arrive.
 */
class FirstPictureNeedsNoSecondTest {
  @Test
  void aPictureSentDuringConnectingArrives() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Publisher publisher = peers.publisher(PeerListener.NONE);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        Frame older = TestPictures.quarters(320, 240, 0);
        Frame only = TestPictures.quarters(640, 360, 1)) {
      assertThat(publisher.send(older)).isTrue();
      assertThat(publisher.send(only)).isTrue();
      publisher.accept(receiver.answer(publisher.offer()));
      try (Frame arrived = receiver.next(Pair.PATIENCE).orElseThrow()) {
        assertThat(arrived.width()).isEqualTo(640);
      }
      assertThat(publisher.stats().framesSent()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"640x360", "1280x720"})
  void laterPicturesArriveOneByOne(String size) throws Exception {
    int width = Integer.parseInt(size.split("x", -1)[0]);
    int height = Integer.parseInt(size.split("x", -1)[1]);
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers)) {
      // Each is sent only after the previous one arrived: a skipped picture would end the test.
      for (int step = 0; step < 5; step++) {
        pair.send(width, height, step);
        try (Frame arrived = pair.receiver.next(Pair.PATIENCE).orElseThrow()) {
          assertThat(arrived.height()).isEqualTo(height);
        }
      }
    }
  }
}
