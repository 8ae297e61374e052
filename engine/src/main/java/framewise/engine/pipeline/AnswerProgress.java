package framewise.engine.pipeline;

import framewise.vision.tool.ToolCall;
import java.util.List;

/** Receives an answer while it is being written, on another thread. */
public interface AnswerProgress {
  /** All text so far. */
  void text(String soFar);

  /** All calls of tools so far; the last one's arguments may be incomplete. */
  void calls(List<ToolCall> soFar);
}
