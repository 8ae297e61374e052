package framewise.server.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.server.livekit.SignalRequest.AddTrack;
import framewise.server.livekit.SignalRequest.TrackKind;
import framewise.server.livekit.SignalResponse.Action;
import framewise.server.livekit.SignalResponse.Leave;
import framewise.server.livekit.SignalResponse.Reason;
import framewise.webrtc.IceServer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The bytes are those of the npm package {@code @livekit/protocol} 1.52.1 for the same messages, so
 * that reading and writing are tested against LiveKit's own code and not against each other.
 */
class SignalMessagesTest {
  private static final String OFFER = "0a100a056f666665721205763d300d0a1803";
  private static final String TRACK =
      "22300a03632d31120363616d180120800a28d005300140014a0c080210800a18d00520a0e167520a0a03767038"
          + "1203632d31";
  private static final List<String> REQUESTS =
      List.of(
          OFFER,
          TRACK,
          "1a160a107b2263616e646964617465223a22227d10011801",
          "2a090a0554525f56311001",
          "42021001",
          "7080d0c4cfa234",
          "8201090880d0c4cfa2341007",
          "6200");

  @Test
  void requestsOfLiveKitsLibraryAreRead() throws Exception {
    assertThat(read(OFFER)).isEqualTo(new SignalRequest.Offer("v=0\r\n", 3));
    assertThat(read(REQUESTS.get(2))).isEqualTo(new SignalRequest.Trickle("{\"candidate\":\"\"}"));
    assertThat(read(TRACK))
        .isEqualTo(new AddTrack("c-1", "cam", TrackKind.VIDEO, 1280, 720, 1, true));
    assertThat(read(REQUESTS.get(3))).isEqualTo(new SignalRequest.Mute("TR_V1", true));
    assertThat(read(REQUESTS.get(4))).isEqualTo(new SignalRequest.Leave());
    assertThat(read(REQUESTS.get(5))).isEqualTo(new SignalRequest.PlainPing(1_796_000_000_000L));
    assertThat(read(REQUESTS.get(6))).isEqualTo(new SignalRequest.Ping(1_796_000_000_000L));
    assertThat(read(REQUESTS.get(7))).isEqualTo(new SignalRequest.Ignored(12));
    assertThat(read("")).isEqualTo(new SignalRequest.Ignored(0));
  }

  @Test
  void responsesMatchLiveKitsLibrary() {
    var turn = new IceServer(List.of("turn:t.example:3478"), Optional.of("u"), Optional.of("c"));
    Instant at = Instant.ofEpochSecond(1_796_000_000);
    assertThat(hex(new SignalResponse.Join("s", "PA_1", "publisher", at, List.of(turn))))
        .isEqualTo(
            "0a88010a090a04524d5f73120173121f0a0450415f3112097075626c69736865721801308092b3d8065a04"
                + "100118012205312e392e302a1b0a137475726e3a742e6578616d706c653a333437381201751a016350"
                + "0f580562091205312e392e301810720b0a09766964656f2f565038720c0a0a766964656f2f48323634"
                + "720c0a0a617564696f2f6f707573");
    assertThat(hex(new SignalResponse.Answer("v=0\r\n", 3)))
        .isEqualTo("12110a06616e737765721205763d300d0a1803");
    var track = new AddTrack("c-1", "cam", TrackKind.VIDEO, 1280, 720, 1, true);
    assertThat(hex(new SignalResponse.TrackPublished(track, "TR_V1")))
        .isEqualTo(
            "322a0a03632d3112230a0554525f563110011a0363616d200128800a30d00548015a09766964656f2f565038");
    assertThat(hex(new Leave(Reason.SERVER_SHUTDOWN, Action.RECONNECT)))
        .isEqualTo("4206080110031802");
    assertThat(hex(new Leave(Reason.ROOM_DELETED, Action.DISCONNECT))).isEqualTo("42021005");
    assertThat(hex(new SignalResponse.RefreshToken("t"))).isEqualTo("82010174");
    assertThat(hex(new SignalResponse.TrackUnpublished("TR_V1"))).isEqualTo("8a01070a0554525f5631");
    assertThat(hex(new SignalResponse.PlainPong(0))).isEqualTo("900100");
    assertThat(hex(new SignalResponse.Resumed(List.of())))
        .isEqualTo("9a010b1a091205312e392e301810");
    assertThat(hex(new SignalResponse.Pong(5, Instant.ofEpochMilli(1_796_000_000_000L))))
        .isEqualTo("a2010908051080d0c4cfa234");
  }

  @Test
  void truncatedMessagesAreRefused() {
    for (String whole : REQUESTS) {
      byte[] bytes = HexFormat.of().parseHex(whole);
      for (int length = 1; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> SignalRequest.read(cut))
            .as("%s cut to %d bytes", whole, length)
            .isInstanceOf(MalformedSignalException.class)
            .hasMessageContaining("not a message of LiveKit's protocol");
      }
    }
  }

  @Test
  void unknownFieldsAreSkipped() throws Exception {
    // Unknown fields 100 to 103: a varint, 8 bytes, 4 bytes, and bytes of any length.
    String unknown = "a00601" + "a9060102030405060708" + "b506" + "01020304" + "ba0603616263";
    assertThat(read(unknown + OFFER)).isEqualTo(new SignalRequest.Offer("v=0\r\n", 3));
    String inside = "0a" + "23" + "0a056f666665721205763d300d0a1803" + unknown.substring(0, 38);
    assertThat(inside.length() / 2).isEqualTo(2 + 0x23);
    assertThat(read(inside)).isEqualTo(new SignalRequest.Offer("v=0\r\n", 3));
  }

  @Test
  void errorsNameWhatIsAllowed() {
    refused(new byte[SignalRequest.MAX_BYTES + 1], "131073 bytes, of which 131072 are allowed");
    refused(new WireWriter().message(4, new WireWriter().text(1, "x".repeat(257))).bytes(), "256");
    refused(
        new WireWriter().message(3, new WireWriter().text(1, "x".repeat(4_097))).bytes(), "4096");
    refused(new WireWriter().message(4, new WireWriter().number(3, 7)).bytes(), "0 (audio)");
    refused(new WireWriter().number(1, 5).bytes(), "type 0");
    refused(new byte[] {0, 1}, "number 0");
    refused(HexFormat.of().parseHex("0b"), "unknown type 3");
    refused(HexFormat.of().parseHex("70ffffffffffffffffffff01"), "more than 10 bytes");
    refused(HexFormat.of().parseHex("0affffffffffffffffff01"), "middle of a field");
    refused(HexFormat.of().parseHex("2a030a01ff"), "not UTF-8");
  }

  @Test
  void randomBytesAreReadOrRefused() {
    var random = new Random(15);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes;
      if (i % 2 == 0) {
        bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
      } else {
        bytes = HexFormat.of().parseHex(REQUESTS.get(random.nextInt(REQUESTS.size())));
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(SignalRequest.read(bytes)).isNotNull();
      } catch (MalformedSignalException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void messagesPrintNoSecrets() {
    assertThat(new SignalRequest.Offer("a=ice-pwd:secret", 1).toString()).doesNotContain("secret");
    assertThat(new SignalResponse.Answer("a=ice-pwd:secret", 1).toString())
        .doesNotContain("secret");
    assertThat(new SignalResponse.RefreshToken("secret").toString()).doesNotContain("secret");
  }

  private static SignalRequest read(String hex) throws MalformedSignalException {
    return SignalRequest.read(HexFormat.of().parseHex(hex));
  }

  private static String hex(SignalResponse response) {
    return HexFormat.of().formatHex(response.bytes());
  }

  private static void refused(byte[] bytes, String why) {
    assertThatThrownBy(() -> SignalRequest.read(bytes))
        .isInstanceOf(MalformedSignalException.class)
        .hasMessageContaining(why);
  }
}
