package framewise.server.service;

import framewise.server.http.PlatformThreads;
import framewise.server.limits.FairShare;
import framewise.server.metrics.Metrics;

/** Threads and slots for work that is limited, because it takes memory, files or processors. */
final class WorkPools implements AutoCloseable {
  /**
   * Maximum number of concurrent uploads: each takes a file and a buffer of 64 KB, and more are not
   * faster.
   */
  private static final int MAX_UPLOADS = 32;

  /**
   * Maximum number of concurrent starts: each may wait half a minute for an AI service, on its own
   * thread.
   */
  private static final int MAX_STARTS = 32;

  private static final int MAX_WAITING = 64;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  final FairShare uploads = new FairShare(MAX_UPLOADS);
  final PlatformThreads probing = new PlatformThreads("probing videos", PROCESSORS, MAX_UPLOADS);
  final PlatformThreads starting = new PlatformThreads("starting streams", MAX_STARTS, MAX_WAITING);
  final PlatformThreads encoding =
      new PlatformThreads("encoding pictures", PROCESSORS, MAX_WAITING);

  /** Publishes how much of each is in use. */
  void observe(Metrics metrics) {
    metrics.observe("uploads", "Running uploads", uploads::used);
    metrics.observe("probing", "Videos being probed, or waiting for it", probing::busy);
    metrics.observe("starting", "Streams being started, or waiting for it", starting::busy);
    metrics.observe("encoding", "Pictures being encoded, or waiting for it", encoding::busy);
  }

  @Override
  public void close() {
    probing.close();
    starting.close();
    encoding.close();
  }
}
