package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.http.Problem;
import framewise.server.http.ProblemException;
import framewise.server.http.Reply;
import java.util.Optional;

/** Errors of a chat, each with the status and type that v1beta clients expect. */
enum ChatFault {
  STREAM_URL_INVALID(400, "stream_error"),
  QUERY_PARAM_INVALID(400, "stream_error"),
  SEGMENT_INVALID(400, "stream_error"),
  MEDIA_INVALID(400, "validation_error"),
  TOOLS_UNSUPPORTED(400, "validation_error"),
  PROVIDER_SAFETY_BLOCK(400, "provider_error"),
  BILLING_DENIED(402, "billing_error"),
  STREAM_UNAUTHORIZED(403, "stream_error"),
  STREAM_NOT_FOUND(404, "stream_error"),
  MODEL_NOT_FOUND(404, "validation_error"),
  SEGMENT_EMPTY(404, "stream_error"),
  FRAME_NOT_YET_PRODUCED(409, "stream_error"),
  FRAME_EVICTED(410, "stream_error"),
  RATE_LIMITED(429, "rate_limit_error"),
  INTERNAL_ERROR(500, "internal_error"),
  UPSTREAM_REQUEST_FAILED(502, "upstream_error"),
  MODEL_UNAVAILABLE(503, "provider_error"),
  UPSTREAM_TIMEOUT(504, "upstream_error");

  private final int status;
  private final String type;

  ChatFault(int status, String type) {
    this.status = status;
    this.type = type;
  }

  /** The fault with this code; empty for a code that does not concern chats. */
  static Optional<ChatFault> of(String code) {
    for (ChatFault fault : values()) {
      if (fault.code().equals(code)) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  int status() {
    return status;
  }

  /** The code in the API. */
  String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  ProblemException because(String sentence) {
    return Problem.of(status, code(), sentence).asException();
  }

  /** Body of an error response. */
  ObjectNode json(String message) {
    return json(message, Optional.of(code()));
  }

  /**
   * Body of an error response with a code other than the fault's.
   *
   * @param code empty where clients expect none
   */
  ObjectNode json(String message, Optional<String> code) {
    ObjectNode json = Reply.object();
    ObjectNode error = json.putObject("detail").putObject("error");
    error.put("message", message).put("type", type);
    boolean coded = this != RATE_LIMITED && this != INTERNAL_ERROR;
    error.put("code", coded ? code.orElse(null) : null);
    return json;
  }
}
