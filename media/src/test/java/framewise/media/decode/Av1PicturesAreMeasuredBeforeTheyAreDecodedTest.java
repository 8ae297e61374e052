package framewise.media.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Av1PicturesAreMeasuredBeforeTheyAreDecodedTest {
  /** A grey key frame of 8192x4320 pixels. */
  private static final byte[] LARGE =
      hex(
          "12000a0c0000008333fff0df3efe401032d3011000985a000000000400260028f3d70c65981de50d"
              + "26bfa698b18ec1b672325980d1e6ac1b9b3b96383593c1e397a9709dc0260028f3d70c65981de50d"
              + "26bfa698b18ec1b672325980d1e6ac1b9b3b96383593c1e397a9709dc03b0028f3d70c65981de50d"
              + "26bfa698b18ec1b672325980d1e6ac1b9b3b96383593c1e397a9709f268bb468bb11a9acf22e7443"
              + "2d5125128631f93b68200028f3d70c65981de50d26bfa698b18ec1b672325980d1e6ac1b9b3b9638"
              + "3593c1e397a9709f268bb468bb11a9acf22e74432d5125128631f93b6820");

  private static final String LARGE_HEADER = "0a0c0000008333fff0df3efe4010";
  private static final String SMALL_HEADER = "0a0d200000043cffbcdaf92021a004";

  /** Seen: 1.2 GB for each sender, since only pictures beyond 8192x8192 were refused. */
  @Test
  void aLivePictureBeyondTheLimitTakesNoMemory() {
    try (LiveDecoder decoder = LiveDecoder.open(LiveCodec.AV1, 4_096)) {
      long reserved = decoder.reservedBytes();
      for (int i = 0; i < 5; i++) {
        assertThat(decoder.decode(LARGE)).isEmpty();
      }
      assertThat(decoder.damaged()).isEqualTo(5);
      assertThat(decoder.reservedBytes()).isEqualTo(reserved);
    }
  }

  @Test
  void withinTheLimitItIsDecoded() {
    try (LiveDecoder decoder = LiveDecoder.open(LiveCodec.AV1, 8_192);
        LiveDecoder.DecodedPicture picture = decoder.decode(LARGE).orElseThrow()) {
      assertThat(picture.width()).isEqualTo(8_192);
      assertThat(picture.height()).isEqualTo(4_320);
    }
  }

  /** Columns: units, width, height. */
  @ParameterizedTest
  @CsvSource({
    LARGE_HEADER + ", 8192, 4320",
    SMALL_HEADER + ", 320, 240",
    // A sequence header of small pictures after one of large pictures in the same packet, and the
    // reverse.
    LARGE_HEADER + SMALL_HEADER + ", 8192, 4320",
    "1200" + SMALL_HEADER + LARGE_HEADER + ", 8192, 4320",
    // A picture without a sequence header has no known size.
    "120032020102, 0, 0"
  })
  void theLargestSequenceOfAPacketCounts(String units, int width, int height) {
    assertThat(new Av1Size().of(hex(units))).contains(new Av1Size.Limits(width, height));
  }

  @Test
  void aSequenceLastsUntilTheNextOne() {
    Av1Size sizes = new Av1Size();
    assertThat(sizes.of(hex(LARGE_HEADER))).contains(new Av1Size.Limits(8_192, 4_320));
    assertThat(sizes.of(hex("32020102"))).contains(new Av1Size.Limits(8_192, 4_320));
    assertThat(sizes.of(hex(SMALL_HEADER))).contains(new Av1Size.Limits(320, 240));
  }

  @Test
  void aContainersRecordBeginsASequence() {
    Av1Size sizes = new Av1Size();
    sizes.readRecord(hex("81000c00" + LARGE_HEADER));
    assertThat(sizes.of(hex("32020102"))).contains(new Av1Size.Limits(8_192, 4_320));
  }

  /** A unit longer than its packet, a length without an end, the forbidden bit, a torn header. */
  @ParameterizedTest
  @CsvSource({"0a0d20", "0affffffffffffffffff", "8a00", "0a020000", "0a"})
  void whatCannotBeReadIsNotDecoded(String units) {
    assertThat(new Av1Size().of(hex(units))).isEmpty();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
