package framewise.engine.session;

/**
 * What a session has done so far, over all its runs.
 *
 * @param results clips asked about
 * @param failed of these, how many have no answer
 * @param dropped clips never asked about, because a newer one took their place
 */
public record Counters(long results, long failed, long dropped) {}
