package framewise.engine.store.postgres;

import framewise.overshoot.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Address of a database in PostgreSQL: {@code postgresql://user:password@host:port/database}. Its
 * string form omits the password.
 *
 * @param port 1 to 65535
 * @param password empty for servers that need none
 * @param sslMode how the connection is encrypted: one of libpq's modes
 */
public record PostgresUrl(
    String host,
    int port,
    String database,
    String user,
    Optional<Secret> password,
    String sslMode) {
  private static final int DEFAULT_PORT = 5432;
  private static final int MAX_PORT = 65_535;
  private static final String DEFAULT_MODE = "prefer";
  private static final Set<String> MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  /** Parses the address; in user, password and database, special characters are percent-encoded. */
  public static Optional<PostgresUrl> parse(String text) {
    try {
      var uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme());
      boolean known = scheme.equals("postgresql") || scheme.equals("postgres");
      int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
      String path = String.valueOf(uri.getRawPath());
      String user = uri.getRawUserInfo();
      if (!known
          || uri.getHost() == null
          || user == null
          || uri.getRawFragment() != null
          || port < 1
          || port > MAX_PORT
          || !path.matches("/[^/]+")) {
        return Optional.empty();
      }
      return mode(uri.getRawQuery() == null ? "" : uri.getRawQuery())
          .map(mode -> of(uri.getHost(), port, decoded(path.substring(1)), user, mode))
          .filter(url -> !url.user.isEmpty());
    } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Host, port and database, as shown to people. */
  public String shown() {
    return "%s:%d/%s".formatted(host, port, database);
  }

  @Override
  public String toString() {
    return "postgresql://%s@%s".formatted(user, shown());
  }

  private static PostgresUrl of(
      String host, int port, String database, String userInfo, String mode) {
    String[] parts = userInfo.split(":", 2);
    Optional<Secret> password =
        Stream.of(parts)
            .skip(1)
            .filter(text -> !text.isEmpty())
            .map(PostgresUrl::decoded)
            .map(Secret::of)
            .findFirst();
    return new PostgresUrl(
        host.replaceAll("[\\[\\]]", ""), port, database, decoded(parts[0]), password, mode);
  }

  private static Optional<String> mode(String query) {
    if (query.isEmpty()) {
      return Optional.of(DEFAULT_MODE);
    }
    Map<String, String> fields =
        Stream.of(query.split("&"))
            .map(field -> field.split("=", 2))
            .collect(
                Collectors.toMap(field -> field[0], field -> field.length > 1 ? field[1] : ""));
    return fields.size() == 1
        ? Optional.ofNullable(fields.get("sslmode")).filter(MODES::contains)
        : Optional.empty();
  }

  /** Decodes percent-encoding. Unlike in web forms, a plus sign is not a space. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
