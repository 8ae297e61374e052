package framewise.overshoot.wire.answer;

import framewise.overshoot.wire.AbsentFields;

/**
 * The response to closing a stream and to feedback.
 *
 * @param status {@code ok}
 */
public record StatusResponse(String status) {
  /** Success. */
  public static final StatusResponse OK = new StatusResponse("ok");

  public StatusResponse {
    status = AbsentFields.orEmpty(status);
  }
}
