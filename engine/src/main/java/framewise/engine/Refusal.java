package framewise.engine;

import java.util.List;

/**
 * Reason why a request was refused.
 *
 * @param code for programs
 * @param detail a sentence that says what went wrong and what to do
 * @param errors the invalid fields; empty when no field is at fault
 */
public record Refusal(Code code, String detail, List<FieldError> errors) {
  /** Invalid field: its name in the API, its value and what is allowed. */
  public record FieldError(String field, String message) {}

  /** Kinds of refusal. */
  public enum Code {
    SESSION_NOT_FOUND,
    WATCH_NOT_FOUND,
    INCIDENT_NOT_FOUND,
    WRONG_STATUS,
    /** The video has no picture yet. */
    NO_PICTURE,
    /** The maximum number of viewers watches already. */
    TOO_MANY_WATCHERS,
    TOO_LARGE,
    NOT_A_VIDEO,
    /** The file is not a bundle, or not one that can be opened. */
    INVALID_BUNDLE,
    INVALID_FIELD,
    INVALID_REQUEST,
    BACKEND_NOT_CONFIGURED,
    /** A look-back of the session is under way already. */
    LOOKBACK_RUNNING,
    LOOKBACK_NOT_FOUND,
    /** The model provider refused, failed or can't be reached. */
    BACKEND_FAILED,
    BACKEND_TIMED_OUT,
    /** The back end reports errors, or requests to it are paused. */
    BACKEND_PAUSED,
    /** The budget of the session or the day is spent. */
    BUDGET_SPENT,
    /** The maximum number of questions is in flight already. */
    TOO_MANY_QUESTIONS,
    /** The maximum number of searches is under way already. */
    TOO_MANY_SEARCHES,
    /** A search took too long and was ended. */
    SEARCH_TOO_LONG,
    TOO_MANY_STREAMS,
    TOO_MANY_WATCHES,
    /** The session's video was deleted from the data folder. */
    VIDEO_MISSING,
    /** The session's record in the database can't be read. */
    SESSION_DAMAGED,
    /** The database file is damaged. */
    DATABASE_DAMAGED,
    /** The database server can't be reached now. */
    DATABASE_UNAVAILABLE,
    /** The file store can't be reached now, or refuses calls. */
    FILES_UNAVAILABLE,
    /** Another node has taken over. */
    TAKEN_OVER,
    /** The data folder has no space left. */
    DISK_FULL,
    /** The memory budget for videos is used up. */
    MEMORY_EXHAUSTED,
    /** The data folder can't be written for another reason. */
    STORAGE_FAILED
  }

  public Refusal {
    errors = List.copyOf(errors);
  }

  public static Refusal of(Code code, String detail) {
    return new Refusal(code, detail, List.of());
  }

  public static Refusal field(String field, String message) {
    return new Refusal(Code.INVALID_FIELD, message, List.of(new FieldError(field, message)));
  }

  /** Whether nothing can be stored now. */
  public boolean isStorage() {
    return switch (code) {
      case DISK_FULL,
          STORAGE_FAILED,
          DATABASE_DAMAGED,
          DATABASE_UNAVAILABLE,
          FILES_UNAVAILABLE,
          TAKEN_OVER ->
          true;
      default -> false;
    };
  }

  public RefusedException asException() {
    return new RefusedException(this);
  }
}
