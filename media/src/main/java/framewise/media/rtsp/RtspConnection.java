package framewise.media.rtsp;

import framewise.media.network.ChallengeResponse;
import framewise.media.network.OutboundConnections;
import framewise.media.network.ReplyTimeLimit;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import framewise.media.network.VideoUrl;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a camera: requests, replies and, in between, the packets of the stream (RFC 2326,
 * section 10.12). Used by one thread at a time.
 */
final class RtspConnection implements AutoCloseable {
  private static final int MAX_PACKETS_BEFORE_REPLY = 10_000;
  private static final int DOLLAR = '$';
  private static final Pattern CHANNELS = Pattern.compile("interleaved\\s*=\\s*([0-9]{1,3})");

  private final OutboundConnections outbound;
  private final Socket socket;
  private final InterleavedReader in;
  private final OutputStream out;
  private final VideoUrl url;
  private final VideoUrl home;
  private @Nullable ChallengeResponse login;
  private int sequence;
  private int channel;

  private RtspConnection(OutboundConnections outbound, Socket socket, VideoUrl url, VideoUrl home)
      throws IOException {
    this.outbound = outbound;
    this.socket = socket;
    this.in = new InterleavedReader(socket.getInputStream());
    this.out = socket.getOutputStream();
    this.url = url;
    this.home = home;
  }

  /**
   * Connects.
   *
   * @param home the server that user and password are for
   */
  static RtspConnection open(VideoUrl url, VideoUrl home, OutboundConnections outbound)
      throws UrlFault {
    Socket socket = outbound.connect(url);
    try {
      return new RtspConnection(outbound, socket, url, home);
    } catch (IOException e) {
      outbound.release(socket);
      throw outbound.explain(e);
    }
  }

  /** Sends a request and waits for the reply; authenticates when the camera asks for it. */
  InterleavedReader.Message ask(String method, String target, String... headers)
      throws IOException {
    sendRequest(method, target, headers);
    InterleavedReader.Message reply = reply();
    if (reply.head().status() == 401 && url.sameOrigin(home)) {
      Optional<ChallengeResponse> answer =
          home.credentials()
              .flatMap(
                  known -> ChallengeResponse.answer(known, reply.head().all("www-authenticate")));
      if (answer.isPresent()) {
        login = answer.get();
        sendRequest(method, target, headers);
        return reply();
      }
    }
    return reply;
  }

  /** Sends a request; its reply is skipped when it arrives. */
  void sendRequest(String method, String target, String... headers) throws IOException {
    sequence++;
    var request = new StringBuilder(method).append(' ').append(target).append(" RTSP/1.0\r\n");
    request.append("CSeq: ").append(sequence).append("\r\n");
    request.append("User-Agent: Framewise\r\n");
    ChallengeResponse known = login;
    if (known != null) {
      request.append("Authorization: ").append(known.header(method, target)).append("\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Learns the video's channel; its reports use the next one. */
  void takeChannel(String transport) {
    Matcher channels = CHANNELS.matcher(transport);
    channel = channels.find() ? Integer.parseInt(channels.group(1)) : 0;
    in.channel(channel);
  }

  /** The next RTP or RTCP packet of the video. */
  byte[] packet() throws IOException {
    while (true) {
      if (in.next() instanceof InterleavedReader.Packet packet) {
        return packet.bytes();
      }
    }
  }

  /** Sends a packet on one of the video's channels: 0 for video, 1 for reports. */
  void send(int which, byte[] packet) throws IOException {
    byte[] framed = new byte[packet.length + 4];
    framed[0] = (byte) DOLLAR;
    framed[1] = (byte) (channel + which);
    framed[2] = (byte) (packet.length >> 8);
    framed[3] = (byte) packet.length;
    System.arraycopy(packet, 0, framed, 4, packet.length);
    out.write(framed);
  }

  UrlFault explain(IOException e) {
    return e instanceof java.io.EOFException
        ? new UrlFault(Kind.LOST, "The camera closed the connection.")
        : outbound.explain(e);
  }

  /** Sends TEARDOWN, if possible, and closes the connection. */
  void leave(String target, String... headers) {
    try {
      sendRequest("TEARDOWN", target, headers);
    } catch (IOException gone) {
      // the connection is lost already
    }
    close();
  }

  @Override
  public void close() {
    outbound.release(socket);
  }

  /** Reads up to the next reply; skips packets and the camera's requests. */
  private InterleavedReader.Message reply() throws IOException {
    ReplyTimeLimit limit = outbound.limit(socket);
    try (limit) {
      return nextReply();
    } catch (IOException e) {
      throw limit.explain(url, outbound.explain(e));
    }
  }

  private InterleavedReader.Message nextReply() throws IOException {
    for (int passed = 0; passed < MAX_PACKETS_BEFORE_REPLY; passed++) {
      if (in.next() instanceof InterleavedReader.Message message
          && message.head().first().startsWith("RTSP/")
          && message.head().number("cseq").orElse((long) sequence) == sequence) {
        return message;
      }
    }
    throw new UrlFault(Kind.LOST, "The camera does not reply.");
  }
}
