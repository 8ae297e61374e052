package framewise.engine.delivery.mqtt;

import framewise.time.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Forwards a broker's packets once they are complete and their lengths are valid, because the
 * library allocates as much memory as a length field says. Drops PUBLISH packets: nothing is
 * subscribed to, and the library would keep the messages. Disconnects a broker that sends far more
 * packets than it gets. Used by one thread at a time. A read that times out loses no bytes.
 */
final class PacketFilter extends InputStream {
  /**
   * Maximum size of a packet, in bytes. Acknowledgements have a few bytes; the rest leaves room for
   * properties.
   */
  static final int MAX_BYTES = 1 << 16;

  /**
   * Maximum number of packets in {@link #WINDOW}. A broker acknowledges each message with one
   * packet, and the sender waits for it.
   */
  private static final int MAX_PACKETS = 20_000;

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int PUBREC = 5;
  private static final int PUBREL = 6;
  private static final int PUBCOMP = 7;
  private static final int SUBACK = 9;
  private static final int UNSUBACK = 11;
  private static final int PINGRESP = 13;
  private static final int DISCONNECT = 14;
  private static final int AUTH = 15;

  /** The only flags that MQTT allows in a PUBREL packet. */
  private static final int PUBREL_FLAGS = 2;

  /** One byte of type and flags, and at most four bytes of length. */
  private static final int MAX_HEADER_LENGTH = 5;

  private static final int MORE = 0x80;
  private static final byte[] NOTHING = {};

  private final InputStream in;
  private final Consumer<String> faults;
  private final byte[] header = new byte[MAX_HEADER_LENGTH];
  private int headerLength;
  private boolean headed;
  private byte[] body = NOTHING;
  private int bodyLength;
  private byte[] ready = NOTHING;
  private int given;
  private final Stopwatch window = Stopwatch.start();
  private int packets;

  /**
   * @param faults receives a description of protocol errors, phrased to follow the broker's name
   */
  PacketFilter(InputStream in, Consumer<String> faults) {
    this.in = in;
    this.faults = faults;
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready[given++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, ready.length - given);
    System.arraycopy(ready, given, bytes, offset, count);
    given += count;
    return count;
  }

  @Override
  public int available() throws IOException {
    int left = ready.length - given;
    return left > 0 ? left : in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Waits for the next packet to pass on; false at the end of the stream. */
  private boolean fill() throws IOException {
    while (given == ready.length) {
      if (!readHeader() || !readBody()) {
        return false;
      }
      count();
      if (type() != PUBLISH) {
        checkProperties();
        ready = new byte[headerLength + body.length];
        System.arraycopy(header, 0, ready, 0, headerLength);
        System.arraycopy(body, 0, ready, headerLength, body.length);
        given = 0;
      }
      headed = false;
      headerLength = 0;
      body = NOTHING;
    }
    return true;
  }

  private void count() throws IOException {
    if (window.exceeds(WINDOW)) {
      window.restart();
      packets = 0;
    }
    if (++packets > MAX_PACKETS) {
      throw fault("more than %,d packets in %d s".formatted(MAX_PACKETS, WINDOW.toSeconds()));
    }
  }

  private boolean readHeader() throws IOException {
    while (!headed) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      header[headerLength++] = (byte) next;
      if (headerLength == 1) {
        checkType();
      } else if ((next & MORE) == 0) {
        int length = 0;
        for (int i = headerLength - 1; i > 0; i--) {
          length = (length << 7) | (header[i] & 0x7f);
        }
        if (length > MAX_BYTES) {
          throw fault("a packet of %,d bytes, of at most %,d".formatted(length, MAX_BYTES));
        }
        body = new byte[length];
        bodyLength = 0;
        headed = true;
      } else if (headerLength == MAX_HEADER_LENGTH) {
        throw fault("a length that does not end");
      }
    }
    return true;
  }

  private boolean readBody() throws IOException {
    while (bodyLength < body.length) {
      int count = in.read(body, bodyLength, body.length - bodyLength);
      if (count < 0) {
        return false;
      }
      bodyLength += count;
    }
    return true;
  }

  private int type() {
    return (header[0] & 0xff) >> 4;
  }

  private void checkType() throws IOException {
    int flags = header[0] & 0xf;
    boolean known =
        switch (type()) {
          case PUBLISH -> true;
          case PUBREL -> flags == PUBREL_FLAGS;
          case CONNACK, PUBACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, DISCONNECT, AUTH ->
              flags == 0;
          default -> false;
        };
    if (!known) {
      throw fault("a packet that is not valid in MQTT 5 (byte 0x%02x)".formatted(header[0]));
    }
  }

  /** Checks that the declared length of the properties fits into the packet. */
  private void checkProperties() throws IOException {
    int at =
        switch (type()) {
          case CONNACK, SUBACK, UNSUBACK -> 2;
          case PUBACK, PUBREC, PUBREL, PUBCOMP -> 3;
          case DISCONNECT, AUTH -> 1;
          default -> body.length;
        };
    if (at >= body.length) {
      return; // packet types without properties
    }
    int length = 0;
    for (int i = 0; i < MAX_HEADER_LENGTH - 1; i++, at++) {
      if (at == body.length) {
        throw fault("a length that does not end");
      }
      length |= (body[at] & 0x7f) << (7 * i);
      if ((body[at] & MORE) == 0) {
        int left = body.length - at - 1;
        if (length > left) {
          throw fault(
              "properties of %,d bytes in a packet that has %,d left".formatted(length, left));
        }
        return;
      }
    }
    throw fault("a length that does not end");
  }

  private IOException fault(String what) {
    String said = "sends " + what;
    faults.accept(said);
    return new IOException("the broker " + said);
  }
}
