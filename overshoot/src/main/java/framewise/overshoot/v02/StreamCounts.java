package framewise.overshoot.v02;

/**
 * What a stream has counted since it was opened.
 *
 * @param messages messages taken from the results socket
 * @param results results given to the listener
 * @param duplicates results that came again and were left out
 * @param unreadable messages that were no results, no text, or longer than 4 Mi characters
 * @param connections how often the results socket was opened
 * @param renewals how often the lease was renewed
 * @param failedRenewals how often that failed
 * @param listenerFaults exceptions of the listener
 */
public record StreamCounts(
    long messages,
    long results,
    long duplicates,
    long unreadable,
    long connections,
    long renewals,
    long failedRenewals,
    long listenerFaults) {}
