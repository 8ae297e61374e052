package framewise.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.decode.LiveCodec;
import framewise.webrtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PicturesAreAssembledTest {
  /** A key frame's header for 16383x16383 pixels. */
  private static final String VP8_KEY = "10" + "100000" + "9d012a" + "ff3fff3f" + "00";

  /** Constrained Baseline, 1280x720. */
  private static final String SPS = "6742c01ed9005005ba6a020202800001f480005dc0078b1724";

  private static final String PPS = "68cb83cb20";
  private static final String KEY_SLICE = "6588840a";

  @Test
  void theSizeOfVp8KeyFramesIsRead() {
    List<WholePicture> pictures = assemble(LiveCodec.VP8, VP8_KEY);
    assertThat(pictures).hasSize(1);
    assertThat(pictures.getFirst().key()).isTrue();
    assertThat(pictures.getFirst().size()).contains(new PictureSize(16_383, 16_383));
    assertThat(pictures.getFirst().size().orElseThrow().fits(4_096)).isFalse();
  }

  @Test
  void vp8PacketsAreJoined() {
    // With a 15-bit picture id in the descriptor.
    List<WholePicture> pictures =
        assemble(LiveCodec.VP8, "9080" + "8123" + "31020304", "8080" + "8123" + "0506");
    assertThat(pictures).hasSize(1);
    assertThat(pictures.getFirst().bytes()).isEqualTo(hex("310203040506"));
    assertThat(pictures.getFirst().key()).isFalse();
  }

  @Test
  void h264UnitsAggregatesAndFragmentsAreEqual() {
    byte[] expected = hex("00000001" + SPS + "00000001" + PPS + "00000001" + KEY_SLICE);
    String aggregate = "78" + length(SPS) + SPS + length(PPS) + PPS;
    for (List<String> way :
        List.of(
            List.of(SPS, PPS, KEY_SLICE),
            List.of(aggregate, KEY_SLICE),
            List.of(aggregate, "7c85" + "88", "7c05" + "84", "7c45" + "0a"))) {
      List<WholePicture> pictures = assemble(LiveCodec.H264, way.toArray(String[]::new));
      assertThat(pictures).as("%s", way).hasSize(1);
      assertThat(pictures.getFirst().bytes()).isEqualTo(expected);
      assertThat(pictures.getFirst().key()).isTrue();
      assertThat(pictures.getFirst().size()).contains(new PictureSize(1_280, 720));
    }
  }

  @Test
  void h264SizesAreReadBeforeDecoding() {
    // Profile 66, level 62, log2 numbers 4, order type 2, one reference, 1024x1024 blocks.
    String huge =
        "6742003e"
            + bits(
                "1" + "1" + "011" + "010" + "0" + ue(1_023) + ue(1_023) + "1" + "1" + "0" + "0"
                    + "1");
    List<WholePicture> pictures = assemble(LiveCodec.H264, huge, PPS, KEY_SLICE);
    assertThat(pictures.getFirst().size()).contains(new PictureSize(16_384, 16_384));
  }

  @Test
  void av1UnitsHaveSizes() {
    // A sequence header, then a frame over two packets.
    List<WholePicture> pictures =
        assemble(LiveCodec.AV1, "68" + "03" + "080102" + "30aa", "90" + "bbcc");
    assertThat(pictures).hasSize(1);
    assertThat(pictures.getFirst().bytes()).isEqualTo(hex("0a020102" + "3203aabbcc"));
    assertThat(pictures.getFirst().key()).isTrue();
  }

  @Test
  void incompletePicturesAreSkipped() {
    PictureAssembler pictures = PictureAssembler.of(LiveCodec.H264);
    pictures.reset();
    assertThat(pictures.add(packet(1, 5, false, hex("41aabb")))).isEmpty();
    assertThat(pictures.add(packet(2, 5, true, hex("41aabb")))).isEmpty();
    assertThat(pictures.add(packet(3, 6, true, hex("41ccdd")))).hasSize(1);
  }

  @Test
  void endlessPicturesAreDropped() {
    PictureAssembler pictures = PictureAssembler.of(LiveCodec.VP8);
    byte[] payload = new byte[1_200];
    payload[0] = 0x10;
    List<WholePicture> complete = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      complete.addAll(pictures.add(packet(i, 7, false, payload)));
      payload[0] = 0;
      assertThat(pictures.size()).isLessThanOrEqualTo(PictureAssembler.MAX_BYTES + 1_200);
    }
    complete.addAll(pictures.add(packet(5_000, 7, true, payload)));
    assertThat(complete).isEmpty();
    assertThat(pictures.malformed()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(LiveCodec.class)
  void randomBytesAreHarmless(LiveCodec codec) {
    Random random = new Random(20_261_201);
    PictureAssembler pictures = PictureAssembler.of(codec);
    int complete = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      if (codec == LiveCodec.H264 && noise.length > 0 && random.nextBoolean()) {
        noise[0] = (byte) (random.nextBoolean() ? 0x67 : 0x78);
      }
      complete += pictures.add(packet(i, i / 3, i % 3 == 2, noise)).size();
      assertThat(pictures.size()).isLessThan(1 << 16);
    }
    assertThat(complete).isPositive();
  }

  private static List<WholePicture> assemble(LiveCodec codec, String... payloads) {
    PictureAssembler pictures = PictureAssembler.of(codec);
    List<WholePicture> complete = new ArrayList<>();
    for (int i = 0; i < payloads.length; i++) {
      complete.addAll(pictures.add(packet(i, 90_000, i == payloads.length - 1, hex(payloads[i]))));
    }
    return complete;
  }

  private static RtpPacket packet(int sequence, int timestamp, boolean last, byte[] payload) {
    return new RtpPacket(
        last, 96, sequence & 0xFFFF, timestamp, 1, new byte[0], true, payload.clone());
  }

  private static String length(String unit) {
    return "%04x".formatted(unit.length() / 2);
  }

  private static String ue(int value) {
    String binary = Integer.toBinaryString(value + 1);
    return "0".repeat(binary.length() - 1) + binary;
  }

  private static String bits(String binary) {
    StringBuilder hex = new StringBuilder();
    String padded = binary + "0".repeat((8 - binary.length() % 8) % 8);
    for (int i = 0; i < padded.length(); i += 8) {
      hex.append("%02x".formatted(Integer.parseInt(padded.substring(i, i + 8), 2)));
    }
    return hex.toString();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
