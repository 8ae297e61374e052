package framewise.overshoot.v02;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.overshoot.OvershootException;
import framewise.overshoot.wire.WireJson;
import framewise.time.Stopwatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls over HTTP. Redirects are not followed, because they would carry the key elsewhere.
 * Nothing is retried: a creation that timed out may have succeeded. Thread-safe.
 */
final class HttpCalls {

  private static final Logger LOG = LoggerFactory.getLogger(OvershootV02.class);
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  private final HttpClient http;
  private final ClientSettings settings;
  private final CallFailures failures;

  HttpCalls(HttpClient http, ClientSettings settings, CallFailures failures) {
    this.http = http;
    this.settings = settings;
    this.failures = failures;
  }

  /** Sends a call without a body. */
  CallResponse call(String method, String path, RoutingCookies cookies) {
    return call(method, path, BodyPublishers.noBody(), cookies, settings.timeouts().request());
  }

  /** Sends a call without a body, with another time-out. */
  CallResponse call(String method, String path, RoutingCookies cookies, Duration patience) {
    return call(method, path, BodyPublishers.noBody(), cookies, patience);
  }

  /** Sends a call with a JSON body. */
  CallResponse call(String method, String path, Object body, RoutingCookies cookies) {
    try {
      return call(
          method,
          path,
          BodyPublishers.ofByteArray(WireJson.mapper().writeValueAsBytes(body)),
          cookies,
          settings.timeouts().request());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Failed to write a request", e);
    }
  }

  /** Sends a call without credentials. */
  CallResponse anonymous(String path, RoutingCookies cookies) {
    HttpRequest request = request("GET", path, BodyPublishers.noBody(), cookies).build();
    return send(request, path, cookies, settings.timeouts().request());
  }

  /**
   * Parses the body of a success.
   *
   * @throws OvershootException.UnreadableAnswer if it does not have the expected form
   */
  <T> T read(CallResponse answer, TypeReference<T> type) {
    return read(answer, answer.json(), type);
  }

  <T> T read(CallResponse answer, JsonNode json, TypeReference<T> type) {
    if (!json.isContainerNode()) {
      throw failures.unreadable(answer, answer.body().isBlank() ? "no body" : "no JSON");
    }
    try {
      return WireJson.mapper().readerFor(type).readValue(json);
    } catch (IOException e) {
      // Jackson's message may quote the body; the type's name is enough to find the fault.
      LOG.debug("An answer of {} does not fit {}", answer.path(), type.getType());
      throw failures.unreadable(answer, "fields are missing or of another type");
    }
  }

  private CallResponse call(
      String method, String path, BodyPublisher body, RoutingCookies cookies, Duration patience) {
    HttpRequest request =
        request(method, path, body, cookies)
            .header("Authorization", "Bearer " + settings.key().reveal())
            .build();
    CallResponse answer = send(request, path, cookies, patience);
    if (!answer.success()) {
      throw failures.of(method, answer);
    }
    return answer;
  }

  private HttpRequest.Builder request(
      String method, String path, BodyPublisher body, RoutingCookies cookies) {
    URI uri = settings.baseUrl().http(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, body)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("User-Agent", OvershootV02.USER_AGENT);
    cookies.header(uri).ifPresent(cookie -> request.header("Cookie", cookie));
    return request;
  }

  private CallResponse send(
      HttpRequest request, String path, RoutingCookies cookies, Duration patience) {
    Stopwatch watch = settings.clock().stopwatch();
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
    try {
      // Not HttpRequest.timeout: it ends with the headers, and a body can hang too.
      HttpResponse<byte[]> response = pending.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      cookies.keep(request.uri(), response.headers());
      LOG.debug(
          "{} {} answered {} after {} ms",
          request.method(),
          path,
          response.statusCode(),
          watch.elapsed().toMillis());
      return CallResponse.of(path, response.statusCode(), response.body());
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw failures.of(e, patience);
    } catch (ExecutionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      if (isTooLong(cause)) {
        throw failures.unreadable(
            new CallResponse(path, 200, ""), "more than " + MAX_BODY_BYTES + " bytes");
      }
      throw failures.of(cause, settings.timeouts().connect());
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw failures.unreachable("was interrupted", Optional.of(e));
    }
  }

  // The JDK has no type for it; this is the message of its limiting body subscriber.
  private static boolean isTooLong(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).startsWith("body exceeds capacity")) {
        return true;
      }
    }
    return false;
  }
}
