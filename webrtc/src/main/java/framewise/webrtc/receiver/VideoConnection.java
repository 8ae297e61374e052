package framewise.webrtc.receiver;

import framewise.media.decode.LiveCodec;
import framewise.time.WallClock;
import framewise.webrtc.dtls.DtlsIdentity;
import framewise.webrtc.ice.IceCredentials;
import framewise.webrtc.ice.LocalIce;
import framewise.webrtc.rtp.RtpPacket;
import framewise.webrtc.sdp.ReceiveAnswer;
import framewise.webrtc.sdp.VideoTerms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection over which one peer's video arrives. One thread reads the sockets and another
 * decodes. Thread-safe.
 */
public final class VideoConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VideoConnection.class);

  /** Peers check the connection every 2.5 s (libwebrtc) to 6 s (aiortc) when nothing is sent. */
  private static final long SILENCE_NANOS = 8_000_000_000L;

  private static final long CLOSES_WITHIN_MILLIS = 5_000;

  private final WallClock clock;
  private final LocalIce ice;
  private final PictureSink sink;
  private final PictureDecoder decoder;
  private final IncomingVideo video;
  private final SenderFeedback feedback;
  private final ReceiverTransport transport;
  private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();

  /** What later offers change of the video; in effect before the next packet. */
  private final Queue<VideoTerms> terms = new ConcurrentLinkedQueue<>();

  private final Thread thread;
  private volatile VideoStats numbers = new VideoStats(0, 0, 0, 0, 0);
  private volatile boolean closed;
  private boolean silent;
  private long heardNanos;

  /**
   * What was received so far.
   *
   * @param packets of the video
   * @param bytes payload bytes
   * @param lost missing packets; negative when more arrived than expected
   * @param complete complete pictures
   * @param jitterSeconds variation of packet arrival, RFC 3550
   */
  public record VideoStats(
      long packets, long bytes, long lost, long complete, double jitterSeconds) {}

  /**
   * Creates a connection, which takes nothing before {@link #start}. Owns our side of ICE.
   *
   * @param maxSide maximum pixels a side as coded
   */
  public VideoConnection(
      WallClock clock,
      LocalIce ice,
      DtlsIdentity identity,
      ReceiveAnswer answer,
      int maxSide,
      PictureSink sink) {
    VideoTerms first = answer.terms();
    this.clock = clock;
    this.ice = ice;
    this.sink = sink;
    this.decoder = new PictureDecoder(maxSide, sink);
    this.video = new IncomingVideo(first, decoder, sink, new EncodedVideoMemory());
    this.feedback = new SenderFeedback(first, video);
    this.transport =
        new ReceiverTransport(
            ice,
            identity,
            answer,
            new ReceiverTransport.Media() {
              @Override
              public void ready(long nanos) {
                heardNanos = nanos;
                sink.connected();
              }

              @Override
              public void rtp(RtpPacket packet, long nanos) {
                changeTerms();
                feedback.arrived(packet, nanos);
                video.take(packet, nanos);
              }

              @Override
              public void rtcp(byte[] packets, long nanos) {
                feedback.control(packets, nanos);
              }
            },
            goodbye -> {
              if (goodbye) {
                sink.left();
              } else {
                sink.failed();
              }
            });
    this.thread = Thread.ofPlatform().daemon().name("webrtc-receiver").unstarted(this::run);
    later(() -> transport.begin(remote(answer), clock.nanos()));
    answer.remoteAddresses().forEach(this::candidate);
  }

  /** Starts to take datagrams. Called once. */
  public void start() {
    decoder.start();
    thread.start();
  }

  /** Applies a later offer: another video, other terms for the same one, or none. */
  public void change(ReceiveAnswer answer) {
    terms.add(answer.terms());
    transport.wake();
    answer.remoteAddresses().forEach(this::candidate);
  }

  /**
   * Restarts ICE, before {@link #change}.
   *
   * @param own our part of it, as in the new answer
   */
  public void restart(IceCredentials own, ReceiveAnswer answer) {
    later(() -> transport.restart(own, remote(answer)));
  }

  /** Learns an address of the peer that may be tried. */
  public void candidate(InetSocketAddress peer) {
    later(() -> transport.candidate(peer, clock.nanos()));
  }

  /** What was received so far. */
  public VideoStats numbers() {
    return numbers;
  }

  /** Decoded pictures. */
  public long decoded() {
    return decoder.decoded();
  }

  /** Decoded key frames. */
  public long keysDecoded() {
    return decoder.keysDecoded();
  }

  /** Complete pictures that were not, or could not be, decoded. */
  public long refused() {
    return video.refused() + decoder.failures();
  }

  /** Width of the newest picture in pixels, as coded; 0 before the first. */
  public int width() {
    return decoder.width();
  }

  /** Height of the newest picture in pixels, as coded; 0 before the first. */
  public int height() {
    return decoder.height();
  }

  /** Codec of the newest picture; empty before the first. */
  public Optional<LiveCodec> codec() {
    return decoder.codec();
  }

  /** Bytes of the memory budget that the decoder holds. */
  public long decoderBytes() {
    return decoder.memoryBytes();
  }

  /** Sends close_notify to the peer and frees everything. Closing twice is harmless. */
  @Override
  public void close() {
    transport.close();
    closed = true;
    transport.wake();
    try {
      if (thread.isAlive() && Thread.currentThread() != thread) {
        thread.join(CLOSES_WITHIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      decoder.close();
      ice.close();
    }
  }

  private static IceCredentials remote(ReceiveAnswer answer) {
    return new IceCredentials(answer.remoteFragment(), answer.remotePassword());
  }

  /** Queues work for the thread that reads the sockets. */
  private void later(Runnable change) {
    changes.add(change);
    transport.wake();
  }

  private void run() {
    try {
      while (!closed) {
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
          change.run();
        }
        changeTerms();
        transport.read(feedback.waitMillis(), clock::nanos);
        transport.tick(clock.nanos());
        work(clock.nanos());
      }
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        LOG.error("Receiving a video failed", e);
        sink.failed();
      }
    } finally {
      video.close();
    }
  }

  private void changeTerms() {
    for (VideoTerms next = terms.poll(); next != null; next = terms.poll()) {
      video.change(next);
      feedback.change(next);
    }
  }

  private void work(long nanos) {
    if (!transport.isReady(nanos)) {
      return;
    }
    listen(nanos);
    video.expire(nanos);
    Optional<byte[]> due = feedback.due(nanos);
    if (due.isPresent()) {
      transport.send(due.get());
    }
    var stats = video.stats();
    numbers =
        new VideoStats(
            stats.received(), stats.bytes(), stats.lost(), video.complete(), stats.jitterSeconds());
  }

  /** Notices when the peer falls silent, and when it is back. */
  private void listen(long nanos) {
    if (transport.wasHeard()) {
      heardNanos = nanos;
      if (silent) {
        silent = false;
        sink.connected();
      }
    } else if (!silent && nanos - heardNanos > SILENCE_NANOS) {
      silent = true;
      sink.disconnected();
    }
  }
}
