package framewise.engine.result;

/**
 * How many results a session has.
 *
 * @param results all of them
 * @param failed those without an answer
 */
public record ResultCounts(long results, long failed) {
  ResultCounts plus(Event.Result result) {
    return new ResultCounts(results + 1, failed + (result.ok() ? 0 : 1));
  }
}
