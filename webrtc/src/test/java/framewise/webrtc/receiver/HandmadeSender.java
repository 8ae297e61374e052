package framewise.webrtc.receiver;

import framewise.time.WallClock;
import framewise.webrtc.dtls.DtlsHandshake;
import framewise.webrtc.dtls.DtlsIdentity;
import framewise.webrtc.dtls.DtlsRole;
import framewise.webrtc.dtls.PeerFingerprints;
import framewise.webrtc.ice.StunMessage;
import framewise.webrtc.sdp.Candidate;
import framewise.webrtc.srtp.RtpProtection;
import framewise.webrtc.srtp.SrtpKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A sender whose every packet a test can choose. */
public final class HandmadeSender implements AutoCloseable {
  private static final String FRAGMENT = "hand";
  private static final String PASSWORD = "handmadehandmadehandmade";
  private static final int HEADER = 12;
  private static final int SOURCE = 7;

  private final DatagramSocket socket = new DatagramSocket();
  private final DtlsIdentity identity = DtlsIdentity.create(WallClock.system().now());
  private final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger fromPeer = new AtomicInteger();
  private final boolean waits;
  private volatile boolean lite;
  private volatile @Nullable Link link;
  private @Nullable RtpProtection protection;
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private int timestamp;

  /** The connection, once there is an answer. */
  private record Link(
      DtlsHandshake handshake, InetSocketAddress receiver, String username, String password) {}

  /**
   * Creates a sender.
   *
   * @param waits whether the receiver starts the handshake
   */
  public HandmadeSender(boolean waits) throws IOException {
    this.waits = waits;
  }

  /**
   * An offer of VP8 (96) and H.264 (97).
   *
   * @param ours whether it has the fingerprint of the sender's certificate, not of another one
   */
  public String offer(boolean ours) {
    DtlsIdentity shown = ours ? identity : DtlsIdentity.create(WallClock.system().now());
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0",
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
        "c=IN IP4 0.0.0.0",
        "a=mid:0",
        "a=sendonly",
        "a=rtcp-mux",
        "a=ice-ufrag:" + FRAGMENT,
        "a=ice-pwd:" + PASSWORD,
        "a=fingerprint:" + shown.fingerprint(),
        "a=setup:" + (waits ? "passive" : "active"),
        "a=rtpmap:96 VP8/90000",
        "a=rtpmap:97 H264/90000",
        "a=fmtp:97 packetization-mode=1",
        "a=rtcp-fb:96 nack pli",
        "");
  }

  /**
   * An offer of a lite agent of ICE, which answers checks and sends none.
   *
   * @param address of this machine, not loopback
   */
  public String liteOffer(InetAddress address) {
    lite = true;
    return offer(true).replace("s=-\r\n", "s=-\r\na=ice-lite\r\n")
        + "a=candidate:1 1 udp 2130706431 %s %d typ host\r\n"
            .formatted(address.getHostAddress(), socket.getLocalPort());
  }

  /** Takes the receiver's answer, checks the path once and starts the handshake. */
  public void connect(String answer) throws Exception {
    Candidate candidate =
        answer
            .lines()
            .flatMap(line -> Candidate.parse(line).stream())
            .filter(each -> each.literal().orElseThrow() instanceof Inet4Address)
            .findFirst()
            .orElseThrow();
    var peer = new PeerFingerprints(List.of(value(answer, "a=fingerprint:")));
    var handshake =
        new DtlsHandshake(
            waits ? DtlsRole.server(identity, peer) : DtlsRole.client(identity, peer),
            (buffer, offset, length) -> send(Arrays.copyOfRange(buffer, offset, offset + length)),
            new DtlsHandshake.Outcome() {
              @Override
              public void agreed(SrtpKeys agreed) {
                keys.complete(agreed);
              }

              @Override
              public void ended(boolean goodbye) {
                keys.completeExceptionally(new IOException("no handshake"));
              }
            });
    link =
        new Link(
            handshake,
            new InetSocketAddress(candidate.literal().orElseThrow(), candidate.port()),
            value(answer, "a=ice-ufrag:") + ":" + FRAGMENT,
            value(answer, "a=ice-pwd:"));
    Thread.ofVirtual().start(this::read);
  }

  /**
   * Takes the receiver's answer to a later offer.
   *
   * @param fragment our user fragment in that offer
   */
  public void restart(String answer, String fragment) {
    Link before = link();
    link =
        new Link(
            before.handshake(),
            before.receiver(),
            value(answer, "a=ice-ufrag:") + ":" + fragment,
            value(answer, "a=ice-pwd:"));
  }

  /**
   * Sends a connectivity check, signed with the receiver's password if genuine, else with another
   * one.
   */
  public void check(boolean genuine) throws Exception {
    send(request(genuine ? link().password() : "anotherpasswordofothers"));
  }

  /** Starts our side of the handshake. */
  public void shake() {
    link().handshake().start();
  }

  /** Waits until the handshake has produced the keys. */
  public void agree() throws Exception {
    SrtpKeys agreed = keys.get(20, TimeUnit.SECONDS);
    protection =
        new RtpProtection(
            new SrtpKeys(agreed.profile(), /* remote= */ agreed.own(), /* own= */ agreed.remote()));
  }

  /** Sends a datagram unchanged. */
  public void send(byte[] datagram) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length, link().receiver()));
  }

  /** Sends a picture, one packet for each payload. */
  public void picture(int type, byte[]... payloads) throws IOException {
    timestamp += 3_000;
    for (int i = 0; i < payloads.length; i++) {
      packet(type, SOURCE, i == payloads.length - 1, new byte[0], payloads[i]);
    }
  }

  /**
   * Sends a picture of one packet, marked as belonging to another media section.
   *
   * @param source SSRC; each has its own sequence numbers
   * @param extension id of the header extension with the mark
   * @param mark one character
   */
  public void marked(int type, int source, int extension, char mark, byte[] payload)
      throws IOException {
    timestamp += 3_000;
    byte[] extensions = {
      (byte) 0xBE, (byte) 0xDE, 0, 1, (byte) (extension << 4), (byte) mark, 0, 0
    };
    packet(type, source, true, extensions, payload);
  }

  /** Number of received datagrams. */
  public int received() {
    return received.get();
  }

  /** Number of received DTLS datagrams. */
  public int receivedOfHandshake() {
    return fromPeer.get();
  }

  /** Closes the connection like a peer that ends it, with a close_notify alert. */
  public void sayGoodbye() {
    Link made = link;
    if (made != null) {
      made.handshake().close();
    }
  }

  @Override
  public void close() {
    sayGoodbye();
    socket.close();
  }

  private void read() {
    var packet = new DatagramPacket(new byte[2_048], 2_048);
    try {
      while (true) {
        socket.receive(packet);
        received.incrementAndGet();
        if (packet.getData()[0] >= 20 && packet.getData()[0] <= 63) {
          fromPeer.incrementAndGet();
          link().handshake().take(Arrays.copyOf(packet.getData(), packet.getLength()));
        } else if (lite) {
          StunMessage.parse(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()))
              .ifPresent(check -> answer(check, packet.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void packet(int type, int source, boolean last, byte[] extensions, byte[] payload)
      throws IOException {
    int number = numbers.merge(source, 1, Integer::sum);
    int header = HEADER + extensions.length;
    byte[] packet =
        ByteBuffer.allocate(header + payload.length)
            .put((byte) (extensions.length > 0 ? 0x90 : 0x80))
            .put((byte) ((last ? 0x80 : 0) | type))
            .putShort((short) number)
            .putInt(timestamp)
            .putInt(source)
            .put(extensions)
            .put(payload)
            .array();
    send(Objects.requireNonNull(protection).protect(packet, header, number));
  }

  private void answer(StunMessage check, SocketAddress from) {
    byte[] key = PASSWORD.getBytes(StandardCharsets.UTF_8);
    if (check.type() != StunMessage.BINDING_REQUEST
        || !check.isFrom(key)
        || !check.text(StunMessage.USERNAME).startsWith(FRAGMENT + ":")
        || !check.has(StunMessage.ICE_CONTROLLING)
        || !check.has(StunMessage.USE_CANDIDATE)) {
      return;
    }
    byte[] response = check.success((InetSocketAddress) from, key);
    try {
      socket.send(new DatagramPacket(response, response.length, from));
    } catch (IOException closed) {
      // the test is over
    }
  }

  private Link link() {
    return Objects.requireNonNull(link);
  }

  private byte[] request(String key) throws GeneralSecurityException {
    byte[] name = link().username().getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(20)
            .putInt(0x0001_0000)
            .putInt(0x2112_A442)
            .putInt(received.get())
            .putLong(System.nanoTime())
            .array());
    attribute(out, 0x0006, name);
    attribute(out, 0x0024, new byte[] {0x6e, 0, 1, (byte) 0xff});
    attribute(out, 0x802A, new byte[8]);
    attribute(out, 0x0025, new byte[0]);
    byte[] signed = out.toByteArray();
    ByteBuffer.wrap(signed).putShort(2, (short) (signed.length + 24 - 20));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    attribute(out, 0x0008, mac.doFinal(signed));
    byte[] whole = out.toByteArray();
    ByteBuffer.wrap(whole).putShort(2, (short) (whole.length + 8 - 20));
    CRC32 sum = new CRC32();
    sum.update(whole);
    var end = new ByteArrayOutputStream();
    end.writeBytes(whole);
    attribute(
        end, 0x8028, ByteBuffer.allocate(4).putInt((int) sum.getValue() ^ 0x5354_554E).array());
    return end.toByteArray();
  }

  private static void attribute(ByteArrayOutputStream out, int type, byte[] value) {
    out.writeBytes(
        ByteBuffer.allocate(4 + (value.length + 3) / 4 * 4)
            .putShort((short) type)
            .putShort((short) value.length)
            .put(value)
            .array());
  }

  private static String value(String answer, String start) {
    return answer
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElseThrow();
  }
}
