package framewise.server;

/**
 * Number of carrier threads, which run the virtual threads that answer requests. The JDK's default
 * is one per processor, and a virtual thread occupies its carrier while it computes: on two
 * processors, two requests that read a large log would occupy both carriers, and health probes
 * would wait. With more carriers, the operating system shares the processors among them.
 */
final class CarrierThreads {
  private static final String PROPERTY = "jdk.virtualThreadScheduler.parallelism";
  private static final int MIN_COUNT = 32;
  private static final int EACH_PROCESSOR = 4;

  private CarrierThreads() {}

  /** Sets the number, before the first virtual thread starts, unless it is set already. */
  static void provide() {
    if (System.getProperty(PROPERTY) == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      System.setProperty(
          PROPERTY, Integer.toString(Math.max(MIN_COUNT, EACH_PROCESSOR * processors)));
    }
  }
}
