package framewise.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import framewise.time.WallClock;
import framewise.webrtc.dtls.DtlsIdentity;
import framewise.webrtc.dtls.TrialHandshake;
import framewise.webrtc.library.LibraryReadiness;
import framewise.webrtc.library.PeersUnavailableException;
import framewise.webrtc.rtp.Rtcp;
import framewise.webrtc.srtp.SrtcpSender;
import framewise.webrtc.srtp.SrtpKeys;
import framewise.webrtc.srtp.SrtpReceiver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Creates peer connections with one set of {@link PeerOptions}. The native library is loaded with
 * the first publisher, and its threads live until every {@code Peers} that made one is closed;
 * until then the process does not end. Close connections before their {@code Peers}. Any thread may
 * call it.
 */
public final class Peers implements AutoCloseable {
  private final PeerOptions options;
  private final WallClock clock;
  private @Nullable PeerConnectionFactory factory;
  private @Nullable DtlsIdentity identity;
  private boolean closed;

  public Peers(PeerOptions options) {
    this(options, WallClock.system());
  }

  /**
   * @param clock measures the time-outs of remote peers
   */
  public Peers(PeerOptions options, WallClock clock) {
    this.options = options;
    this.clock = clock;
  }

  /** Whether this machine can make publishers, checked without making one. */
  public static LibraryReadiness readiness() {
    return NativeFactory.readiness();
  }

  /**
   * Makes a connection that sends pictures.
   *
   * @throws PeersUnavailableException when this machine lacks what {@link #readiness} names
   */
  public Publisher publisher(PeerListener listener) {
    return new Publisher(factory(), options, clock, listener);
  }

  /** Makes a connection that receives pictures; it needs no native library. */
  public Receiver receiver(SenderTimeouts patience, PeerListener listener) {
    return stepwiseReceiver(patience, listener);
  }

  /** Makes a connection that receives pictures of a peer that may negotiate in steps. */
  public StepwiseReceiver stepwiseReceiver(SenderTimeouts patience, PeerListener listener) {
    requireOpen();
    return new OwnReceiver(options, patience, this::identity, clock, listener);
  }

  /**
   * Prepares for the first receiver: makes our certificate, and takes the steps of a handshake and
   * of protecting packets, all in this process. Without it, the first receiver does so.
   *
   * @throws TimeoutException when that takes longer than {@code patience}
   */
  public void prepare(Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    SrtpKeys keys = TrialHandshake.run(identity(), patience);
    byte[] sent = new SrtcpSender(keys).protect(Rtcp.emptyReport(1));
    // It is not authentic, because both sides have keys of their own. That costs the same steps.
    Optional<byte[]> _ = new SrtpReceiver(keys).rtcp(sent);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (factory != null) {
      factory = null;
      NativeFactory.release();
    }
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the peers are closed");
    }
  }

  private synchronized DtlsIdentity identity() {
    DtlsIdentity mine = identity;
    if (mine == null) {
      mine = DtlsIdentity.create(clock.now());
      identity = mine;
    }
    return mine;
  }

  private synchronized PeerConnectionFactory factory() {
    requireOpen();
    PeerConnectionFactory mine = factory;
    if (mine == null) {
      mine = NativeFactory.acquire();
      factory = mine;
    }
    return mine;
  }
}
