package framewise.engine.result;

/**
 * Number of results of a session.
 *
 * @param results number of all results
 * @param failed number of those without an answer
 */
public record ResultCounts(long results, long failed) {
  ResultCounts plus(Event.Result result) {
    return new ResultCounts(results + 1, failed + (result.ok() ? 0 : 1));
  }
}
