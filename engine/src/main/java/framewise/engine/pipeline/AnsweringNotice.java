package framewise.engine.pipeline;

import framewise.engine.backend.Candidates;
import framewise.engine.backend.RequestPermit;
import java.util.Optional;
import java.util.function.Consumer;

/** Publishes which back end answers, whenever that changes, and why the preferred one does not. */
final class AnsweringNotice {
  private final String prefix;
  private final Consumer<String> notices;

  /** Name of the back end that answers; empty while none does. */
  private String answering = "";

  /** Whether the back end that answers is the preferred one. */
  private boolean usual = true;

  AnsweringNotice(Optional<String> name, Consumer<String> notices) {
    this.prefix = name.map(text -> text + ": ").orElse("");
    this.notices = notices;
  }

  /** Reports that no back end takes requests, with the reason. */
  synchronized void noneAvailable(String why) {
    if (usual || !answering.isEmpty()) {
      usual = false;
      answering = "";
      notices.accept("%s%s; skipping clips".formatted(prefix, why));
    }
  }

  /** Records that a back end gave a permit. */
  synchronized void granted(Candidates candidates, RequestPermit permit) {
    String now = permit.backend().name();
    if (candidates.isWanted(permit)) {
      if (!usual) {
        notices.accept("%sretrying %s".formatted(prefix, now));
      }
      usual = true;
    } else if (!now.equals(answering)) {
      usual = false;
      notices.accept(
          "%s%s; switched to %s"
              .formatted(
                  prefix,
                  candidates
                      .wantedClosedBecause()
                      .orElseGet(() -> candidates.wanted().name() + " will be retried soon"),
                  now));
    }
    answering = now;
  }
}
