package framewise.server.tls;

import framewise.server.config.Settings;
import framewise.server.config.Tls;
import framewise.time.WallClock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTPS port, which redirects plain HTTP requests. */
public final class Https implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Https.class);
  private static final String HTTP = "http/1.1";

  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private final Optional<CertificateFiles> files;
  private final Optional<String> news;
  private volatile Identity identity;

  private Https(Identity identity, Optional<CertificateFiles> files, Optional<String> news) {
    this.identity = identity;
    this.files = files;
    this.news = news;
    take(identity, context);
  }

  /**
   * Configures HTTPS from the settings; creates a certificate where none exists.
   *
   * @return empty for plain HTTP
   * @throws TlsException when it can't be configured, with a sentence for a person
   */
  public static Optional<Https> of(Settings settings, MachineNames machine, WallClock clock) {
    return switch (settings.tls()) {
      case Tls.Off _ -> Optional.empty();
      case Tls.SelfSigned _ -> {
        var kept = new SelfSigned(settings.data().resolve("tls"));
        Identity shown = kept.forMachine(machine, clock.now());
        yield Optional.of(new Https(shown, Optional.empty(), kept.news()));
      }
      case Tls.Files own -> {
        var files = new CertificateFiles(own, clock);
        yield Optional.of(new Https(files.identity(), Optional.of(files), Optional.empty()));
      }
    };
  }

  /** The current certificate. */
  public Identity identity() {
    return identity;
  }

  /**
   * Starts watching for renewed certificates. Logs a newly created certificate only now, because
   * the log's first line is the address to open.
   */
  public void start() {
    news.ifPresent(LOG::info);
    files.ifPresent(watched -> watched.watch(this::show));
  }

  @Override
  public void close() {
    files.ifPresent(CertificateFiles::close);
  }

  /** Adds TLS to a connector of the server. */
  public ServerConnector connector(Server server, HttpConnectionFactory http) {
    server.insertHandler(new HttpsRedirect());
    // The host name is not checked against the certificate: a phone may use any address of this
    // machine.
    http.getHttpConfiguration().addCustomizer(new SecureRequestCustomizer(false));
    var secure = new SslConnectionFactory(context, HTTP);
    return new ServerConnector(server, new DetectorConnectionFactory(secure), http);
  }

  /** Open connections keep the certificate they started with. */
  private void show(Identity renewed) {
    try {
      context.reload(server -> take(renewed, server));
      identity = renewed;
    } catch (Exception e) {
      throw new TlsException("FRAMEWISE_TLS: failed to use the renewed certificate: " + e, e);
    }
  }

  private static void take(Identity identity, SslContextFactory context) {
    String password = UUID.randomUUID().toString();
    context.setKeyStore(identity.keyStore(password.toCharArray()));
    context.setKeyStorePassword(password);
  }
}
