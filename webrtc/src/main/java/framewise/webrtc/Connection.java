package framewise.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.PortAllocatorConfig;
import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import framewise.webrtc.sdp.Candidate;
import framewise.webrtc.sdp.NativeText;
import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import framewise.webrtc.sdp.SessionDescription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A publisher's native peer connection: descriptions in and out, states, closing. Its callbacks
 * never throw, because a Java exception that leaves one aborts the process. Used by one thread at a
 * time.
 */
final class Connection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** libwebrtc answers these calls within milliseconds; after this time it never will. */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  private final PeerOptions options;
  private final States states;
  private final RTCPeerConnection peer;
  private final CompletableFuture<Boolean> gathered = new CompletableFuture<>();

  Connection(PeerConnectionFactory factory, PeerOptions options, States states) {
    this.options = options;
    this.states = states;
    this.peer = create(factory);
  }

  RTCPeerConnection peer() {
    return peer;
  }

  /** Creates an offer and makes it the local description. */
  void offer() throws InterruptedException {
    var made = new DescriptionCallback();
    peer.createOffer(new RTCOfferOptions(), made);
    try {
      setLocal(made.await("Creating an offer"));
    } catch (Refusal e) {
      throw new PeerFault("The native WebRTC library failed to create an offer.");
    }
  }

  void setLocal(RTCSessionDescription description) throws InterruptedException {
    var done = new CompletionCallback();
    try {
      peer.setLocalDescription(checked(description.sdpType, description.sdp), done);
      done.await("Setting the local description");
    } catch (Refusal e) {
      throw new PeerFault("The native WebRTC library refused our own description.");
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      note("setLocalDescription", e.getMessage());
      throw new PeerFault("The native WebRTC library refused our own description.");
    }
  }

  /** Sets the remote peer's description, which was validated before. */
  void setRemote(RTCSdpType type, SessionDescription description)
      throws SdpRefusedException, InterruptedException {
    var done = new CompletionCallback();
    try {
      peer.setRemoteDescription(checked(type, description.toString()), done);
      done.await("Setting the far end's description");
    } catch (Refusal e) {
      throw refused();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      // libwebrtc throws a bare java.lang.Error for what it cannot parse.
      note("setRemoteDescription", e.getMessage());
      throw refused();
    }
  }

  /**
   * The local description with the addresses found within {@link PeerOptions#gathering}.
   *
   * @throws PeerFault when no address was found
   */
  SessionDescription gathered() throws InterruptedException {
    try {
      gathered.get(options.gathering().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.debug("Stopped gathering candidates after {} ms", options.gathering().toMillis());
    } catch (ExecutionException e) {
      throw new PeerFault("Gathering candidates failed", e);
    }
    SessionDescription own;
    try {
      own = SessionDescription.parse(peer.getLocalDescription().sdp);
    } catch (SdpRefusedException e) {
      throw new PeerFault("Our own description cannot be read", e);
    }
    boolean reachable =
        own.media().stream()
            .flatMap(section -> section.lines().stream())
            .anyMatch(Candidate::isCandidate);
    if (!reachable) {
      throw PeerFault.noAddress(options.ports());
    }
    return options.publicAddress().map(address -> address.applyTo(own)).orElse(own);
  }

  /** The connection's statistics so far. */
  RTCStatsReport stats() throws InterruptedException {
    CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
    peer.getStats(report::complete);
    return await(report, "Reading the statistics");
  }

  /**
   * Closes the connection and frees it. The owners of its tracks and sources dispose of them
   * afterwards.
   */
  @Override
  public void close() {
    long address = NativeRelease.address(peer);
    peer.close();
    states.set(ConnectionState.CLOSED);
    NativeRelease.release(address);
  }

  /**
   * Converts a description for the native library; the only place that does.
   *
   * @throws PeerFault when the text is unsafe for the library
   */
  private static RTCSessionDescription checked(RTCSdpType type, String text) {
    if (!NativeText.isSafe(text)) {
      throw new PeerFault("The session description contains characters that are not allowed.");
    }
    return new RTCSessionDescription(type, text);
  }

  /** Logs the library's message at debug level only, because it quotes the remote peer. */
  private static void note(String call, @Nullable String said) {
    LOG.debug("The native library refused {}: {}", call, NativeText.reason(String.valueOf(said)));
  }

  private static SdpRefusedException refused() {
    return new SdpRefusedException(
        Reason.MALFORMED,
        "WebRTC does not accept this session description, although its lines are well formed:"
            + " its sections contradict each other, or are not bundled. Send the text of"
            + " RTCPeerConnection.localDescription.sdp as it is.");
  }

  private RTCPeerConnection create(PeerConnectionFactory factory) {
    try {
      return factory.createPeerConnection(configuration(options), new Observer());
    } catch (RuntimeException e) {
      note("createPeerConnection", e.getMessage());
      throw new PeerFault(
          "The native WebRTC library made no peer connection. Check FRAMEWISE_ICE_SERVERS.");
    }
  }

  private static RTCConfiguration configuration(PeerOptions options) {
    RTCConfiguration configuration = new RTCConfiguration();
    configuration.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
    for (IceServer server : options.iceServers()) {
      RTCIceServer entry = new RTCIceServer();
      entry.urls = server.urls();
      entry.username = server.username().orElse("");
      entry.password = server.credential().orElse("");
      configuration.iceServers.add(entry);
    }
    PortAllocatorConfig ports = new PortAllocatorConfig().setDisableTcp(true);
    options
        .ports()
        .ifPresent(
            range -> {
              ports.minPort = range.first();
              ports.maxPort = range.last();
            });
    configuration.portAllocatorConfig = ports;
    return configuration;
  }

  private static <T> T await(CompletableFuture<T> future, String what) throws InterruptedException {
    try {
      return future.get(ANSWERS_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new PeerFault(what + " failed.");
    } catch (TimeoutException e) {
      throw new PeerFault(what + " timed out in the native WebRTC library.");
    }
  }

  /**
   * A description that the native library refused or did not make; the debug log has the reason.
   */
  private static final class Refusal extends Exception {}

  private static final class DescriptionCallback implements CreateSessionDescriptionObserver {
    /** Empty where the library refused. */
    private final CompletableFuture<Optional<RTCSessionDescription>> result =
        new CompletableFuture<>();

    @Override
    public void onSuccess(RTCSessionDescription description) {
      result.complete(Optional.of(description));
    }

    @Override
    public void onFailure(String error) {
      note("Creating a description", error);
      result.complete(Optional.empty());
    }

    RTCSessionDescription await(String what) throws InterruptedException, Refusal {
      return Connection.await(result, what).orElseThrow(Refusal::new);
    }
  }

  private static final class CompletionCallback implements SetSessionDescriptionObserver {
    /** Whether the library accepted it. */
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();

    @Override
    public void onSuccess() {
      result.complete(true);
    }

    @Override
    public void onFailure(String error) {
      note("A description", error);
      result.complete(false);
    }

    void await(String what) throws InterruptedException, Refusal {
      if (!Connection.await(result, what)) {
        throw new Refusal();
      }
    }
  }

  private final class Observer implements PeerConnectionObserver {
    @Override
    public void onConnectionChange(RTCPeerConnectionState state) {
      quietly(() -> states.set(ConnectionState.valueOf(state.name())));
    }

    @Override
    public void onIceGatheringChange(RTCIceGatheringState state) {
      if (state == RTCIceGatheringState.COMPLETE) {
        gathered.complete(true);
      }
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
      // The local description carries all candidates and is sent once, complete.
    }

    @Override
    public void onDataChannel(RTCDataChannel channel) {
      // Framewise reads no messages of data channels.
      quietly(channel::close);
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private void quietly(Runnable work) {
      try {
        work.run();
      } catch (Throwable e) {
        LOG.error("A callback of the peer connection failed", e);
      }
    }
  }
}
