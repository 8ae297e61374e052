package framewise.server.config;

import framewise.engine.keep.KeepSettings;
import framewise.engine.session.Retention;
import framewise.media.FrameSize;
import framewise.media.network.CertificateRule;
import framewise.media.network.Reach;
import framewise.overshoot.BaseUrl;
import framewise.overshoot.OvershootException;
import framewise.vision.chat.PictureForm;
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
 * Everything that can be set, checked. What each value means stands at {@link SettingKey}.
 *
 * @param port 0 for any free one
 * @param maxConnections how many clients may have open at a time
 * @param memory how much memory videos may take outside the Java heap
 * @param urlSources whom the URLs of videos may reach
 * @param urlCertificates whose certificates are checked where a URL asks for encryption
 * @param corsOrigins the pages on other origins that may use the service
 * @param publicUrls what people open, where the service does not know its names by itself
 * @param apiAccess who may use the service
 * @param mediaNetwork how the peers of WebRTC reach this machine
 * @param sourceGrace how long a sender of live video that is gone is waited for; nothing for not at
 *     all
 * @param costs what services may cost
 * @param evidenceQuota how much of what services were sent is kept
 * @param retention how long videos, results and evidence are kept
 * @param keep how much of live video is kept
 * @param keepQuota how much of it all sessions keep together
 * @param modelAliases other names for models
 * @param tls whether the port speaks HTTPS
 * @param pictures how services are sent pictures
 * @param findLocal whether a server on this machine is looked for where none is named
 * @param providers how AI services are reached: Overshoot.ai, then those of {@link Providers}
 */
public record Settings(
    String host,
    int port,
    Path data,
    ByteSize maxUpload,
    boolean resume,
    int maxStreams,
    int maxConnections,
    ByteSize memory,
    Reach urlSources,
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
    ModelAliases modelAliases,
    Tls tls,
    PictureForm pictures,
    boolean findLocal,
    List<ProviderSettings> providers) {
  private static final ByteSize LEAST_UPLOAD = new ByteSize(1 << 10);
  private static final ByteSize MOST_UPLOAD = new ByteSize(1L << 40);

  public Settings {
    providers = List.copyOf(providers);
  }

  /**
   * Reads all settings.
   *
   * @param variables by name, as {@link Environment} collects them; others are ignored
   * @throws SettingsException when a value is not allowed, with a sentence for each
   */
  public static Settings read(Map<String, String> variables) throws SettingsException {
    var reader = new SettingReader(variables);
    List<ProviderSettings> providers = providers(reader);
    var settings =
        new Settings(
            reader.text(Setting.BACKEND_HOST).orElseThrow(),
            reader.number(Setting.BACKEND_PORT, 0, 65_535),
            reader.value(Setting.FRAMEWISE_DATA, Settings::path),
            reader.value(Setting.FRAMEWISE_MAX_UPLOAD, Settings::uploadLimit),
            reader.onOff(Setting.FRAMEWISE_RESUME),
            reader.number(Setting.FRAMEWISE_MAX_STREAMS, 1, 10_000),
            reader.number(Setting.FRAMEWISE_MAX_CONNECTIONS, 10, 100_000),
            reader
                .optional(Setting.FRAMEWISE_MEMORY, MemoryShare::parse)
                .orElseGet(MemoryShare::ofMachine),
            reader.value(Setting.FRAMEWISE_URL_SOURCES, Reach::ofWireName),
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
            Keeping.read(reader),
            reader.value(Setting.FRAMEWISE_KEEP, KeepSettings::parse),
            reader.value(Setting.FRAMEWISE_KEEP_QUOTA, Settings::quota),
            reader.value(Setting.FRAMEWISE_MODEL_ALIASES, ModelAliases::parse),
            reader.value(Setting.FRAMEWISE_TLS, Tls::parse),
            pictures(reader),
            reader.onOff(Setting.FRAMEWISE_FIND_LOCAL),
            providers);
    if (!reader.faults().isEmpty()) {
      throw new SettingsException(reader.faults());
    }
    return settings;
  }

  /** How Overshoot.ai is reached. */
  public ProviderSettings overshoot() {
    return provider(OvershootBackend.PROVIDER);
  }

  /** How one of the providers is reached. */
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

  /** All there are: those of the providers, and the one that needs none. */
  private static List<String> backends(List<ProviderSettings> providers) {
    return Stream.concat(providers.stream().map(ProviderSettings::name), Stream.of("builtin"))
        .toList();
  }

  private static PictureForm pictures(SettingReader reader) {
    return new PictureForm(
        new FrameSize(reader.number(Setting.FRAMEWISE_FRAME_SIZE, 64, 4_096)),
        new FrameSize(reader.number(Setting.FRAMEWISE_READING_SIZE, 64, 4_096)),
        reader.number(Setting.FRAMEWISE_JPEG_QUALITY, 1, 100));
  }

  private static Optional<URI> overshoot(String text) {
    try {
      return Optional.of(BaseUrl.of(text).http(""));
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
        .filter(size -> size.compareTo(LEAST_UPLOAD) >= 0 && size.compareTo(MOST_UPLOAD) <= 0);
  }

  private static Optional<ByteSize> quota(String text) {
    return ByteSize.parse(text).filter(size -> size.compareTo(MOST_UPLOAD) <= 0);
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }
}
