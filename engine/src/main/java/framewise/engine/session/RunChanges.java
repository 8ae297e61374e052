package framewise.engine.session;

import framewise.engine.RefusedException;
import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.Run;
import framewise.engine.result.Event;
import framewise.engine.session.plan.Changes;
import framewise.engine.session.video.SessionRefusals;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.StreamSettings;
import java.util.List;
import java.util.Optional;

/**
 * Changes the questions and settings of a session's run, from its next clip on. Safe for any number
 * of threads.
 */
final class RunChanges {
  private final RunSlot running;
  private final SessionRuns runs;
  private final SessionState state;
  private final CutOffRun cutOff;

  RunChanges(RunSlot running, SessionRuns runs, SessionState state, CutOffRun cutOff) {
    this.running = running;
    this.runs = runs;
    this.state = state;
    this.cutOff = cutOff;
  }

  /**
   * Replaces the text of the prompt with this name, or of the only one.
   *
   * @throws RefusedException when the session is not streaming, has no prompt of this name, or the
   *     change can't be stored; nothing has changed then
   */
  void prompt(Optional<String> name, Prompt prompt) {
    running.hold(
        run -> {
          Run current = require(run, "only the prompt of one that is streaming can be updated");
          StreamSettings before = current.settings();
          StreamSettings next = Changes.withPrompt(before, name, prompt);
          runs.requireStorage();
          current.updatePrompt(next);
          try {
            state.changed(next, List.of(new Event.PromptUpdated(name, prompt.text())));
          } catch (RefusedException notStored) {
            current.updatePrompt(before);
            throw notStored;
          }
        });
  }

  /**
   * Changes any settings. One call at a time: the caller holds the session's lock.
   *
   * @return the settings as applied
   * @throws RefusedException when the session is not streaming, or the changes cannot be applied;
   *     nothing has changed then
   */
  StreamSettings apply(Changes changes) throws InterruptedException {
    Run current = requireRunning(running.now());
    runs.requireStorage();
    StreamSettings before = current.settings();
    Plan plan = runs.plan(changes.applyTo(before));
    List<Event> events = Changes.events(before, plan.settings());
    current.prepare(plan);
    try {
      running.hold(
          run -> {
            requireRunning(run); // it may have ended in the meantime
            current.change(plan);
            state.changed(plan.settings(), events);
          });
    } finally {
      current.discardPrepared();
    }
    return plan.settings();
  }

  private Run requireRunning(Optional<Run> run) {
    return require(run, "only one that is streaming can be changed");
  }

  private Run require(Optional<Run> run, String otherwise) {
    String why = cutOff.isPresent() ? "it is about to resume. Try again in a moment" : otherwise;
    return run.orElseThrow(() -> SessionRefusals.notRunning(state.status(), why));
  }
}
