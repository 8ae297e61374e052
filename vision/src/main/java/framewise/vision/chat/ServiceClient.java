package framewise.vision.chat;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends LangChain4j's requests in the thread that asks, which may be interrupted, tells the {@link
 * Exchange} what goes over the wire, and takes nothing for an answer that is none. A whole answer
 * must come within the time-out, streamed or not.
 */
final class ServiceClient implements HttpClient {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceClient.class);

  private final java.net.http.HttpClient http;
  private final Duration timeout;
  private final boolean bearer;
  private final InstantSource clock;

  ServiceClient(
      java.net.http.HttpClient http, Duration timeout, boolean bearer, InstantSource clock) {
    this.http = http;
    this.timeout = timeout;
    this.bearer = bearer;
    this.clock = clock;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Optional<SuccessfulHttpResponse> kept = Exchange.current().flatMap(Exchange::takeKept);
    if (kept.isPresent()) {
      return kept.get();
    }
    try (ReplyBody body = send(request)) {
      return whole(body);
    }
  }

  /**
   * Returns when the stream is at its end, unlike LangChain4j's own clients. A service that does
   * not stream ends it with a {@link NotStreamedException}; its answer is kept for who asks for the
   * whole next.
   */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    try (ReplyBody body = sendForStream(request)) {
      if (body.isJson()) {
        SuccessfulHttpResponse answer = whole(body);
        Exchange.current().ifPresent(exchange -> exchange.keep(answer));
        throw new NotStreamedException();
      }
      listener.onOpen(body.success(""));
      var events = new StreamedEvents(listener, this::check);
      parser.parse(body, events);
      events.throwFailure();
      body.throwFailure();
      events.checkEnd();
      listener.onClose();
    } catch (RuntimeException e) {
      listener.onError(e);
    }
  }

  private SuccessfulHttpResponse whole(ReplyBody body) {
    String text = body.text();
    Optional<ReplyJson> reply = ReplyJson.parse(text);
    reply.ifPresent(this::check);
    if (reply.filter(ReplyJson::isAnswer).isEmpty()) {
      throw new UnreadableException(ErrorBody.parse(text).message());
    }
    return body.success(text);
  }

  private ReplyBody sendForStream(HttpRequest request) {
    try {
      return send(request);
    } catch (RefusedException e) {
      throw e.refusesStreams() ? new NotStreamedException() : e;
    }
  }

  private ReplyBody send(HttpRequest request) {
    Exchange.current().ifPresent(exchange -> exchange.sends(request.body()));
    long deadline = System.nanoTime() + timeout.toNanos();
    HttpResponse<InputStream> response = await(http.sendAsync(jdk(request), ofInputStream()));
    var body = new ReplyBody(response, Duration.ofNanos(deadline - System.nanoTime()));
    if (response.statusCode() / 100 != 2) {
      try (body) {
        ErrorBody error = ErrorBody.parse(body.text());
        throw new RefusedException(
            response.statusCode(),
            error,
            new RetryAfter(clock.instant()).of(response.headers(), error.json()));
      }
    }
    return body;
  }

  /** Waits for the head of a reply. Whoever is interrupted leaves no connection open behind him. */
  private static HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> coming) {
    try {
      return coming.get();
    } catch (InterruptedException e) {
      coming.cancel(true);
      // The head may have come in this very moment: then there is nothing to cancel but the body.
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
      LOG.debug("A reply that nobody waits for broke off", alreadyGone);
    }
  }

  private void check(ReplyJson reply) {
    Exchange.current().ifPresent(exchange -> reply.usage().ifPresent(exchange::took));
    reply
        .error()
        .ifPresent(
            error -> {
              throw new RefusedException(error.status(), error, Optional.empty());
            });
    reply
        .blocked()
        .ifPresent(
            reason -> {
              throw new ContentFilteredException(reason);
            });
  }

  private java.net.http.HttpRequest jdk(HttpRequest request) {
    var jdk = java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(timeout);
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
            request.method().name(),
            BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8))
        .build();
  }
}
