package framewise.overshoot.v02;

import java.util.concurrent.atomic.LongAdder;

/** The counters of one stream. */
final class StreamCounters {

  final LongAdder messages = new LongAdder();
  final LongAdder results = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final LongAdder connections = new LongAdder();
  final LongAdder renewals = new LongAdder();
  final LongAdder failedRenewals = new LongAdder();
  final LongAdder listenerFaults = new LongAdder();

  StreamCounts counts() {
    return new StreamCounts(
        messages.sum(),
        results.sum(),
        duplicates.sum(),
        unreadable.sum(),
        connections.sum(),
        renewals.sum(),
        failedRenewals.sum(),
        listenerFaults.sum());
  }
}
