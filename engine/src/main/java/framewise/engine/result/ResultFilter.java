package framewise.engine.result;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Filter for the results of a log.
 *
 * @param run only results of this run; empty for all runs
 * @param name only results of the prompt with this name, an empty name for the prompt without one;
 *     empty for all prompts
 * @param unchanged whether to include {@code unchanged} events, of all prompts
 */
public record ResultFilter(OptionalInt run, Optional<String> name, boolean unchanged) {
  public static final ResultFilter ALL = new ResultFilter(OptionalInt.empty(), Optional.empty());

  /** A filter for results only. */
  public ResultFilter(OptionalInt run, Optional<String> name) {
    this(run, name, false);
  }
}
