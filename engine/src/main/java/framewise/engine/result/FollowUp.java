package framewise.engine.result;

import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Events that follow from another, with changes for the same transaction.
 *
 * @param additions further events
 * @param together database changes that belong to no event
 * @param stored called when everything is stored
 * @param lost called when nothing was stored
 */
public record FollowUp(
    List<Addition> additions, Consumer<Handle> together, Runnable stored, Runnable lost) {
  /** Nothing follows. */
  public static final FollowUp NOTHING = new FollowUp(List.of(), handle -> {}, () -> {}, () -> {});

  /** A change that needs the number of its event. */
  @FunctionalInterface
  public interface NumberedChange {
    void store(Handle handle, long seq);
  }

  /** An event with a change for the same transaction. */
  public record Addition(Event event, NumberedChange change) {}

  public FollowUp {
    additions = List.copyOf(additions);
  }
}
