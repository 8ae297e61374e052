package framewise.vision.chat.wire;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import framewise.time.Deadline;
import framewise.time.WallClock;
import framewise.vision.Reasoning;
import framewise.vision.tool.ToolUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends LangChain4j's requests on the calling thread, which may be interrupted, and reads the reply
 * into the {@link Exchange}: LangChain4j builds the requests and never sees a reply. Rejects
 * replies without an answer. Omits and remembers parameters that the server refuses. A whole answer
 * must arrive within the time-out, streamed or not.
 */
public final class ServiceClient implements HttpClient {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceClient.class);

  /** Limit against redirect loops. */
  private static final int MAX_REDIRECTS = 4;

  /** Valid as an answer in all three formats. */
  private static final String ANSWERED =
      """
      {"id":"","model":"","type":"message","role":"assistant",
       "content":[{"type":"text","text":"-"}],"stop_reason":"end_turn",
       "usage":{"input_tokens":0,"output_tokens":0},
       "choices":[{"index":0,"message":{"role":"assistant","content":"-"},"finish_reason":"stop"}],
       "candidates":[{"content":{"role":"model","parts":[{"text":"-"}]},"finishReason":"STOP"}],
       "usageMetadata":{"promptTokenCount":0,"candidatesTokenCount":0,"totalTokenCount":0}}
      """;

  private final java.net.http.HttpClient http;
  private final Duration timeout;
  private final boolean bearer;
  private final Optional<BaseUrl> base;
  private final WallClock clock;

  /**
   * @param bearer whether the key goes as {@code Authorization: Bearer}
   * @param base the address whose query is appended to every request
   */
  public ServiceClient(
      java.net.http.HttpClient http,
      Duration timeout,
      boolean bearer,
      Optional<BaseUrl> base,
      WallClock clock) {
    this.http = http;
    this.timeout = timeout;
    this.bearer = bearer;
    this.base = base;
    this.clock = clock;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    ask(request, false);
    return SuccessfulHttpResponse.builder().statusCode(200).body(ANSWERED).build();
  }

  /** Returns at the end of the stream, unlike LangChain4j's own clients. */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    try {
      ask(request, true);
    } catch (RuntimeException e) {
      Exchange.current().failed(e);
    }
  }

  /**
   * Sends a request, and again without what the server refuses, which is remembered once that
   * helps.
   */
  private void ask(HttpRequest request, boolean streamed) {
    Exchange exchange = Exchange.current();
    RefusedParameters refused = exchange.refused();
    Set<String> without = new LinkedHashSet<>(refused.of(exchange.model()));
    Set<String> learned = new LinkedHashSet<>();
    while (true) {
      String text = body(request, without);
      try {
        send(request, text, streamed);
        refused.learn(exchange.model(), learned);
        return;
      } catch (ErrorReplyException e) {
        Optional<String> name = ParameterRefusal.in(e, RequestBody.of(text, request.url()));
        if (exchange.hasText() || name.isEmpty() || !without.add(name.get())) {
          throw e;
        }
        if (name.get().equals(RequestBody.STREAM)) {
          throw new NotStreamedException();
        }
        learned.add(name.get());
      }
    }
  }

  /** The body to send. Parsed and rewritten only if necessary, because pictures make it long. */
  private static String body(HttpRequest request, Set<String> without) {
    Optional<Reasoning> reasoning = Exchange.current().reasoning();
    Optional<ToolUse> tools = Exchange.current().tools();
    if (reasoning.isEmpty() && tools.isEmpty() && without.isEmpty()) {
      return request.body();
    }
    RequestBody plain = RequestBody.of(request.body(), request.url());
    RequestBody reasoned = reasoning.map(it -> plain.with(it, request.url())).orElse(plain);
    return tools.map(it -> reasoned.with(it, request.url())).orElse(reasoned).without(without);
  }

  private void send(HttpRequest request, String text, boolean streamed) {
    Exchange exchange = Exchange.current();
    exchange.sends(text);
    Deadline deadline = clock.deadline(timeout);
    HttpResponse<InputStream> response = response(request, text);
    try (var body = new ReplyBody(response, deadline.left())) {
      if (response.statusCode() / 100 != 2) {
        ErrorBody error = ErrorBody.parse(body.text());
        throw new ErrorReplyException(
            response.statusCode(),
            error,
            new RetryAfter(clock.now()).of(response.headers(), error.json()));
      }
      new ReplyReader(exchange, clock).read(body, streamed);
    }
  }

  /** The reply to a request, following safe redirects. */
  private HttpResponse<InputStream> response(HttpRequest request, String text) {
    URI address = base.map(it -> it.complete(request.url())).orElse(URI.create(request.url()));
    for (int hops = 0; ; hops++) {
      HttpResponse<InputStream> response =
          await(http.sendAsync(jdk(request, address, text), ofInputStream()));
      Optional<Redirect> redirect = Redirect.of(response);
      if (redirect.isEmpty()) {
        return response;
      }
      discard(response);
      Redirect to = redirect.get();
      if (!to.isSafe() || !to.keepsBody() || hops == MAX_REDIRECTS) {
        throw new Redirect.RedirectedException(to);
      }
      address = to.to();
    }
  }

  /** Waits for the head of a reply. An interruption closes the connection. */
  private static HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> coming) {
    try {
      return coming.get();
    } catch (InterruptedException e) {
      coming.cancel(true);
      // The head may arrive at this moment: then only the body is left to cancel.
      CompletableFuture<Void> _ = coming.thenAccept(ServiceClient::discard);
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case HttpTimeoutException late -> throw new TimeoutException(late);
        case IOException broken -> throw new UncheckedIOException(broken);
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static void discard(HttpResponse<InputStream> response) {
    try {
      response.body().close();
    } catch (IOException alreadyGone) {
      LOG.debug("An abandoned reply ended early", alreadyGone);
    }
  }

  private java.net.http.HttpRequest jdk(HttpRequest request, URI address, String text) {
    var jdk = java.net.http.HttpRequest.newBuilder(address).timeout(timeout);
    request
        .headers()
        .forEach(
            (name, values) -> {
              boolean key = bearer && name.equalsIgnoreCase("x-api-key");
              values.forEach(
                  value ->
                      jdk.header(key ? "Authorization" : name, key ? "Bearer " + value : value));
            });
    return jdk.method(
            request.method().name(), BodyPublishers.ofString(text, StandardCharsets.UTF_8))
        .build();
  }
}
