package framewise.server.guard;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Host names under which the service may be used. With DNS rebinding, a foreign page whose name
 * resolves to this machine counts as the service's own page in a browser; the name reveals it,
 * because it is none of these.
 *
 * <p>IP addresses are always accepted: a browser that requests an address has not used the DNS, so
 * no attacker can have redirected it. This also keeps published ports of containers working, which
 * can't know their host's addresses. Thread-safe.
 */
public final class OwnNames {
  private static final long LOOK_AGAIN_NANOS = 10_000_000_000L;

  private final Supplier<Set<String>> constant;
  private final Supplier<Set<String>> machine;
  private final LongSupplier nanos;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicLong lookedAt;
  private volatile Set<String> names = Set.of();

  /**
   * @param configured names from settings and certificate; {@code *.example.com} matches every name
   *     one label below
   * @param machine asks the operating system for this machine's names; may take seconds
   * @param nanos a monotonic clock
   */
  public OwnNames(
      Supplier<Set<String>> configured, Supplier<Set<String>> machine, LongSupplier nanos) {
    this.constant = configured;
    this.machine = machine;
    this.nanos = nanos;
    this.lookedAt = new AtomicLong(nanos.getAsLong() - LOOK_AGAIN_NANOS);
  }

  /** Whether the service may be used under this host. */
  public boolean covers(Authority asked) {
    String host = asked.host();
    if (asked.isAddress() || isLocalhost(host) || names.contains(host) || isConfigured(host)) {
      return true;
    }
    refresh();
    return false;
  }

  /** Refreshes the machine's names in the background, at most every ten seconds. */
  public void refresh() {
    long now = nanos.getAsLong();
    if (now - lookedAt.get() < LOOK_AGAIN_NANOS || !looking.compareAndSet(false, true)) {
      return;
    }
    Thread _ =
        Thread.ofVirtual()
            .name("own-names")
            .start(
                () -> {
                  try {
                    names = Set.copyOf(machine.get());
                  } finally {
                    lookedAt.set(nanos.getAsLong());
                    looking.set(false);
                  }
                });
  }

  private static boolean isLocalhost(String host) {
    return host.equals("localhost") || host.endsWith(".localhost");
  }

  private boolean isConfigured(String host) {
    int dot = host.indexOf('.');
    String wildcard = dot < 0 ? "" : "*" + host.substring(dot);
    return constant.get().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.equals(host) || name.equals(wildcard));
  }
}
