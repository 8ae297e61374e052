package framewise.overshoot.v02;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.overshoot.OvershootException;
import framewise.overshoot.OvershootUrl;
import framewise.overshoot.wire.ClipProcessing;
import framewise.overshoot.wire.CreateStreamRequest;
import framewise.overshoot.wire.InvalidField;
import framewise.overshoot.wire.answer.CreateStreamResponse;
import framewise.overshoot.wire.answer.FeedbackEntry;
import framewise.overshoot.wire.answer.ModelStatus;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A client of the Overshoot API v0.2. Every call blocks until there is a response, best on a
 * virtual thread, and throws an {@link OvershootException} that says what to do. Thread-safe; one
 * client serves any number of streams.
 */
public final class OvershootV02 implements AutoCloseable {

  static final String USER_AGENT = "framewise-overshoot";

  private final ClientSettings settings;
  private final CallFailures failures;
  private final ExecutorService executor;
  private final HttpClient http;
  private final HttpCalls calls;
  private final RoutingCookies cookies = new RoutingCookies();
  private final Set<OvershootStream> streams = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /** Creates a client. Sends nothing before the first call. */
  public OvershootV02(ClientSettings settings) {
    this.settings = settings;
    this.failures = new CallFailures(settings.baseUrl(), settings.key());
    this.executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("overshoot-http-", 0).factory());
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeouts().connect())
            .executor(executor)
            .build();
    this.calls = new HttpCalls(http, settings, failures);
  }

  /**
   * Creates a stream and starts to renew its lease and to receive its results. A request that timed
   * out may still have created a stream, which ends with its lease.
   *
   * @param request what to watch and what to ask; a fractional {@code fps} is rounded, because the
   *     service expects a whole number
   * @param listener receives the results and the end
   * @throws OvershootException.InvalidRequest before anything is sent, naming every field that is
   *     out of range; or if the service refuses
   * @throws OvershootException for any other failure; then there is no stream
   */
  public OvershootStream open(CreateStreamRequest request, V02StreamListener listener) {
    check(request.problems());
    if (closed) {
      throw new OvershootException.AlreadyClosed(
          "The Overshoot client is closed: create a new one");
    }
    RoutingCookies own = new RoutingCookies();
    Instant asked = settings.clock().now();
    CallResponse answer = calls.call("POST", "/streams", rounded(request), own);
    CreateStreamResponse created = calls.read(answer, new TypeReference<>() {});
    if (created.streamId().isBlank()) {
      throw failures.unreadable(answer, "no stream_id");
    }
    if (request.offersPeerConnection() && created.webrtc().isEmpty()) {
      discard(created.streamId(), own);
      throw failures.unreadable(answer, "no SDP answer to the offer");
    }
    OvershootStream stream =
        new OvershootStream(
            created, asked, settings, http, calls, failures, own, listener, streams::remove);
    streams.add(stream);
    stream.start();
    if (closed) {
      stream.close();
    }
    return stream;
  }

  /** The service's models and whether they accept streams. */
  public List<ModelStatus> models() {
    CallResponse answer = calls.call("GET", "/models", cookies);
    JsonNode json = answer.json();
    // One client of March 2026 expected the list inside an object.
    return calls.read(
        answer, json.isObject() ? json.path("models") : json, new TypeReference<>() {});
  }

  /** All feedback given with this key. */
  public List<FeedbackEntry> feedback() {
    return calls.read(calls.call("GET", "/streams/feedback", cookies), new TypeReference<>() {});
  }

  /**
   * Checks whether the service is up, without the key.
   *
   * @return its reply, at most 300 characters: plain text or JSON, depending on the server
   * @throws OvershootException if it is not up
   */
  public String health() {
    CallResponse answer = calls.anonymous("/healthz", cookies);
    if (!answer.success()) {
      throw failures.of("GET", answer);
    }
    return failures.clean(answer.body());
  }

  /** Closes every open stream, and the connections. Closing twice is harmless. */
  @Override
  public void close() {
    closed = true;
    List<Thread> closers = new ArrayList<>();
    for (OvershootStream stream : streams) {
      closers.add(
          Thread.ofVirtual().name("overshoot-close-" + stream.id()).start(() -> end(stream)));
    }
    try {
      for (Thread closer : closers) {
        closer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
    executor.shutdown();
  }

  @Override
  public String toString() {
    return "OvershootV02[" + settings.baseUrl() + ", " + streams.size() + " streams]";
  }

  /** Refuses a request and lists all its problems. */
  static void check(List<InvalidField> problems) {
    if (!problems.isEmpty()) {
      throw new OvershootException.InvalidRequest(
          problems.stream().map(InvalidField::toString).collect(Collectors.joining("; ")));
    }
  }

  private void end(OvershootStream stream) {
    stream.close();
    try {
      stream.awaitEnd(settings.timeouts().farewell());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stream.abandon();
    }
  }

  private void discard(String streamId, RoutingCookies own) {
    try {
      calls.call("DELETE", "/streams/" + OvershootUrl.segment(streamId), own);
    } catch (OvershootException e) {
      // It ends with its lease; the caller gets the more serious error.
      return;
    }
  }

  private static CreateStreamRequest rounded(CreateStreamRequest request) {
    if (request.processing() instanceof ClipProcessing clip) {
      return new CreateStreamRequest(
          request.webrtc(),
          request.source(),
          request.mode(),
          clip.withWholeFps(),
          request.inference(),
          request.client());
    }
    return request;
  }
}
