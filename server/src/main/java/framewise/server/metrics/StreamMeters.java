package framewise.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** Metrics of streams that clients of the Overshoot API open. */
public final class StreamMeters {
  private final MeterRegistry registry;

  StreamMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Starts measuring these streams. */
  public void observe(IntSupplier open, IntSupplier sockets) {
    Gauge.builder("framewise.overshoot.streams.open", open, IntSupplier::getAsInt)
        .description("Streams of the Overshoot API that have not ended")
        .strongReference(true)
        .register(registry);
    Gauge.builder("framewise.overshoot.sockets", sockets, IntSupplier::getAsInt)
        .description("Clients connected to a results socket of the Overshoot API")
        .strongReference(true)
        .register(registry);
  }

  /** A stream ended. */
  public void ended(String reason) {
    count("framewise.overshoot.streams.ended", "Streams of the Overshoot API that ended", reason);
  }

  /** A stream was refused. */
  public void refused(String reason) {
    count(
        "framewise.overshoot.streams.refused",
        "Streams of the Overshoot API that were refused",
        reason);
  }

  private void count(String name, String description, String reason) {
    Counter.builder(name)
        .description(description)
        .tag("reason", reason)
        .register(registry)
        .increment();
  }
}
