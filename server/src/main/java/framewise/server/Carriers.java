package framewise.server;

/**
 * Number of threads that carry the virtual threads, which answer the requests. The JDK's default is
 * one a processor, and a virtual thread keeps its carrier while it computes: two requests that read
 * a large log would keep two processors, and probes of the service would wait for them. With more
 * carriers the operating system divides the processors' time among them.
 */
final class Carriers {
  private static final String PROPERTY = "jdk.virtualThreadScheduler.parallelism";
  private static final int LEAST = 16;
  private static final int EACH_PROCESSOR = 4;

  private Carriers() {}

  /** Sets the number, before the first virtual thread starts, unless it is set already. */
  static void provide() {
    if (System.getProperty(PROPERTY) == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      System.setProperty(PROPERTY, Integer.toString(Math.max(LEAST, EACH_PROCESSOR * processors)));
    }
  }
}
