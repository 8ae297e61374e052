package framewise.server.config;

import framewise.engine.files.FileLocation;
import framewise.engine.keep.KeepSettings;
import framewise.engine.session.retention.Retention;
import framewise.engine.store.postgres.PostgresUrl;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.CertificateRule;
import framewise.media.picture.FrameSize;
import framewise.overshoot.OvershootException;
import framewise.overshoot.OvershootUrl;
import framewise.server.config.network.AddressRange;
import framewise.server.config.network.Origins;
import framewise.server.config.network.ProxyTrust;
import framewise.server.config.network.PublicUrls;
import framewise.vision.chat.PictureEncoding;
import framewise.vision.chat.Provider;
import framewise.vision.overshoot.OvershootBackend;
import framewise.vision.provider.Providers;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All settings, checked. {@link SettingKey} describes their values.
 *
 * @param port 0 for any free one
 * @param database database in PostgreSQL; empty for an SQLite file in the data folder
 * @param node settings for one of several nodes; empty for a single-node service
 * @param files where videos, evidence and pictures of incidents are; empty for the data folder
 * @param maxConnections maximum number of open connections of clients
 * @param memory for videos, outside the Java heap
 * @param urlSources addresses that URLs of videos may reach
 * @param urlCertificates which servers' certificates are checked, for encrypted URLs
 * @param corsOrigins origins of other pages that may use the service
 * @param publicUrls public URLs, where the service cannot detect them
 * @param apiAccess access to the service
 * @param mediaNetwork how WebRTC peers reach this machine
 * @param sourceGrace how long to wait for a disconnected sender of live video; zero for not at all
 * @param costs prices and budget of AI services
 * @param evidenceQuota maximum size of evidence (what was sent to services)
 * @param retention how long videos, results and evidence are kept
 * @param keep how much of live video is kept
 * @param keepQuota maximum size of kept pictures of all sessions
 * @param incidentQuota maximum size of the pictures and clips of incidents
 * @param modelAliases aliases of models
 * @param tls whether the port uses HTTPS
 * @param pictures how pictures are sent to AI services
 * @param findLocal whether to look for a model server on this machine where none is configured
 * @param providers connections to AI services: Overshoot.ai, then those of {@link Providers}
 */
public record Settings(
    String host,
    int port,
    Path data,
    Optional<PostgresUrl> database,
    Optional<NodeSettings> node,
    Optional<FileLocation> files,
    ByteSize maxUpload,
    boolean resume,
    int maxStreams,
    int maxConnections,
    ByteSize memory,
    AllowedAddresses urlSources,
    CertificateRule urlCertificates,
    Origins corsOrigins,
    PublicUrls publicUrls,
    Optional<Path> consoleDir,
    LogLevel logLevel,
    LogFormat logFormat,
    ApiAccess apiAccess,
    MediaNetwork mediaNetwork,
    Duration sourceGrace,
    Costs costs,
    ByteSize evidenceQuota,
    Retention retention,
    KeepSettings keep,
    ByteSize keepQuota,
    ByteSize incidentQuota,
    ModelAliases modelAliases,
    Tls tls,
    PictureEncoding pictures,
    boolean findLocal,
    List<ProviderSettings> providers) {
  private static final ByteSize MIN_UPLOAD = new ByteSize(1 << 10);
  private static final ByteSize MAX_UPLOAD = new ByteSize(1L << 40);

  public Settings {
    providers = List.copyOf(providers);
  }

  /**
   * Reads all settings.
   *
   * @param variables by name, from {@link Environment}; others are ignored
   * @throws SettingsException listing every invalid value
   */
  public static Settings read(Map<String, String> variables) throws SettingsException {
    var reader = new SettingReader(variables);
    List<ProviderSettings> providers = providers(reader);
    var settings =
        new Settings(
            reader.text(Setting.BACKEND_HOST).orElseThrow(),
            reader.number(Setting.BACKEND_PORT, 0, 65_535),
            reader.value(Setting.FRAMEWISE_DATA, Settings::path),
            reader.optional(Setting.FRAMEWISE_DATABASE, PostgresUrl::parse),
            NodeSettings.read(reader, reader.text(Setting.FRAMEWISE_DATABASE).isPresent()),
            FileSettings.read(reader, reader.text(Setting.FRAMEWISE_CLUSTER_KEY).isPresent()),
            reader.value(Setting.FRAMEWISE_MAX_UPLOAD, Settings::uploadLimit),
            reader.onOff(Setting.FRAMEWISE_RESUME),
            reader.number(Setting.FRAMEWISE_MAX_STREAMS, 1, 10_000),
            reader.number(Setting.FRAMEWISE_MAX_CONNECTIONS, 10, 100_000),
            reader
                .optional(Setting.FRAMEWISE_MEMORY, MemoryShare::parse)
                .orElseGet(MemoryShare::ofMachine),
            reader.value(Setting.FRAMEWISE_URL_SOURCES, AllowedAddresses::ofWireName),
            reader.value(Setting.FRAMEWISE_URL_TLS, CertificateRule::ofWireName),
            reader.value(Setting.FRAMEWISE_CORS_ORIGINS, Origins::parse),
            reader.value(Setting.FRAMEWISE_PUBLIC_URL, PublicUrls::parse),
            reader.text(Setting.FRAMEWISE_CONSOLE_DIR).flatMap(Settings::path),
            reader.value(Setting.FRAMEWISE_LOG_LEVEL, LogLevel::parse),
            reader.value(Setting.FRAMEWISE_LOG, LogFormat::parse),
            new ApiAccess(
                reader.value(Setting.FRAMEWISE_ACCESS, AccessMode::parse),
                new ProxyTrust(
                    reader.value(Setting.FRAMEWISE_TRUST_PROXY, AddressRange::parseAll),
                    reader.value(Setting.FRAMEWISE_PROXY_USER_HEADER, Settings::headerName)),
                reader.secrets(Setting.FRAMEWISE_API_KEYS, ApiAccess.MAX_KEYS),
                reader.number(Setting.FRAMEWISE_MAX_STREAMS_PER_KEY, 1, 1_000),
                Duration.ofSeconds(reader.number(Setting.FRAMEWISE_LEASE_SECONDS, 5, 3_600))),
            MediaNetwork.read(reader),
            Duration.ofSeconds(reader.number(Setting.FRAMEWISE_SOURCE_GRACE, 0, 3_600)),
            Costs.read(reader, backends(providers)),
            reader.value(Setting.FRAMEWISE_EVIDENCE_QUOTA, Settings::quota),
            RetentionReader.read(reader),
            reader.value(Setting.FRAMEWISE_KEEP, KeepSettings::parse),
            reader.value(Setting.FRAMEWISE_KEEP_QUOTA, Settings::quota),
            reader.value(Setting.FRAMEWISE_INCIDENT_QUOTA, Settings::quota),
            reader.value(Setting.FRAMEWISE_MODEL_ALIASES, ModelAliases::parse),
            reader.value(Setting.FRAMEWISE_TLS, Tls::parse),
            pictures(reader),
            reader.onOff(Setting.FRAMEWISE_FIND_LOCAL),
            providers);
    if (settings.database().isPresent() && settings.retention().databaseBytes().isPresent()) {
      reader.fault(
          "FRAMEWISE_KEEP_RESULTS_SIZE limits an SQLite file and has no effect in PostgreSQL:"
              + " remove it, and use FRAMEWISE_KEEP_RESULTS.");
    }
    if (!reader.faults().isEmpty()) {
      throw new SettingsException(reader.faults());
    }
    return settings;
  }

  /** Connection to Overshoot.ai. */
  public ProviderSettings overshoot() {
    return provider(OvershootBackend.PROVIDER);
  }

  /** Connection to a provider. */
  public ProviderSettings provider(Provider provider) {
    return providers.stream()
        .filter(settings -> settings.name().equals(provider.name()))
        .findFirst()
        .orElseThrow();
  }

  private static List<ProviderSettings> providers(SettingReader reader) {
    var overshoot =
        new ProviderSettings(
            OvershootBackend.PROVIDER.name(),
            reader.secret(Setting.OVERSHOOT_API_KEY),
            Optional.of(reader.value(Setting.OVERSHOOT_API_URL, Settings::overshoot)),
            Optional.empty(),
            Duration.ofSeconds(reader.number(Setting.OVERSHOOT_TIMEOUT_SECONDS, 1, 120)));
    return Stream.concat(
            Stream.of(overshoot),
            Providers.ALL.stream().map(provider -> ProviderSettings.read(reader, provider)))
        .toList();
  }

  /** Names of all back ends: those of the providers, and the built-in one. */
  private static List<String> backends(List<ProviderSettings> providers) {
    return Stream.concat(providers.stream().map(ProviderSettings::name), Stream.of("builtin"))
        .toList();
  }

  private static PictureEncoding pictures(SettingReader reader) {
    return new PictureEncoding(
        new FrameSize(reader.number(Setting.FRAMEWISE_FRAME_SIZE, 64, 4_096)),
        new FrameSize(reader.number(Setting.FRAMEWISE_READING_SIZE, 64, 4_096)),
        reader.number(Setting.FRAMEWISE_JPEG_QUALITY, 1, 100));
  }

  private static Optional<URI> overshoot(String text) {
    try {
      return Optional.of(OvershootUrl.of(text).http(""));
    } catch (OvershootException.InvalidRequest notAnAddress) {
      return Optional.empty();
    }
  }

  /** A token of RFC 9110, section 5.1. */
  private static Optional<String> headerName(String text) {
    return Optional.of(text).filter(name -> name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}"));
  }

  private static Optional<ByteSize> uploadLimit(String text) {
    return ByteSize.parse(text)
        .filter(size -> size.compareTo(MIN_UPLOAD) >= 0 && size.compareTo(MAX_UPLOAD) <= 0);
  }

  private static Optional<ByteSize> quota(String text) {
    return ByteSize.parse(text).filter(size -> size.compareTo(MAX_UPLOAD) <= 0);
  }

  static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }
}
