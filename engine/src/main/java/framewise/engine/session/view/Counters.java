package framewise.engine.session.view;

import framewise.engine.money.Spent;

/**
 * Totals of a session over all its runs.
 *
 * @param results clips asked about
 * @param failed results without an answer
 * @param dropped clips that were skipped, because a newer one replaced them or because they look
 *     like one whose answer failed
 * @param unchanged clips that were skipped, because they look like one that was asked about: calls
 *     saved
 * @param spent what the answers cost, in tokens and US dollars
 */
public record Counters(long results, long failed, long dropped, long unchanged, Spent spent) {}
