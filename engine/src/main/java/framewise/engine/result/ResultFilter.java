package framewise.engine.result;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which results of a log are asked for.
 *
 * @param run that of this run; empty for those of every run
 * @param name of the prompt called so, or by the empty name of the one without; empty for those of
 *     every prompt
 */
public record ResultFilter(OptionalInt run, Optional<String> name) {
  public static final ResultFilter ALL = new ResultFilter(OptionalInt.empty(), Optional.empty());
}
