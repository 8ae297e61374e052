package framewise.engine.session.video;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.Status;

/** Refusals that depend on a session's present state. */
public final class SessionRefusals {
  private SessionRefusals() {}

  /**
   * The request needs a run, and there is none.
   *
   * @param otherwise the state it would need, phrased to follow a colon
   */
  public static RefusedException notRunning(Status now, String otherwise) {
    return because("This session is %s: %s.".formatted(now.wireName(), otherwise));
  }

  /** The session is running already. */
  public static RefusedException runsAlready(Status now) {
    return because(
        "This session is already %s: stop it first, or update its prompt."
            .formatted(now.wireName()));
  }

  /** Only a sender could start the session, and its video is over. */
  public static RefusedException liveIsOver() {
    return because("This session's live video has ended, so it cannot be started again.");
  }

  /** A sender published in a state in which the session accepts no video. */
  public static RefusedException takesNoVideo() {
    return because("This session does not accept video over WHIP now.");
  }

  /** A sender published before the session has resumed on this node. */
  public static RefusedException resumes() {
    return Refusal.of(
            Code.TAKEN_OVER,
            "This session resumes on another node in a moment. Try again in a few seconds.")
        .asException();
  }

  /** A sender published again after the session was stopped. */
  public static RefusedException wasStopped() {
    return because("A user stopped this session. It accepts no more video.");
  }

  static RefusedException videoMissing() {
    return Refusal.of(
            Code.VIDEO_MISSING,
            "This session's video was deleted from the data folder. Its results are kept."
                + " Upload the video again to ask about it.")
        .asException();
  }

  /** The session's record is unreadable. */
  public static RefusedException damaged() {
    return Refusal.of(
            Code.SESSION_DAMAGED,
            "This session's record in the database is damaged. Delete the session, or stop"
                + " Framewise and run: ./framewise doctor")
        .asException();
  }

  private static RefusedException because(String sentence) {
    return Refusal.of(Code.WRONG_STATUS, sentence).asException();
  }
}
