package framewise.server.service;

import framewise.server.config.Settings;
import framewise.server.phone.PhoneAccess;
import framewise.server.tls.Https;
import framewise.server.tls.MachineNames;
import framewise.webrtc.sdp.PublicAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/** The addresses under which people, phones and receivers of notices reach the service. */
final class ServiceAddresses {
  private final Settings settings;
  private final Optional<Https> https;
  private final IntSupplier port;

  /**
   * @param port of the service, once started
   */
  ServiceAddresses(Settings settings, Optional<Https> https, IntSupplier port) {
    this.settings = settings;
    this.https = https;
    this.port = port;
  }

  /** URL of the console. */
  String consoleUrl() {
    String scheme = https.isPresent() ? "https" : "http";
    return "%s://%s:%d/console/".formatted(scheme, shownHost(), port.getAsInt());
  }

  /** URLs of the console for phones, once started. */
  PhoneAccess phone() {
    return PhoneAccess.of(
            settings.host(), port.getAsInt(), machine(settings), https.map(Https::identity))
        .behind(settings.publicUrls().urls());
  }

  /** Address of the service for receivers of notices; empty where only this machine reaches it. */
  Optional<String> ofReceivers() {
    return settings.publicUrls().urls().stream()
        .map(URI::toString)
        .findFirst()
        .or(
            () ->
                phone().urls().stream()
                    .findFirst()
                    .map(console -> console.replaceAll("/console/$", "")));
  }

  /** Host names of this service, from the settings and the certificate. */
  Set<String> configuredNames() {
    Set<String> names = new HashSet<>();
    names.add(settings.host());
    settings.publicUrls().urls().forEach(url -> names.add(url.getHost()));
    settings.node().ifPresent(node -> names.add(node.url().getHost()));
    https.ifPresent(secure -> names.addAll(secure.identity().names()));
    return names;
  }

  /** This machine, as its certificate and phones know it. */
  static MachineNames machine(Settings settings) {
    return MachineNames.current(
        settings.mediaNetwork().publicAddress().map(PublicAddress::address));
  }

  private String shownHost() {
    String host = settings.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "localhost";
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
