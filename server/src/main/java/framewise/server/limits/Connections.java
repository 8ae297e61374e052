package framewise.server.limits;

import framewise.server.config.network.ProxyTrust;
import framewise.time.Stopwatch;
import framewise.time.WallClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits connections in total and per client, and closes those that are idle for too long. When the
 * limit is reached, the connection that has been idle for longest is closed. Thread-safe.
 */
public final class Connections extends Handler.Wrapper implements Connection.Listener {
  private static final String REFUSED = "connections";
  private static final String REQUESTS = "requests";
  private static final String SLOW_HEAD = "slow_head";
  private static final String SLOW_BODY = "slow_body";

  /** Time after which a client with too many requests may retry. */
  private static final String RETRY_SECONDS = "5";

  private static final Duration SWEEP = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final ConnectionLimits limits;
  private final ProxyTrust proxies;
  private final FairShare places;

  /** Requests in flight of clients that connect through a proxy. */
  private final FairShare requests;

  private final Consumer<String> counter;
  private final Map<Object, ConnectionEntry> held = new ConcurrentHashMap<>();
  private final Set<PacedRequest> waiting = ConcurrentHashMap.newKeySet();
  private volatile Optional<Thread> sweeper = Optional.empty();
  private volatile long wantedUntil = WallClock.system().nanos();
  private volatile long loggedAt = WallClock.system().nanos() - Duration.ofMinutes(1).toNanos();

  /** One connection. */
  private static final class ConnectionEntry {
    final EndPoint end;
    final ClientAddress client;
    final FairShare.FairPlace place;
    volatile boolean busy;
    volatile Optional<FairShare.FairPlace> request = Optional.empty();
    final Stopwatch idle = Stopwatch.start();

    ConnectionEntry(EndPoint end, ClientAddress client, FairShare.FairPlace place) {
      this.end = end;
      this.client = client;
      this.place = place;
    }

    void freeRequest() {
      request.ifPresent(FairShare.FairPlace::close);
      request = Optional.empty();
    }
  }

  /**
   * @param proxies trusted to report a request's sender
   * @param counter counts closed connections, by reason
   */
  public Connections(ConnectionLimits limits, ProxyTrust proxies, Consumer<String> counter) {
    this.limits = limits;
    this.proxies = proxies;
    this.requests = new FairShare(limits.connections());
    this.places = new FairShare(limits.connections());
    this.counter = counter;
  }

  /** Number of open connections. */
  public int open() {
    return places.used();
  }

  /** Number of connections with a request in flight or a WebSocket. */
  public int busy() {
    return (int) held.values().stream().filter(connection -> connection.busy).count();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    sweeper = Optional.of(Thread.ofPlatform().daemon().name("connections").start(this::sweep));
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    sweeper.ifPresent(Thread::interrupt);
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint end = connection.getEndPoint();
    // TLS and WebSocket add connections on top of one that is counted.
    if (end.getTransport() instanceof EndPoint || held.containsKey(end.getTransport())) {
      return;
    }
    ClientAddress client =
        peer(end)
            .filter(proxies::covers)
            .map(ClientAddress::ofProxy)
            .orElseGet(() -> ClientAddress.of(end.getRemoteSocketAddress()));
    Optional<FairShare.FairPlace> place = places.take(client).or(() -> makeRoom(client));
    if (place.isEmpty()) {
      refuse(REFUSED);
      end.close();
      return;
    }
    held.put(end.getTransport(), new ConnectionEntry(end, client, place.get()));
  }

  @Override
  public void onClosed(Connection connection) {
    EndPoint end = connection.getEndPoint();
    // An upgrade closes the connection too, but its end point stays open.
    if (!end.isOpen()) {
      release(end.getTransport());
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection socket = request.getConnectionMetaData().getConnection();
    ConnectionEntry connection = held.get(transport(socket));
    Optional<InetAddress> sender =
        peer(socket.getEndPoint())
            .map(peer -> proxies.sender(peer, request.getHeaders()::getValuesList))
            .filter(address -> !Optional.of(address).equals(peer(socket.getEndPoint())));
    if (connection != null && sender.isPresent()) {
      ClientAddress.forward(request, sender.get());
      Optional<FairShare.FairPlace> place = requests.take(ClientAddress.of(sender.get()));
      if (place.isEmpty()) {
        counter.accept(REQUESTS);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
        Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        return true;
      }
      connection.request = place;
    }
    if (connection != null) {
      connection.busy = true;
      Request.addCompletionListener(
          request,
          failure -> {
            connection.idle.restart();
            // A connection that becomes a WebSocket has no further requests.
            connection.busy = response.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101;
            if (!connection.busy) {
              connection.freeRequest();
            }
          });
    }
    if (request.getLength() == 0) {
      return super.handle(request, response, callback);
    }
    var paced = new PacedRequest(request, limits, waiting);
    Request.addCompletionListener(request, failure -> waiting.remove(paced));
    return super.handle(paced, response, callback);
  }

  private Optional<FairShare.FairPlace> makeRoom(ClientAddress client) {
    Predicate<ConnectionEntry> mayGo =
        places.isFull() ? all -> true : own -> own.client.equals(client);
    Optional<ConnectionEntry> oldest =
        held.values().stream()
            .filter(connection -> !connection.busy)
            .filter(mayGo)
            .max(Comparator.comparingLong((ConnectionEntry connection) -> connection.idle.nanos()));
    oldest.ifPresent(this::close);
    if (oldest.isPresent()) {
      refuse(REFUSED);
    }
    return oldest.isPresent() ? places.take(client) : Optional.empty();
  }

  private void sweep() {
    try {
      while (true) {
        WallClock.system().sleep(SWEEP);
        long now = WallClock.system().nanos();
        for (ConnectionEntry connection : held.values()) {
          if (!connection.end.isOpen()) {
            release(connection.end.getTransport());
          } else if (!connection.busy && connection.idle.exceeds(limits.head())) {
            counter.accept(SLOW_HEAD);
            close(connection);
          }
        }
        for (PacedRequest request : waiting) {
          if (request.isLate(now, now - wantedUntil < 0)) {
            counter.accept(SLOW_BODY);
            request.timeOut();
          }
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void close(ConnectionEntry connection) {
    release(connection.end.getTransport());
    connection.end.close();
  }

  private void release(Object transport) {
    ConnectionEntry known = held.remove(transport);
    if (known != null) {
      known.freeRequest();
      known.place.close();
    }
  }

  private void refuse(String reason) {
    counter.accept(reason);
    long now = WallClock.system().nanos();
    // Until then, slow clients get less time, because others need their slots.
    wantedUntil = now + limits.stall().toNanos() / 4;
    if (now - loggedAt > Duration.ofMinutes(1).toNanos()) {
      loggedAt = now;
      LOG.warn(
          "The limit of connections is reached ({} of {} are open): closing idle ones, or"
              + " refusing new ones if none is idle. FRAMEWISE_MAX_CONNECTIONS sets the limit.",
          open(),
          limits.connections());
    }
  }

  private static Optional<InetAddress> peer(EndPoint end) {
    return end.getRemoteSocketAddress() instanceof InetSocketAddress internet
        ? Optional.ofNullable(internet.getAddress())
        : Optional.empty();
  }

  private static Object transport(Connection connection) {
    Object transport = connection.getEndPoint().getTransport();
    while (transport instanceof EndPoint under) {
      transport = under.getTransport();
    }
    return transport;
  }
}
