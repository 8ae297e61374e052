package framewise.server.metrics;

import framewise.engine.backend.BackendGate;
import framewise.engine.session.Sessions;
import framewise.engine.session.Swept;
import framewise.engine.session.Totals;
import framewise.media.network.UrlFault;
import framewise.vision.Backend;
import framewise.vision.ClipBackend;
import framewise.vision.StreamBackend;
import framewise.vision.Usage;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What the service counts and measures of itself. Safe for any number of threads. */
public final class Metrics implements AutoCloseable {
  private static final Duration[] INFERENCE_BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<JvmGcMetrics> machine = new AtomicReference<>();

  /** The back ends that are shown. */
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  private volatile Supplier<Collection<BackendGate>> watched = List::of;

  /** Looks at these from now on. */
  public void observe(Sessions sessions, IntSupplier sockets) {
    watched = () -> sessions.gates().values();
    Gauge.builder("framewise.sessions.active", sessions, Sessions::active)
        .description("Sessions that are streaming")
        .register(registry);
    Gauge.builder("framewise.sockets", sockets, IntSupplier::getAsInt)
        .description("Clients connected to a session's socket")
        .strongReference(true)
        .register(registry);
    for (UrlFault.Kind why : UrlFault.Kind.values()) {
      FunctionCounter.builder("framewise.url.lost", sessions.totals(), totals -> totals.lost(why))
          .description("Connections to video by URL that failed or were lost, by the reason")
          .tag("reason", why.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    FunctionCounter.builder("framewise.sweeps", sessions.swept(), Swept::sweeps)
        .description("How often old and orphaned things were looked for")
        .register(registry);
    for (Swept.What what : Swept.What.values()) {
      FunctionCounter.builder("framewise.swept", sessions.swept(), swept -> swept.count(what))
          .description("What was deleted because it was old, too large or belonged to no session")
          .tag("kind", what.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("framewise.disk.full", sessions, s -> s.disk().isFull() ? 1 : 0)
        .description("1 while the disk is full and nothing new is stored")
        .register(registry);
    Gauge.builder("framewise.url.down", sessions, Sessions::urlsDown)
        .description("Sessions that look at video by URL and have no connection to it now")
        .register(registry);
    FunctionCounter.builder("framewise.clips.unchanged", sessions.totals(), Totals::unchanged)
        .description("Clips not asked about, because they look like one that was: calls saved")
        .register(registry);
    FunctionCounter.builder("framewise.evidence.left.out", sessions, s -> s.evidence().leftOut())
        .description("Requests that were not kept, because the disk was too slow or failed")
        .register(registry);
    Gauge.builder("framewise.evidence.bytes", sessions, s -> s.evidence().bytes())
        .description("How much of what services were sent is kept")
        .register(registry);
    Gauge.builder(
            "framewise.cost.today", sessions, s -> s.spending().today().dollars().doubleValue())
        .description("US dollars that services cost since midnight, by the price table")
        .baseUnit("usd")
        .register(registry);
    FunctionCounter.builder("framewise.clips.dropped", sessions.totals(), Totals::dropped)
        .description("Clips never asked about, because newer ones took their place")
        .register(registry);
  }

  /** Shows how a back end is borne with, once it was asked for the first time. */
  private void observe(BackendGate gate) {
    String name = gate.backend().name();
    if (!shown.add(name)) {
      return;
    }
    Gauge.builder("framewise.backend.limit", gate, BackendGate::limit)
        .description("How many clips a back end may be asked about at a time, as things are now")
        .tag("backend", name)
        .register(registry);
    Gauge.builder("framewise.backend.open", gate, g -> g.closedBecause().isEmpty() ? 1 : 0)
        .description("1 while a back end may be asked, 0 while it is left alone")
        .tag("backend", name)
        .register(registry);
  }

  /** The same back end, whose every answer is timed. */
  public Backend measured(Backend backend) {
    return switch (backend) {
      case ClipBackend clips -> new MeasuredBackend(clips, this);
      case StreamBackend stream -> new MeasuredStreamBackend(stream, this);
      default -> backend;
    };
  }

  /** For the streams of the Overshoot API. */
  public StreamMeters streams() {
    return new StreamMeters(registry);
  }

  /**
   * A request was turned down before any call saw it.
   *
   * @param reason a word, of a few
   */
  public void refused(String reason) {
    Counter.builder("framewise.requests.refused")
        .description("Requests turned down before any call saw them, by the reason")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  /** One request was answered. */
  public void answered(Context context, float millis) {
    Timer.builder("http.server.requests")
        .description("HTTP requests")
        .tag("method", context.method().name())
        .tag("route", route(context))
        .tag("status", Integer.toString(context.statusCode()))
        .register(registry)
        .record((long) (millis * 1_000), TimeUnit.MICROSECONDS);
  }

  /** Everything, in the text format of Prometheus. */
  public String scrape() {
    watchMachine();
    watched.get().forEach(this::observe);
    return registry.scrape();
  }

  @Override
  public void close() {
    JvmGcMetrics watched = machine.get();
    if (watched != null) {
      watched.close();
    }
    registry.close();
  }

  /** One clip was asked about; {@code outcome} is {@code ok} or the code of the failure. */
  void asked(String backend, String outcome, Duration latency) {
    Timer.builder("framewise.inference")
        .description("From the question to the answer, for every clip asked about")
        .serviceLevelObjectives(INFERENCE_BUCKETS)
        .tag("backend", backend)
        .tag("outcome", outcome)
        .register(registry)
        .record(latency);
  }

  /** So many tokens a service counted for one question. */
  void used(String backend, Usage usage) {
    tokens(backend, "input").increment((double) usage.inputTokens());
    tokens(backend, "output").increment((double) usage.outputTokens());
  }

  private Counter tokens(String backend, String kind) {
    return Counter.builder("framewise.tokens")
        .description("Tokens as the services count them")
        .tag("backend", backend)
        .tag("kind", kind)
        .register(registry);
  }

  /** A stream that a back end had taken is lost, or there was none to be had. */
  void lost(String backend, String code) {
    Counter.builder("framewise.streams.lost")
        .description("Streams to a service that were lost or refused, by the reason")
        .tag("backend", backend)
        .tag("reason", code)
        .register(registry)
        .increment();
  }

  /** Costs some 50 ms, so it waits until somebody wants to know. */
  private void watchMachine() {
    var collections = new JvmGcMetrics();
    if (!machine.compareAndSet(null, collections)) {
      collections.close();
      return;
    }
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** The path as it was registered: ids must not become label values. */
  private static String route(Context context) {
    var endpoint = context.endpoints().lastHttpEndpoint();
    return endpoint == null || endpoint.path.isEmpty() ? "none" : endpoint.path;
  }
}
