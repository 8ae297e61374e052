package framewise.engine.pipeline;

import framewise.engine.backend.Candidates;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run asks, and of whom.
 *
 * @param candidates for each prompt of the settings, who may be asked it
 */
public record ClipPlan(StreamSettings settings, List<Candidates> candidates) {
  public ClipPlan {
    candidates = List.copyOf(candidates);
    if (candidates.size() != settings.prompts().size()) {
      throw new IllegalArgumentException("each prompt has its candidates");
    }
  }

  /** Who may be asked, such as {@code gemini or builtin}; told to people. */
  String names() {
    return String.join(" or ", candidates.getFirst().names());
  }

  ClipPlan withSettings(StreamSettings others) {
    return new ClipPlan(others, candidates);
  }

  /** For each prompt, what its lane goes by. */
  List<Lane.Orders> orders() {
    List<Lane.Orders> orders = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      orders.add(
          new Lane.Orders(
              settings.prompts().get(i),
              candidates.get(i),
              settings.skipUnchanged(),
              settings.pace() == Pace.FAST));
    }
    return orders;
  }
}
