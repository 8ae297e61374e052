package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesArriveUprightInTheirColoursTest {
  @ParameterizedTest
  @CsvSource({"640,360", "1280,720", "322,242", "321,241"})
  void everyQuadrantKeepsPlaceAndColour(int width, int height) throws Exception {
    int before = FramePool.inUse();
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers);
        Frame frame = pair.exchange(width, height)) {
      assertThat(frame.format()).isEqualTo(PixelFormat.I420);
      assertThat(frame.width()).isEqualTo(width);
      assertThat(frame.height()).isEqualTo(height);
      for (int i = 0; i < TestPictures.QUARTERS.length; i++) {
        assertThat(TestPictures.difference(TestPictures.colour(frame, i), TestPictures.QUARTERS[i]))
            .as("quarter %d is %s", i, TestPictures.colour(frame, i))
            .isLessThan(24);
      }
    }
    assertThat(FramePool.inUse()).isEqualTo(before);
  }

  @Test
  void timesStartAtZero() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers);
        Frame first = pair.exchange(320, 240);
        Frame second = pair.exchange(320, 240)) {
      assertThat(first.time().micros()).isZero();
      assertThat(second.time()).isGreaterThan(first.time());
    }
  }
}
