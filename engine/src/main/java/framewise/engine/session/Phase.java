package framewise.engine.session;

import framewise.engine.Status;

/**
 * Where a session is in its life. Finer than its {@link Status}: what clients see as {@code
 * waiting} is one of two phases.
 */
enum Phase {
  /** Its file is here, and nobody has started it. */
  UPLOADED(Status.UPLOADED),
  /** Its video is somewhere else, and nobody has started it. */
  IDLE(Status.WAITING),
  /** It has started, and no picture has arrived. */
  CONNECTING(Status.WAITING),
  /** Its pictures arrive, and models are asked about them. */
  STREAMING(Status.STREAMING),
  /** Somebody stopped it. */
  STOPPED(Status.STOPPED),
  /** The video ended, and every clip was answered. */
  FINISHED(Status.FINISHED),
  /** It could not go on. */
  FAILED(Status.FAILED);

  private final Status status;

  Phase(Status status) {
    this.status = status;
  }

  /**
   * The phase of a session that was stored.
   *
   * @param started whether it was ever started
   */
  static Phase of(Status status, boolean started) {
    return switch (status) {
      case UPLOADED -> UPLOADED;
      case WAITING -> started ? CONNECTING : IDLE;
      case STREAMING -> STREAMING;
      case STOPPED -> STOPPED;
      case FINISHED -> FINISHED;
      case FAILED -> FAILED;
    };
  }

  /** As clients see it. */
  Status status() {
    return status;
  }
}
