package framewise.server.tls;

import framewise.server.config.Settings;
import framewise.server.config.Tls;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port that speaks HTTPS, and tells those who speak plain HTTP to it where to go. */
public final class Https {
  private static final String HTTP = "http/1.1";
  private static final Duration SOON = Duration.ofDays(14);
  private static final Logger LOG = LoggerFactory.getLogger(Https.class);

  private final Identity identity;

  private Https(Identity identity) {
    this.identity = identity;
  }

  /**
   * What the settings ask for; a certificate is made where there is none.
   *
   * @return empty for plain HTTP
   * @throws TlsException when it cannot be done, with a sentence for a person
   */
  public static Optional<Https> of(Settings settings, Machine machine, Instant now) {
    return switch (settings.tls()) {
      case Tls.Off _ -> Optional.empty();
      case Tls.SelfSigned _ -> {
        var kept = new SelfSigned(settings.data().resolve("tls"));
        yield Optional.of(new Https(kept.forMachine(machine, now)));
      }
      case Tls.Files files -> {
        Identity own = PemFiles.read(files.certificate(), files.key(), now);
        warn(own, files, now);
        yield Optional.of(new Https(own));
      }
    };
  }

  public Identity identity() {
    return identity;
  }

  /** Makes the server listen there with TLS. */
  public void configure(JavalinConfig config, String host, int port) {
    config.jetty.modifyServer(server -> server.setHandler(new PlainIsSentAway()));
    config.jetty.addConnector((server, http) -> connector(server, http, host, port));
  }

  private Connector connector(Server server, HttpConfiguration http, String host, int port) {
    // Names are not checked against the certificate: a phone may use any address of this machine.
    http.addCustomizer(new SecureRequestCustomizer(false));
    String password = UUID.randomUUID().toString();
    var context = new SslContextFactory.Server();
    context.setKeyStore(identity.keyStore(password.toCharArray()));
    context.setKeyStorePassword(password);
    var secure = new SslConnectionFactory(context, HTTP);
    var connector =
        new ServerConnector(
            server, new DetectorConnectionFactory(secure), new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    return connector;
  }

  private static void warn(Identity own, Tls.Files files, Instant now) {
    if (own.expires().isBefore(now.plus(SOON))) {
      LOG.warn(
          "The certificate in {} expires at {}: renew it and start the service again.",
          files.certificate(),
          own.expires());
    }
    if (isOpen(files.key())) {
      LOG.warn(
          "Every user of this machine may read the key in {}: take that away with chmod 600.",
          files.key());
    }
  }

  private static boolean isOpen(Path file) {
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      return rights.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}
