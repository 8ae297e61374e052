package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.Status;

/** Refusals that depend on a session's present state. */
final class SessionRefusals {
  private SessionRefusals() {}

  /**
   * @param otherwise the state it would need, as text to follow a colon
   */
  static RefusedException notRunning(Status now, String otherwise) {
    return because("This session is %s: %s.".formatted(now.wireName(), otherwise));
  }

  static RefusedException runsAlready(Status now) {
    return because(
        "This session is %s already: stop it first, or update its prompt."
            .formatted(now.wireName()));
  }

  static RefusedException liveIsOver() {
    return because("This session's video was live and is over: it cannot be started again.");
  }

  static RefusedException takesNoVideo() {
    return because("This session takes no video over WHIP now.");
  }

  static RefusedException wasStopped() {
    return because("This session was stopped on request and takes no video any more.");
  }

  static RefusedException videoMissing() {
    return Refusal.of(
            Code.VIDEO_MISSING,
            "This session's video was deleted from the data folder. Its results are still there;"
                + " upload the video again to ask about it.")
        .asException();
  }

  static RefusedException damaged() {
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
