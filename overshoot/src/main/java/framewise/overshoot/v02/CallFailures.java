package framewise.overshoot.v02;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.overshoot.OvershootException;
import framewise.overshoot.OvershootException.Origin;
import framewise.overshoot.OvershootUrl;
import framewise.overshoot.Secret;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Converts failures to {@link OvershootException}s: statuses and bodies as the API's clients
 * interpret them, network errors with their familiar messages. Removes the key and control
 * characters from the service's texts and shortens them.
 */
final class CallFailures {

  private static final int MAX_TEXT_LENGTH = 300;
  private static final String UNREACHABLE = "Failed to connect to Overshoot.ai";
  private static final String TIMED_OUT = "Timeout connecting to Overshoot.ai";
  private static final String CREATION = "/streams";

  private final OvershootUrl baseUrl;
  private final Secret key;

  CallFailures(OvershootUrl baseUrl, Secret key) {
    this.baseUrl = baseUrl;
    this.key = key;
  }

  /** A response other than success. */
  OvershootException of(String method, CallResponse answer) {
    int status = answer.status();
    JsonNode json = answer.json();
    String said = said(answer, json);
    Origin origin = new Origin(status, clean(json.path("request_id").asText("")));
    boolean creating = method.equals("POST") && answer.path().equals(CREATION);
    if (status == 410 || (status == 404 && creating && !isErrorBody(json))) {
      return retired(said, origin);
    }
    return switch (status) {
      case 400, 422 ->
          new OvershootException.InvalidRequest(
              "Overshoot.ai refused the request" + said + ": correct the request", origin);
      case 401, 403 -> unauthorized("the API key" + said, origin);
      case 402 ->
          new OvershootException.InsufficientCredits(
              "The Overshoot.ai account has no credits left"
                  + said
                  + ": add credits, then start again",
              origin);
      case 404 ->
          new OvershootException.NotFound(
              "Overshoot.ai does not know "
                  + answer.path()
                  + said
                  + ": it has ended or belongs to another key; create a new stream",
              origin);
      case 429 -> tooMany(creating, said, origin);
      default -> other(status, said, origin);
    };
  }

  /** A refused key. */
  OvershootException unauthorized(String what, Origin origin) {
    return new OvershootException.Unauthorized(
        "Overshoot.ai refused "
            + what
            + ": check OVERSHOOT_API_KEY; a revoked key must be replaced",
        origin);
  }

  /** An unusable success. */
  OvershootException unreadable(CallResponse answer, String why) {
    return new OvershootException.UnreadableAnswer(
        "Overshoot.ai answered "
            + answer.path()
            + " in a form that is not in the API v0.2 ("
            + why
            + "): check that OVERSHOOT_API_URL is the address of that API, or try again",
        new Origin(answer.status(), ""));
  }

  /** A call without a response. */
  OvershootException of(Throwable cause, Duration patience) {
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return new OvershootException.TimedOut(
          TIMED_OUT
              + ": "
              + baseUrl
              + " did not answer within "
              + seconds(patience)
              + " s. It may be slow or overloaded: try again in a few seconds, and check the"
              + " network",
          Optional.of(cause));
    }
    return unreachable(why(cause), Optional.of(cause));
  }

  OvershootException unreachable(String why, Optional<Throwable> cause) {
    return new OvershootException.Unreachable(
        UNREACHABLE
            + ": "
            + baseUrl
            + " "
            + why
            + ". Check the internet connection, OVERSHOOT_API_URL, and whether the service is up",
        cause);
  }

  /**
   * Cleans an external text for a message. Removes the key before cutting, because a cut key would
   * leak.
   */
  String clean(String text) {
    String line = key.maskIn(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= MAX_TEXT_LENGTH ? line : line.substring(0, MAX_TEXT_LENGTH) + "…";
  }

  private OvershootException retired(String said, Origin origin) {
    return new OvershootException.ApiRetired(
        UNREACHABLE
            + ": "
            + baseUrl
            + " does not serve the API v0.2"
            + said
            + ". Its provider replaced it by v1beta: set OVERSHOOT_API_URL to a server that speaks"
            + " v0.2, or use the API v1beta instead",
        origin);
  }

  private static OvershootException tooMany(boolean creating, String said, Origin origin) {
    return creating
        ? new OvershootException.TooManyStreams(
            "The API key has reached Overshoot.ai's limit of open streams"
                + said
                + ": stop one, or wait until its lease expires",
            origin)
        : new OvershootException.Refused(
            "Overshoot.ai's rate limit is reached" + said + ": try again a little later",
            true,
            origin);
  }

  private static OvershootException other(int status, String said, Origin origin) {
    if (status >= 500) {
      return new OvershootException.ServerFault(
          "Overshoot.ai had a server error" + said + ": try again in a few seconds", origin);
    }
    if (status < 400) {
      return new OvershootException.Refused(
          "Overshoot.ai redirects to another address"
              + said
              + ", and Framewise does not send the key there: set OVERSHOOT_API_URL to the"
              + " final address",
          false,
          origin);
    }
    return new OvershootException.Refused(
        "Overshoot.ai refused the request" + said + ": see its documentation for this status",
        status == 408 || status == 425,
        origin);
  }

  /**
   * An error of v0.2 has {@code error}, or at least {@code message}; FastAPI's own errors have
   * neither.
   */
  private static boolean isErrorBody(JsonNode json) {
    return json.path("error").isTextual() || json.path("message").isTextual();
  }

  private String said(CallResponse answer, JsonNode json) {
    String text = "";
    for (String field : new String[] {"message", "error", "detail"}) {
      JsonNode value = json.path(field);
      if (text.isBlank() && !value.isMissingNode() && !value.isNull()) {
        text = value.isTextual() ? value.asText() : value.toString();
      }
    }
    JsonNode details = json.path("details");
    if (!details.isMissingNode() && !details.isNull()) {
      text = text + " " + details;
    }
    if (text.isBlank() && !answer.body().isBlank() && !json.isObject()) {
      text = "a page that is not JSON";
    }
    return " (" + answer.status() + (text.isBlank() ? "" : ": " + clean(text)) + ")";
  }

  private String why(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException) {
        return "has an unknown host name";
      }
      if (each instanceof SSLException) {
        return "cannot be trusted (" + clean(String.valueOf(each.getMessage())) + ")";
      }
    }
    String message = cause.getMessage();
    return message == null
        ? "cannot be reached (" + cause.getClass().getSimpleName() + ")"
        : "cannot be reached (" + clean(message) + ")";
  }

  private static String seconds(Duration duration) {
    return String.valueOf(Math.max(1, Math.round(duration.toMillis() / 1000.0)));
  }
}
