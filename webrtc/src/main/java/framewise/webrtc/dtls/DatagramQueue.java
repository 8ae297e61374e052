package framewise.webrtc.dtls;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Datagrams between the thread that reads the sockets and the handshake. Holds 32 at most: further
 * ones are lost, and retransmitted by the peer. Those that announce too large a message are
 * dropped. Thread-safe.
 */
final class DatagramQueue implements DatagramTransport {
  /** A flight of a handshake has five or so. */
  private static final int CAPACITY = 32;

  /** Fits into an Ethernet frame, also within a tunnel. */
  private static final int MAX_SENT_BYTES = 1_200;

  private static final int MAX_RECEIVED_BYTES = 2_048;
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final DtlsHandshake.DatagramSender way;
  private volatile boolean ended;

  DatagramQueue(DtlsHandshake.DatagramSender way) {
    this.way = way;
  }

  void put(byte[] datagram) {
    if (HandshakeRecords.areBounded(datagram)) {
      boolean _ = waiting.offer(datagram);
    }
  }

  /** Ends a wait, and makes each further one fail. */
  void end() {
    ended = true;
    boolean _ = waiting.offer(END);
  }

  @Override
  public int getReceiveLimit() {
    return MAX_RECEIVED_BYTES;
  }

  @Override
  public int getSendLimit() {
    return MAX_SENT_BYTES;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    try {
      byte[] datagram = ended ? END : waiting.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
      if (ended) {
        throw new IOException("the connection is closed");
      }
      if (datagram == null) {
        return -1;
      }
      int count = Math.min(length, datagram.length);
      System.arraycopy(datagram, 0, buffer, offset, count);
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the connection was interrupted", e);
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) throws IOException {
    way.send(buffer, offset, length);
  }

  @Override
  public void close() {
    ended = true;
  }
}
