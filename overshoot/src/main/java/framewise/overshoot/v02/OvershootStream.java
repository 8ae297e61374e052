package framewise.overshoot.v02;

import com.fasterxml.jackson.core.type.TypeReference;
import framewise.overshoot.OvershootException;
import framewise.overshoot.OvershootUrl;
import framewise.overshoot.wire.Feedback;
import framewise.overshoot.wire.PromptConfig;
import framewise.overshoot.wire.PromptUpdate;
import framewise.overshoot.wire.SdpMessage;
import framewise.overshoot.wire.answer.CreateStreamResponse;
import framewise.overshoot.wire.answer.KeepaliveResponse;
import framewise.overshoot.wire.answer.Lease;
import framewise.overshoot.wire.answer.LiveKitRoom;
import framewise.overshoot.wire.answer.StreamInfo;
import framewise.overshoot.wire.answer.TurnServer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open stream. From creation, its lease is renewed and its results are received, until it ends:
 * by {@link #close()}, by the service, or by a failure. Everything is reported to the {@link
 * V02StreamListener}. Thread-safe.
 */
public final class OvershootStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OvershootStream.class);

  private final CreateStreamResponse created;
  private final HttpCalls calls;
  private final RoutingCookies cookies;
  private final Consumer<OvershootStream> forget;
  private final String path;
  private final StreamCounters tally = new StreamCounters();
  private final ListenerQueue delivery;
  private final LeaseKeeper lease;
  private final ResultsSocket socket;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicReference<@Nullable V02StreamEnd> end = new AtomicReference<>();

  OvershootStream(
      CreateStreamResponse created,
      Instant since,
      ClientSettings settings,
      HttpClient http,
      HttpCalls calls,
      CallFailures failures,
      RoutingCookies cookies,
      V02StreamListener listener,
      Consumer<OvershootStream> forget) {
    this.created = created;
    this.calls = calls;
    this.cookies = cookies;
    this.forget = forget;
    this.path = "/streams/" + OvershootUrl.segment(created.streamId());
    this.delivery = new ListenerQueue(listener, settings.resultQueue(), tally, created.streamId());
    this.lease =
        new LeaseKeeper(
            created.streamId(),
            created.lease().map(Lease::ttlSeconds).orElse(0),
            since,
            settings,
            this::renew,
            delivery,
            tally,
            this::end);
    this.socket =
        new ResultsSocket(
            created.streamId(), http, settings, failures, cookies, delivery, tally, this::end);
  }

  void start() {
    LOG.info(
        "Stream {} created, lease {} s", id(), created.lease().map(Lease::ttlSeconds).orElse(0));
    delivery.start();
    lease.start();
    socket.start();
  }

  /** The service's opaque id of the stream. */
  public String id() {
    return created.streamId();
  }

  /** The SDP answer, for a stream that was created with an offer. */
  public Optional<String> answer() {
    return created.webrtc().map(SdpMessage::sdp);
  }

  /** The initial lease; the stream renews it itself. */
  public Optional<Lease> lease() {
    return created.lease();
  }

  /** The service's TURN relays; may be empty. */
  public List<TurnServer> turnServers() {
    return created.turnServers().orElse(List.of());
  }

  /** Access to the service's LiveKit room, for a stream created without a source. */
  public Optional<LiveKitRoom> liveKit() {
    return created.livekit();
  }

  /** The counters so far. */
  public StreamCounts counts() {
    return tally.counts();
  }

  /** How the stream ended, once it has; the listener may receive it a little later. */
  public Optional<V02StreamEnd> ended() {
    return Optional.ofNullable(end.get());
  }

  /**
   * Changes the prompt from the next inference on.
   *
   * @throws OvershootException if the prompt is empty, the stream is over, or the service refuses
   */
  public PromptConfig updatePrompt(String prompt) {
    PromptUpdate update = new PromptUpdate(prompt);
    OvershootV02.check(update.problems());
    if (closing.get() || end.get() != null) {
      throw new OvershootException.AlreadyClosed(
          "The Overshoot.ai stream has ended, so its prompt cannot be changed: create a"
              + " new stream");
    }
    return calls.read(
        calls.call("PATCH", path + "/config/prompt", update, cookies), new TypeReference<>() {});
  }

  /**
   * Rates the answers for the provider.
   *
   * @throws OvershootException if a value is out of range or the service refuses
   */
  public void sendFeedback(Feedback feedback) {
    OvershootV02.check(feedback.problems());
    calls.call("POST", path + "/feedback", feedback, cookies);
  }

  /**
   * The service's information about the stream. Early servers do not support this.
   *
   * @throws OvershootException.NotFound if the stream is over or the service cannot say
   * @throws OvershootException for any other failure
   */
  public StreamInfo info() {
    return calls.read(calls.call("GET", path + "/info", cookies), new TypeReference<>() {});
  }

  /**
   * Waits until the stream is over and {@link V02StreamListener#onEnd} has returned. Must not be
   * called by the listener.
   *
   * @return how it ended; empty if it did not within the time
   */
  public Optional<V02StreamEnd> awaitEnd(Duration patience) throws InterruptedException {
    return delivery.awaitEnd(patience) ? ended() : Optional.empty();
  }

  /**
   * Ends the stream: the service stops and settles the account, late results are delivered for a
   * short while, then the listener receives {@link V02StreamEnd.Closed}. Returns when the service
   * has answered or is unreachable (then the stream ends with its lease), which is logged, not
   * thrown. Closing twice is harmless.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true) || end.get() != null) {
      return;
    }
    lease.stop();
    socket.expectClose();
    delete();
    socket.leave();
  }

  /** Ends the stream locally, because its client closes. */
  void abandon() {
    end(new V02StreamEnd.Closed());
  }

  @Override
  public String toString() {
    return "OvershootStream[" + id() + ", " + ended().map(V02StreamEnd::text).orElse("open") + "]";
  }

  private KeepaliveResponse renew(Duration patience) {
    return calls.read(
        calls.call("POST", path + "/keepalive", cookies, patience), new TypeReference<>() {});
  }

  private void delete() {
    try {
      calls.call("DELETE", path, cookies);
    } catch (OvershootException.NotFound e) {
      LOG.debug("Stream {} had ended before it was closed", id());
    } catch (OvershootException e) {
      LOG.warn(
          "Failed to close stream {}; it ends when its lease expires: {}", id(), e.getMessage());
    }
  }

  private void end(V02StreamEnd how) {
    if (!end.compareAndSet(null, how)) {
      return;
    }
    lease.stop();
    socket.stop();
    LOG.info("Stream {} ended: {}", id(), how.text());
    delivery.end(how);
    forget.accept(this);
    if (how instanceof V02StreamEnd.Failed failed
        && failed.error().retryable()
        && closing.compareAndSet(false, true)) {
      // The service may still run, and bill, a stream that only we lost.
      Thread.ofVirtual().name("overshoot-close-" + id()).start(this::delete);
    }
  }
}
