package framewise.vision.tool;

import java.util.List;

/** A message of the conversation after the question. */
public sealed interface ToolTurn {
  /** Length in characters. */
  int characters();

  /**
   * The model called tools.
   *
   * @param text what it said with the calls; may be empty
   * @param calls at least one
   */
  record Calls(String text, List<ToolCall> calls) implements ToolTurn {
    public Calls {
      calls = List.copyOf(calls);
    }

    @Override
    public int characters() {
      return text.length() + calls.stream().mapToInt(call -> call.shown().length()).sum();
    }
  }

  /**
   * Output of a called tool.
   *
   * @param id of the call
   * @param name of the tool
   */
  record Output(String id, String name, String text) implements ToolTurn {
    @Override
    public int characters() {
      return text.length();
    }
  }

  /**
   * Words of the user or the model.
   *
   * @param user whether the user said them
   * @param text not empty
   */
  record TextTurn(boolean user, String text) implements ToolTurn {
    @Override
    public int characters() {
      return text.length();
    }
  }
}
