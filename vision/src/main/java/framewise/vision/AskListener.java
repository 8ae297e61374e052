package framewise.vision;

import framewise.vision.tool.ToolCall;
import java.util.List;

/** Receives the progress of one question. Called by the asking thread. */
public interface AskListener {
  /** Ignores everything. */
  AskListener NONE = new AskListener() {};

  /**
   * Called before each request with everything sent for this question so far. Back ends in this
   * process never call it.
   */
  default void sending(SentRequest request) {}

  /** Whether partial answers are wanted. Called once, at the start. */
  default boolean wantsPartial() {
    return false;
  }

  /**
   * Receives the answer so far. Called only if {@link #wantsPartial} and the service streams.
   *
   * @param text everything written so far
   */
  default void partial(String text) {}

  /**
   * Receives the calls of tools so far. Called only if {@link #wantsPartial} and the service
   * streams.
   *
   * @param calls the last one's arguments may be incomplete
   */
  default void calling(List<ToolCall> calls) {}
}
