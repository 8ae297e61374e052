package framewise.engine.session.video;

import framewise.engine.Status;

/**
 * Stage in the life of a session. Finer than its {@link Status}: the status {@code waiting}, which
 * clients see, covers two phases.
 */
public enum Phase {
  /** The file has arrived, and the session was never started. */
  UPLOADED(Status.UPLOADED),
  /** The video comes from elsewhere, and the session was never started. */
  IDLE(Status.WAITING),
  /** Started; no picture has arrived yet. */
  CONNECTING(Status.WAITING),
  /** Pictures arrive, and models are asked about them. */
  STREAMING(Status.STREAMING),
  /** Stopped on request. */
  STOPPED(Status.STOPPED),
  /** The video ended, and every clip was answered. */
  FINISHED(Status.FINISHED),
  /** The run could not continue. */
  FAILED(Status.FAILED);

  private final Status status;

  Phase(Status status) {
    this.status = status;
  }

  /**
   * The phase of a stored session.
   *
   * @param started whether it was ever started
   */
  public static Phase of(Status status, boolean started) {
    return switch (status) {
      case UPLOADED -> UPLOADED;
      case WAITING -> started ? CONNECTING : IDLE;
      case STREAMING -> STREAMING;
      case STOPPED -> STOPPED;
      case FINISHED -> FINISHED;
      case FAILED -> FAILED;
    };
  }

  /** The status that clients see. */
  public Status status() {
    return status;
  }
}
