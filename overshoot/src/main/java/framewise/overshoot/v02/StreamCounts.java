package framewise.overshoot.v02;

/**
 * A stream's counters since it was opened.
 *
 * @param messages messages received from the results socket
 * @param results results delivered to the listener
 * @param duplicates repeated results, not delivered
 * @param unreadable messages that were not results, not text, or longer than 4 Mi characters
 * @param connections how often the results socket was opened
 * @param renewals how often the lease was renewed
 * @param failedRenewals how often a renewal failed
 * @param listenerFaults exceptions thrown by the listener
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
