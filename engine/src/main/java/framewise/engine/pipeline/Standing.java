package framewise.engine.pipeline;

import framewise.engine.backend.Candidates;
import framewise.engine.backend.Turn;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells who answers, whenever that changes, and why the one that is wanted does not. */
final class Standing {
  private final String prefix;
  private final Consumer<String> notices;

  /** Who answers; empty while nobody does. */
  private String answering = "";

  /** The wanted back end answers, as it should. */
  private boolean usual = true;

  Standing(Optional<String> name, Consumer<String> notices) {
    this.prefix = name.map(text -> text + ": ").orElse("");
    this.notices = notices;
  }

  /** Nobody may be asked, for these reasons. */
  synchronized void nobody(String why) {
    if (usual || !answering.isEmpty()) {
      usual = false;
      answering = "";
      notices.accept("%s%s; clips are not asked about meanwhile".formatted(prefix, why));
    }
  }

  /** A turn was given. */
  synchronized void asked(Candidates candidates, Turn turn) {
    String now = turn.backend().name();
    if (candidates.isWanted(turn)) {
      if (!usual) {
        notices.accept("%s%s is asked again".formatted(prefix, now));
      }
      usual = true;
    } else if (!now.equals(answering)) {
      usual = false;
      notices.accept(
          "%s%s; %s answers meanwhile"
              .formatted(
                  prefix,
                  candidates
                      .wantedClosedBecause()
                      .orElseGet(() -> candidates.wanted().name() + " is asked again soon"),
                  now));
    }
    answering = now;
  }
}
