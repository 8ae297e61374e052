package framewise.media.network;

import framewise.media.network.UrlFault.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes every connection for video by URL. Each name is resolved once, and the connection goes to
 * the checked address, so DNS rebinding gains nothing. Closing it, from any thread, ends every
 * connection and refuses new ones.
 */
public final class OutboundConnections implements AutoCloseable {
  /**
   * Data that waits in the system's buffer gets old: this size holds at most a second or two of a
   * camera's stream.
   */
  private static final int RECEIVE_BUFFER_BYTES = 256 << 10;

  private final Network network;
  private final Set<Socket> open = new HashSet<>();
  private boolean closed;

  public OutboundConnections(Network network) {
    this.network = network;
  }

  /**
   * Connects to the host of a URL, encrypted if its scheme says so.
   *
   * @return a connection whose reads fail after the read time-out
   */
  public Socket connect(VideoUrl url) throws UrlFault {
    @Nullable UrlFault fault = null;
    for (InetAddress address : permitted(url)) {
      try {
        return connect(url, address);
      } catch (UrlFault e) {
        fault = e;
      }
    }
    throw fault == null ? new UrlFault(Kind.UNREACHABLE, "The host has no address.") : fault;
  }

  /**
   * Checks whether the host may be reached, without connecting.
   *
   * @throws UrlFault when it may not, or has no address
   */
  public void requirePermitted(VideoUrl url) throws UrlFault {
    permitted(url);
  }

  /** Translates a failed read or write. */
  public UrlFault explain(IOException e) {
    return switch (e) {
      case UrlFault known -> known;
      case SocketTimeoutException silent ->
          new UrlFault(
              Kind.TIMED_OUT,
              "No data arrived for %d seconds.".formatted(network.readTimeout().toSeconds()));
      case SSLException broken -> TlsFailure.of(broken);
      default -> new UrlFault(Kind.LOST, "The connection was lost.");
    };
  }

  /** Starts the time within which a whole reply must come, up to its body. */
  public ReplyTimeLimit limit(Socket socket) {
    return new ReplyTimeLimit(network.readTimeout(), () -> shut(socket));
  }

  /** Ends a connection. */
  public void release(Socket socket) {
    synchronized (open) {
      open.remove(socket);
    }
    shut(socket);
  }

  @Override
  public void close() {
    List<Socket> left;
    synchronized (open) {
      closed = true;
      left = new ArrayList<>(open);
      open.clear();
    }
    left.forEach(OutboundConnections::shut);
  }

  /**
   * The allowed addresses of the host, at least one.
   *
   * @throws UrlFault when there is none
   */
  private List<InetAddress> permitted(VideoUrl url) throws UrlFault {
    if (NumericHost.isNoAddress(url.host())) {
      throw new UrlFault(
          Kind.FORBIDDEN,
          "%s is a number but not an IPv4 address. Check the host in the URL."
              .formatted(url.host()));
    }
    List<InetAddress> all = resolve(url.host());
    List<InetAddress> permitted =
        all.stream().filter(address -> network.rule().refusal(address).isEmpty()).toList();
    if (permitted.isEmpty()) {
      Optional<String> why = all.stream().findFirst().flatMap(network.rule()::refusal);
      throw new UrlFault(
          Kind.FORBIDDEN,
          ("Framewise may not connect to %s, which is %s. FRAMEWISE_URL_SOURCES sets the"
                  + " allowed addresses.")
              .formatted(url.authority(), why.orElse("no address")));
    }
    return permitted;
  }

  private List<InetAddress> resolve(String host) throws UrlFault {
    // The system's resolver cannot be interrupted: it is abandoned when it takes too long.
    var answer = new CompletableFuture<List<InetAddress>>();
    Thread.ofVirtual()
        .name("resolve")
        .start(
            () -> {
              try {
                answer.complete(network.names().resolve(host));
              } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(network.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new UrlFault(Kind.UNREACHABLE, "There is no host %s.".formatted(host));
    } catch (TimeoutException e) {
      throw new UrlFault(Kind.TIMED_OUT, "The name %s was not resolved in time.".formatted(host));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UrlFault(Kind.LOST, "It was stopped.");
    }
  }

  private Socket connect(VideoUrl url, InetAddress address) throws UrlFault {
    int patience = (int) network.connectTimeout().toMillis();
    Socket plain = new Socket(Proxy.NO_PROXY);
    try {
      hold(plain);
      plain.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
      plain.connect(new InetSocketAddress(address, url.port()), patience);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(patience);
      Socket ready = url.isSecure() ? encrypt(url, plain, address) : plain;
      ready.setSoTimeout((int) network.readTimeout().toMillis());
      return ready;
    } catch (SocketTimeoutException e) {
      release(plain);
      throw new UrlFault(Kind.TIMED_OUT, "%s does not answer.".formatted(url.authority()));
    } catch (ConnectException e) {
      release(plain);
      throw new UrlFault(
          Kind.REFUSED,
          "%s refuses connections: no program listens on this port.".formatted(url.authority()));
    } catch (UrlFault e) {
      release(plain);
      throw e;
    } catch (SSLException e) {
      release(plain);
      throw explain(e);
    } catch (IOException e) {
      release(plain);
      throw new UrlFault(Kind.UNREACHABLE, "Can't reach %s.".formatted(url.authority()));
    }
  }

  private Socket encrypt(VideoUrl url, Socket plain, InetAddress address) throws IOException {
    SSLSocket secure = Encryption.over(url, plain, network.certificates().verifies(address));
    ReplyTimeLimit limit = new ReplyTimeLimit(network.connectTimeout(), () -> shut(plain));
    try (limit) {
      secure.startHandshake();
    } catch (IOException e) {
      shut(secure);
      if (limit.isCut()) {
        throw new SocketTimeoutException("the handshake took too long");
      }
      throw e instanceof SocketException
          ? new UrlFault(
              Kind.LOST,
              "The server closed the encrypted connection. It may not support TLS on this port.")
          : e;
    }
    synchronized (open) {
      open.remove(plain);
    }
    hold(secure);
    return secure;
  }

  private void hold(Socket socket) throws UrlFault {
    synchronized (open) {
      if (!closed) {
        open.add(socket);
        return;
      }
    }
    shut(socket);
    throw new UrlFault(Kind.LOST, "It was stopped.");
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // as intended
    }
  }
}
