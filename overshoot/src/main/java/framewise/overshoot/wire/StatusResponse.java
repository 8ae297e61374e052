package framewise.overshoot.wire;

/**
 * The answer to closing a stream and to feedback.
 *
 * @param status {@code ok}
 */
public record StatusResponse(String status) {
  /** All is well. */
  public static final StatusResponse OK = new StatusResponse("ok");

  public StatusResponse {
    status = Absent.orEmpty(status);
  }
}
