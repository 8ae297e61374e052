package framewise.engine.session;

import framewise.engine.money.Spent;

/**
 * What a session has done so far, over all its runs.
 *
 * @param results clips asked about
 * @param failed of these, how many have no answer
 * @param dropped clips never asked about, because a newer one took their place, or because they
 *     look like one whose answer failed
 * @param unchanged clips not asked about, because they look like one that was: calls saved
 * @param spent what the answers cost
 */
public record Counters(long results, long failed, long dropped, long unchanged, Spent spent) {}
