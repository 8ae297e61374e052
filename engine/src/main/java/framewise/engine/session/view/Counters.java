package framewise.engine.session.view;

import framewise.engine.money.SpendingTotal;

/**
 * Totals of a session over all its runs.
 *
 * @param results clips asked about
 * @param failed results without an answer
 * @param dropped clips skipped because a newer one replaced them, or because they look like one
 *     whose answer failed
 * @param unchanged clips skipped because they look like the last one asked about: requests saved
 * @param spent what the answers cost, in tokens and US dollars
 */
public record Counters(
    long results, long failed, long dropped, long unchanged, SpendingTotal spent) {}
