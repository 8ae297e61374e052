package framewise.media.rtsp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.network.UrlFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterleavedTest {
  private static final int PACKETS = 40;
  private static final int SOURCE = 0x1badcafe;

  private final Random random = new Random(3);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "\n",
        "\0",
        "$",
        "$$$",
        "$\0",
        "$\0\u00ff\u00ff",
        "$\0\u00ff\u00ff\u0080`",
        "$\1\0\0",
        "$\7\0\4abcd",
        "A",
        "RTS",
        "RTSP/",
        "RTSP/1.0 200 OK\r\nCSe",
        "PLAY",
        "OPTIONS rtsp://",
        "HTTP/1.1 200 OK\r\n\r\n",
        "some words that no standard knows, and among them a $ and a \r\n\r\n",
      })
  void strayTextLosesNoPacket(String stray) throws IOException {
    var sent = new ByteArrayOutputStream();
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = packet(i, 40 + random.nextInt(1400));
      packets.add(packet);
      sent.writeBytes(framed(0, packet));
      if (i % 3 == 1) {
        sent.writeBytes(stray.getBytes(ISO_8859_1));
      }
    }
    sent.writeBytes(new byte[70_000]); // some packets are recognised only by the bytes after them
    assertThat(packets(sent.toByteArray())).containsExactlyElementsOf(packets);
  }

  @Test
  void strayBytesLoseNoPacket() throws IOException {
    var sent = new ByteArrayOutputStream();
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = packet(i, 40 + random.nextInt(1400));
      packets.add(packet);
      sent.writeBytes(framed(0, packet));
      byte[] stray = new byte[random.nextInt(3000)];
      random.nextBytes(stray);
      sent.writeBytes(stray);
    }
    sent.writeBytes(new byte[70_000]);
    assertThat(packets(sent.toByteArray())).containsSubsequence(packets);
  }

  /** The declared length is wrong; the packets that follow are all read. */
  @ParameterizedTest
  @ValueSource(ints = {-300, -4, -1, 1, 4, 300, 30_000})
  void aWrongLengthLosesAtMostOnePacket(int wrong) throws IOException {
    var sent = new ByteArrayOutputStream();
    List<byte[]> after = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = packet(i, 900);
      byte[] framed = framed(0, packet);
      if (i == 7) {
        framed[2] = (byte) ((900 + wrong) >> 8);
        framed[3] = (byte) (900 + wrong);
      } else if (i > 7) {
        after.add(packet);
      }
      sent.writeBytes(framed);
    }
    sent.writeBytes(new byte[70_000]);
    assertThat(packets(sent.toByteArray())).containsSubsequence(after);
  }

  @Test
  void aNewSenderIsFollowed() throws IOException {
    var sent = new ByteArrayOutputStream();
    sent.writeBytes(framed(0, packet(1, 100)));
    sent.writeBytes("\r\n".getBytes(ISO_8859_1));
    List<byte[]> other = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] packet = packet(i, 200);
      packet[11] = 9;
      other.add(packet);
      sent.writeBytes(framed(0, packet));
    }
    sent.writeBytes(new byte[100]);
    assertThat(packets(sent.toByteArray())).containsSubsequence(other);
  }

  @Test
  void messagesWithWrongLengthsAreRead() throws IOException {
    var sent = new ByteArrayOutputStream();
    sent.writeBytes(framed(0, packet(1, 100)));
    sent.writeBytes("RTSP/1.0 200 OK\r\nCSeq: 4\r\n\r\n".getBytes(ISO_8859_1));
    sent.writeBytes(framed(0, packet(2, 100)));
    sent.writeBytes(
        "GET_PARAMETER rtsp://x RTSP/1.0\nCSeq: 5\nContent-Length: 4\n\nbody".getBytes(ISO_8859_1));
    sent.writeBytes("RTSP/1.0 200 OK\r\nContent-Length: 900\r\n\r\n".getBytes(ISO_8859_1));
    sent.writeBytes(framed(0, packet(3, 100)));
    List<String> seen = new ArrayList<>();
    var in = new InterleavedReader(new ByteArrayInputStream(sent.toByteArray()));
    assertThatThrownBy(
            () -> {
              while (true) {
                seen.add(
                    switch (in.next()) {
                      case InterleavedReader.Packet packet -> "packet " + packet.bytes()[3];
                      case InterleavedReader.Message message ->
                          message.head().first() + message.body();
                    });
              }
            })
        .isInstanceOf(EOFException.class);
    assertThat(seen)
        .containsExactly(
            "packet 1",
            "RTSP/1.0 200 OK",
            "packet 2",
            "GET_PARAMETER rtsp://x RTSP/1.0body",
            "RTSP/1.0 200 OK",
            "packet 3");
  }

  @Test
  void aStreamOfStrayBytesIsRefused() {
    var noise =
        new InputStream() {
          @Override
          public int read() {
            return random.nextInt(128);
          }

          @Override
          public int read(byte[] into, int from, int length) {
            for (int i = from; i < from + length; i++) {
              into[i] = (byte) read();
            }
            return length;
          }
        };
    var in = new InterleavedReader(noise);
    assertThatThrownBy(in::next)
        .isInstanceOf(UrlFault.class)
        .hasMessageContaining("response is invalid");
  }

  private static List<byte[]> packets(byte[] sent) throws IOException {
    List<byte[]> packets = new ArrayList<>();
    var in = new InterleavedReader(new ByteArrayInputStream(sent));
    try {
      while (true) {
        if (in.next() instanceof InterleavedReader.Packet packet) {
          packets.add(packet.bytes());
        }
      }
    } catch (EOFException end) {
      return packets;
    }
  }

  private static byte[] framed(int channel, byte[] packet) {
    byte[] framed = new byte[packet.length + 4];
    framed[0] = '$';
    framed[1] = (byte) channel;
    framed[2] = (byte) (packet.length >> 8);
    framed[3] = (byte) packet.length;
    System.arraycopy(packet, 0, framed, 4, packet.length);
    return framed;
  }

  /** An RTP packet with arbitrary contents. */
  private byte[] packet(int number, int length) {
    byte[] packet = new byte[length];
    random.nextBytes(packet);
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = 0;
    packet[3] = (byte) number;
    for (int i = 0; i < 4; i++) {
      packet[8 + i] = (byte) (SOURCE >> (24 - 8 * i));
    }
    return packet;
  }
}
