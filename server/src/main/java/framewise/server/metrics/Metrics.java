package framewise.server.metrics;

import com.sun.management.OperatingSystemMXBean;
import framewise.engine.backend.BackendGate;
import framewise.engine.files.BucketStore;
import framewise.engine.session.Sessions;
import framewise.engine.session.plan.Totals;
import framewise.engine.session.retention.SweepCounts;
import framewise.media.memory.NativeMemory;
import framewise.media.network.UrlFault;
import framewise.vision.Backend;
import framewise.vision.ClipBackend;
import framewise.vision.StreamBackend;
import framewise.vision.Usage;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Metrics of the service. Safe for any number of threads. */
public final class Metrics implements AutoCloseable {
  private static final Duration[] HTTP_BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

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

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Names that Prometheus' own linter rejects; the first one's value is published under another
   * name.
   */
  private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

  private final PrometheusMeterRegistry registry = registry();
  private final AtomicReference<JvmGcMetrics> machine = new AtomicReference<>();

  /** Back ends that have metrics already. */
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  /** Held here: a counter has only a weak reference to its source. */
  private final Set<LongSupplier> counted = ConcurrentHashMap.newKeySet();

  private volatile Supplier<Collection<BackendGate>> watched = List::of;

  /** Starts measuring these sessions and sockets, the data folder and the process. */
  public void observe(Sessions sessions, IntSupplier sockets, Path data, String version) {
    watched = () -> sessions.gates().values();
    observeMemory(registry);
    new DiskSpaceMetrics(data.toAbsolutePath().normalize().toFile()).bindTo(registry);
    Gauge.builder("framewise.database", sessions, Sessions::databaseBytes)
        .description("Size of the database with its write-ahead log")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("framewise.build.info", () -> 1)
        .description("Always 1, with the version of Framewise and of Java")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
    Gauge.builder("framewise.sessions.active", sessions, Sessions::active)
        .description("Sessions that are streaming")
        .register(registry);
    Gauge.builder("framewise.sockets", sockets, IntSupplier::getAsInt)
        .description("Clients connected to a session's socket")
        .strongReference(true)
        .register(registry);
    for (UrlFault.Kind why : UrlFault.Kind.values()) {
      FunctionCounter.builder("framewise.url.lost", sessions.totals(), totals -> totals.lost(why))
          .description("Connections to video by URL that failed or were lost, by reason")
          .tag("reason", why.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    FunctionCounter.builder("framewise.sweeps", sessions.swept(), SweepCounts::sweeps)
        .description("Searches for old and orphaned files and rows")
        .register(registry);
    for (SweepCounts.SweptKind what : SweepCounts.SweptKind.values()) {
      FunctionCounter.builder("framewise.swept", sessions.swept(), swept -> swept.count(what))
          .description("Items deleted because they were old, too large or belonged to no session")
          .tag("kind", what.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("framewise.disk.full", sessions, s -> s.disk().isFull() ? 1 : 0)
        .description("1 while the disk is full and nothing new is stored")
        .register(registry);
    Gauge.builder("framewise.url.down", sessions, Sessions::urlsDown)
        .description("Sessions with video by URL that have no connection to it")
        .register(registry);
    FunctionCounter.builder("framewise.clips.unchanged", sessions.totals(), Totals::unchanged)
        .description("Clips skipped because they look like an answered one (saved calls)")
        .register(registry);
    FunctionCounter.builder("framewise.evidence.left.out", sessions, s -> s.evidence().dropped())
        .description("Requests without evidence, because the disk was too slow or failed")
        .register(registry);
    sessions
        .remoteFiles()
        .ifPresent(
            files -> {
              Gauge.builder("framewise.files.reachable", files, f -> f.isReachable() ? 1 : 0)
                  .description("1 while the S3-compatible file store is reachable, else 0")
                  .register(registry);
              Gauge.builder("framewise.files.waiting", files, BucketStore::waiting)
                  .description("Files waiting for their upload to the S3-compatible store")
                  .register(registry);
            });
    Gauge.builder("framewise.evidence.bytes", sessions, s -> s.evidence().bytes())
        .description("Size of the stored evidence")
        .register(registry);
    Gauge.builder("framewise.frames", sessions, s -> s.frames().frames())
        .description("Stored pictures of live video")
        .register(registry);
    Gauge.builder("framewise.frames.bytes", sessions, s -> s.frames().bytes())
        .description("Size of the stored pictures of live video (FRAMEWISE_KEEP_QUOTA)")
        .register(registry);
    FunctionCounter.builder("framewise.frames.kept", sessions, s -> s.frames().kept())
        .description("Pictures of live video stored so far")
        .register(registry);
    FunctionCounter.builder("framewise.frames.evicted", sessions, s -> s.frames().evicted())
        .description("Stored pictures deleted because of their age or the quota")
        .register(registry);
    FunctionCounter.builder("framewise.frames.skipped", sessions, s -> s.frames().skipped())
        .description("Pictures not stored, because the machine or its disk was too slow")
        .register(registry);
    Gauge.builder(
            "framewise.cost.today", sessions, s -> s.spending().today().dollars().doubleValue())
        .description("Cost of services since midnight in US dollars, by the price table")
        .baseUnit("usd")
        .register(registry);
    FunctionCounter.builder("framewise.clips.dropped", sessions.totals(), Totals::dropped)
        .description("Clips dropped in favour of newer ones")
        .register(registry);
  }

  /** Adds a gauge, named {@code framewise.} and the given name. */
  public void observe(String name, String description, IntSupplier count) {
    Gauge.builder("framewise." + name, count, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  /** Adds a counter with one tag, named {@code framewise.} and the given name. */
  public void count(String name, String description, String tag, String value, LongSupplier count) {
    FunctionCounter.builder("framewise." + name, count, LongSupplier::getAsLong)
        .description(description)
        .tag(tag, value)
        .register(registry);
    counted.add(count);
  }

  /** Adds the metrics of a back end's gate, after its first request. */
  private void observe(BackendGate gate) {
    String name = gate.backend().name();
    if (!shown.add(name)) {
      return;
    }
    Gauge.builder("framewise.backend.limit", gate, BackendGate::limit)
        .description("Current limit of concurrent requests to a back end")
        .tag("backend", name)
        .register(registry);
    Gauge.builder("framewise.backend.open", gate, g -> g.closedBecause().isEmpty() ? 1 : 0)
        .description(
            "1 while a back end accepts requests, 0 while requests are paused after failures")
        .tag("backend", name)
        .register(registry);
  }

  /** Wraps a back end to time its answers. */
  public Backend measured(Backend backend) {
    return switch (backend) {
      case ClipBackend clips -> new MeasuredBackend(clips, this);
      case StreamBackend stream -> new MeasuredStreamBackend(stream, this);
      default -> backend;
    };
  }

  /** Adds a gauge of WebRTC offers that were answered and are not connected yet. */
  public void observeOffers(IntSupplier waiting) {
    Gauge.builder("framewise.peers.waiting", waiting, IntSupplier::getAsInt)
        .description("Senders of WebRTC video that are not connected yet")
        .strongReference(true)
        .register(registry);
  }

  /** Counts an offer that was refused because of a limit. */
  public void offerRefused(String reason) {
    Counter.builder("framewise.offers.refused")
        .description("Offers of WebRTC video refused because of a limit")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  /** Metrics of streams of the Overshoot API. */
  public StreamMeters streams() {
    return new StreamMeters(registry);
  }

  /**
   * Counts a request that was refused before it reached a call.
   *
   * @param reason value of the metric's label, one of a few words
   */
  public void refused(String reason) {
    Counter.builder("framewise.requests.refused")
        .description("Requests refused before they reached a call, by reason")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  /** Counts an answered request. */
  public void answered(Context context, float millis) {
    Timer.builder("http.server.requests")
        .description("HTTP requests")
        .serviceLevelObjectives(HTTP_BUCKETS)
        .tag("method", context.method().name())
        .tag("route", route(context))
        .tag("status", Integer.toString(context.statusCode()))
        .register(registry)
        .record((long) (millis * 1_000), TimeUnit.MICROSECONDS);
  }

  /** All metrics, in Prometheus' text format. */
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

  private static PrometheusMeterRegistry registry() {
    var made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    made.config().meterFilter(MeterFilter.deny(meter -> MISNAMED.contains(meter.getName())));
    return made;
  }

  /** Adds the metrics of the memory budget for videos. */
  private static void observeMemory(MeterRegistry registry) {
    Gauge.builder("framewise.memory.limit", NativeMemory::limit)
        .description("The memory budget of videos (FRAMEWISE_MEMORY)")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("framewise.memory.used", NativeMemory::used)
        .description("Reserved part of the memory budget")
        .baseUnit("bytes")
        .register(registry);
    FunctionCounter.builder(
            "framewise.memory.refusals", NativeMemory.class, type -> NativeMemory.refusals())
        .description("Starts, uploads and pictures refused because the memory budget was used up")
        .register(registry);
    Gauge.builder("process.resident.memory", ResidentMemory::bytes)
        .description("Resident memory of the process")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder(
            "framewise.memory.native",
            () -> NativeMemory.allocated().map(Long::doubleValue).orElse(Double.NaN))
        .description("Memory that the C library has allocated for native code")
        .baseUnit("bytes")
        .register(registry);
  }

  /** Counts a clip that was asked about; {@code outcome} is {@code ok} or the failure's code. */
  void countAnswer(String backend, String outcome, Duration latency) {
    Timer.builder("framewise.inference")
        .description("Time from question to answer, for each clip")
        .serviceLevelObjectives(INFERENCE_BUCKETS)
        .tag("backend", backend)
        .tag("outcome", outcome)
        .register(registry)
        .record(latency);
  }

  /** Adds the tokens that a service counted for one question. */
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

  /** Counts a stream that was lost or could not be opened. */
  void lost(String backend, String code) {
    Counter.builder("framewise.streams.lost")
        .description("Streams to a service that were lost or refused, by reason")
        .tag("backend", backend)
        .tag("reason", code)
        .register(registry)
        .increment();
  }

  /**
   * Adds the metrics of process and machine. Takes about 50 ms, so it waits until the first scrape.
   */
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
    FunctionCounter.builder(
            "process.cpu",
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class),
            process -> process.getProcessCpuTime() / NANOS_PER_SECOND)
        .description("CPU time of the process")
        .baseUnit("seconds")
        .register(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** The registered path, because ids must not become label values. */
  private static String route(Context context) {
    var endpoint = context.endpoints().lastHttpEndpoint();
    return endpoint == null || endpoint.path.isEmpty() ? "none" : endpoint.path;
  }
}
