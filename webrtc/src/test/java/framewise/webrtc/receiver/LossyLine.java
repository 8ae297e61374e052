package framewise.webrtc.receiver;

import framewise.webrtc.sdp.Candidate;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line between a sender and a receiver that loses some of the sender's packets and swaps others,
 * the same in each run. It replaces the receiver's address in the answer by its own.
 */
public final class LossyLine implements AutoCloseable {
  private final DatagramSocket socket;
  private final Random random;
  private final double loss;
  private final double swaps;
  private final AtomicInteger lost = new AtomicInteger();
  private volatile @Nullable SocketAddress receiver;
  private volatile @Nullable SocketAddress sender;
  private byte @Nullable [] held;

  /**
   * @param loss share of the media packets that are lost, 0 to 1
   * @param swaps share of the media packets that are swapped with the next one, 0 to 1
   */
  public LossyLine(InetAddress address, double loss, double swaps, long seed) throws IOException {
    this.socket = new DatagramSocket(0, address);
    this.loss = loss;
    this.swaps = swaps;
    this.random = new Random(seed);
  }

  /** Starts the line, and rewrites the receiver's answer for the sender. */
  public String answer(String answer) {
    receiver =
        answer
            .lines()
            .flatMap(line -> Candidate.parse(line).stream())
            .filter(each -> each.address().equals(socket.getLocalAddress().getHostAddress()))
            .map(each -> new InetSocketAddress(each.literal().orElseThrow(), each.port()))
            .findFirst()
            .orElseThrow();
    Thread.ofVirtual().start(this::run);
    String own =
        "a=candidate:1 1 udp 2130706431 %s %d typ host"
            .formatted(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
    return answer
        .lines()
        .filter(line -> !Candidate.isCandidate(line))
        .map(line -> line.startsWith("a=setup:") ? line + "\r\n" + own : line)
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  /** Media packets lost so far. */
  public int lost() {
    return lost.get();
  }

  @Override
  public void close() {
    socket.close();
  }

  private void run() {
    var packet = new DatagramPacket(new byte[2_048], 2_048);
    try {
      while (true) {
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        if (packet.getSocketAddress().equals(receiver)) {
          forward(bytes, sender);
        } else {
          sender = packet.getSocketAddress();
          spoil(bytes);
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void spoil(byte[] bytes) throws IOException {
    boolean media = (bytes[0] & 0xC0) == 0x80;
    if (media && random.nextDouble() < loss) {
      lost.incrementAndGet();
      return;
    }
    if (media && held == null && random.nextDouble() < swaps) {
      held = bytes;
      return;
    }
    forward(bytes, receiver);
    byte[] late = held;
    if (late != null) {
      held = null;
      forward(late, receiver);
    }
  }

  private void forward(byte[] bytes, @Nullable SocketAddress to) throws IOException {
    if (to != null) {
      socket.send(new DatagramPacket(bytes, bytes.length, to));
    }
  }
}
