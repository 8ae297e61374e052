package framewise.media.rtsp;

import framewise.media.network.BadUrlException;
import framewise.media.network.MessageHead;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import framewise.media.network.VideoUrl;
import framewise.time.Stopwatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ValueRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera's playing video: its description, and its RTP packets as they arrive over the connection
 * that requested it. Used by one thread at a time.
 */
public final class RtspStream implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;
  private static final long DEFAULT_SESSION_SECONDS = 60;

  /** As for cameras that send JPEGs: one picture of 8192x8192 pixels takes less. */
  private static final int MAX_PICTURE_BYTES = 32 << 20;

  private static final int RTP_HEADER = 12;

  /** Offset of the time in an RTP packet. */
  private static final int RTP_TIME = 4;

  /** The second byte of RTCP packets, RFC 5761, section 4. */
  private static final ValueRange RTCP_TYPES = ValueRange.of(192, 223);

  private static final Pattern SESSION =
      Pattern.compile("([^;\\s]+)(?:.*timeout\\s*=\\s*([0-9]{1,6}))?.*");

  private final RtspConnection connection;
  private final VideoOffer offer;
  private final String session;
  private final Duration keepalive;
  private final Stopwatch kept = Stopwatch.start();
  private int pictureTime;
  private long pictureBytes;

  private RtspStream(RtspConnection connection, VideoOffer offer, String session, long timeout) {
    this.connection = connection;
    this.offer = offer;
    this.session = session;
    this.keepalive = Duration.ofSeconds(Math.clamp(timeout / 2, 1, 30));
  }

  /** Requests a camera's stream and plays it. */
  public static RtspStream open(VideoUrl url, OutboundConnections outbound) throws UrlFault {
    VideoUrl place = url;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      RtspConnection connection = RtspConnection.open(place, url, outbound);
      boolean playing = false;
      try {
        InterleavedReader.Message described =
            connection.ask("DESCRIBE", place.plain(), "Accept: application/sdp");
        Optional<String> elsewhere = described.head().header("location");
        if (described.head().status() / 100 == 3 && elsewhere.isPresent()) {
          place = next(place, elsewhere.get());
          continue;
        }
        RtspStream stream = play(connection, place, described);
        playing = true;
        return stream;
      } catch (IOException e) {
        throw outbound.explain(e);
      } finally {
        if (!playing) {
          connection.close();
        }
      }
    }
    throw new UrlFault(
        Kind.NO_SUCH_STREAM, "The camera redirects too often. Use the final address.");
  }

  /** The stream's description for a depacketizer: SDP with one stream. */
  public String sdp() {
    return offer.sdp();
  }

  /** Whether it is a recording that ends. */
  public boolean isFinite() {
    return offer.finite();
  }

  /**
   * The next RTP or RTCP packet of the video.
   *
   * @throws UrlFault when none arrived for too long, or the connection ended
   */
  public byte[] next() throws UrlFault {
    try {
      if (kept.exceeds(keepalive)) {
        kept.restart();
        // Every server supports OPTIONS, and counts it as a keep-alive when it names the session.
        connection.sendRequest("OPTIONS", offer.aggregate(), "Session: " + session);
      }
      byte[] packet = connection.packet();
      requireSize(packet);
      return packet;
    } catch (IOException e) {
      throw connection.explain(e);
    }
  }

  /**
   * Counts the bytes of a picture's packets, which have the same time. FFmpeg collects them until
   * the next picture begins.
   */
  private void requireSize(byte[] packet) throws UrlFault {
    if (packet.length < RTP_HEADER || RTCP_TYPES.isValidIntValue(packet[1] & 0xff)) {
      return;
    }
    int time = ByteBuffer.wrap(packet).getInt(RTP_TIME);
    pictureBytes = time == pictureTime ? pictureBytes + packet.length : packet.length;
    pictureTime = time;
    if (pictureBytes > MAX_PICTURE_BYTES) {
      throw new UrlFault(Kind.NO_VIDEO, "The camera sends a picture of more than 32 MB.");
    }
  }

  /** Sends the camera a receiver report: an RTCP packet. */
  public void report(byte[] packet) throws UrlFault {
    try {
      connection.send(1, packet);
    } catch (IOException e) {
      throw connection.explain(e);
    }
  }

  /** Ends the session and hangs up. */
  @Override
  public void close() {
    connection.leave(offer.aggregate(), "Session: " + session);
  }

  private static RtspStream play(
      RtspConnection connection, VideoUrl url, InterleavedReader.Message described)
      throws IOException {
    require(described.head());
    VideoOffer offer = VideoOffer.read(described.body(), url, described.head());
    MessageHead ready =
        connection
            .ask("SETUP", offer.control(), "Transport: RTP/AVP/TCP;unicast;interleaved=0-1")
            .head();
    if (ready.status() == 461) {
      throw new UrlFault(Kind.NO_VIDEO, "The camera does not send its stream over TCP.");
    }
    require(ready);
    Matcher session = SESSION.matcher(ready.header("session").orElse(""));
    if (!session.matches()) {
      throw new UrlFault(Kind.LOST, "The camera did not open a session.");
    }
    long timeout =
        session.group(2) == null ? DEFAULT_SESSION_SECONDS : Long.parseLong(session.group(2));
    connection.takeChannel(ready.header("transport").orElse(""));
    require(
        connection
            .ask("PLAY", offer.aggregate(), "Session: " + session.group(1), "Range: npt=0.000-")
            .head());
    return new RtspStream(connection, offer, session.group(1), timeout);
  }

  private static void require(MessageHead reply) throws UrlFault {
    int status = reply.status();
    switch (status) {
      case 200 -> {}
      case 401, 403 ->
          throw new UrlFault(
              Kind.UNAUTHORISED,
              "The camera refuses access (%d). Check the user and password in the URL."
                  .formatted(status));
      case 404, 410, 454 ->
          throw new UrlFault(
              Kind.NO_SUCH_STREAM,
              "The camera has no stream at this address (%d). Check the URL.".formatted(status));
      default ->
          throw new UrlFault(
              Kind.LOST, "The camera refuses the request (status %d).".formatted(status));
    }
  }

  private static VideoUrl next(VideoUrl from, String location) throws UrlFault {
    try {
      VideoUrl next = from.resolve(location);
      if (next.isRtsp()) {
        return next;
      }
    } catch (BadUrlException notAUrl) {
      // handled below
    }
    throw new UrlFault(Kind.FORBIDDEN, "The camera redirects to an address that is not RTSP.");
  }
}
