package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.media.video.VideoFrame;
import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone sends its camera's picture unrotated, with the clockwise rotation to apply. */
class RotatedPicturesStandUprightTest {
  @ParameterizedTest
  // The quarters where the coded top left (red) and top right (green) end up.
  @CsvSource({"0,0,1", "90,1,3", "180,3,2", "270,2,0"})
  void quartersMoveClockwise(int rotation, int red, int green) throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Publisher loadsTheLibrary = peers.publisher(PeerListener.NONE);
        Frame coded = TestPictures.quarters(162, 122, 0)) {
      assertThat(loadsTheLibrary.state()).isEqualTo(ConnectionState.NEW);
      VideoFrame picture = NativePicture.of(coded);
      VideoFrame turned = new VideoFrame(picture.buffer, rotation, 0);
      try (Frame upright = NativePicture.toFrame(turned, MediaTime.ZERO)) {
        assertThat(upright.width()).isEqualTo(rotation % 180 == 0 ? 162 : 122);
        assertThat(TestPictures.difference(TestPictures.colour(upright, red), Color.RED))
            .isLessThan(24);
        assertThat(TestPictures.difference(TestPictures.colour(upright, green), Color.GREEN))
            .isLessThan(24);
      } finally {
        picture.release();
      }
    }
  }

  @Test
  void paddedRowsAreReadAsSuch() throws Exception {
    // libwebrtc pads rows; with an odd width, the rows of every plane differ from its stride.
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers);
        Frame frame = pair.exchange(173, 131)) {
      for (int i = 0; i < TestPictures.QUARTERS.length; i++) {
        assertThat(TestPictures.difference(TestPictures.colour(frame, i), TestPictures.QUARTERS[i]))
            .isLessThan(40);
      }
    }
  }
}
