package framewise.server.config;

import framewise.overshoot.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Settings of a service that is one of several nodes on a database.
 *
 * @param key that all nodes share, with which they sign calls to each other
 * @param url where other nodes reach this one, without a path
 */
public record NodeSettings(Secret key, URI url) {
  /** Shorter keys could be guessed. */
  private static final int MIN_KEY_LENGTH = 32;

  /**
   * Reads the settings.
   *
   * @param shared whether the database is in PostgreSQL
   * @return empty for a single-node service
   */
  static Optional<NodeSettings> read(SettingReader reader, boolean shared) {
    Optional<Secret> key = reader.secret(Setting.FRAMEWISE_CLUSTER_KEY);
    Optional<URI> url =
        reader.address(Setting.FRAMEWISE_NODE_URL).filter(given -> isBare(reader, given));
    if (key.isEmpty()) {
      if (url.isPresent()) {
        reader.fault(
            "FRAMEWISE_NODE_URL has no effect on a single node: set FRAMEWISE_CLUSTER_KEY"
                + " as well, or remove FRAMEWISE_NODE_URL.");
      }
      return Optional.empty();
    }
    if (key.get().reveal().length() < MIN_KEY_LENGTH) {
      reader.fault(
          "FRAMEWISE_CLUSTER_KEY is too short: it must have %d characters or more, such as those of openssl rand -hex 32."
              .formatted(MIN_KEY_LENGTH));
    }
    if (!shared) {
      reader.fault(
          "FRAMEWISE_CLUSTER_KEY needs a PostgreSQL database: set FRAMEWISE_DATABASE as well.");
    }
    if (url.isEmpty()) {
      reader.fault(
          "FRAMEWISE_NODE_URL is missing: with FRAMEWISE_CLUSTER_KEY it must be the URL"
              + " at which other nodes reach this one, such as http://10.0.0.7:8000.");
    }
    return url.map(known -> new NodeSettings(key.get(), known));
  }

  private static boolean isBare(SettingReader reader, URI url) {
    String path = Optional.ofNullable(url.getPath()).orElse("");
    boolean bare =
        (path.isEmpty() || path.equals("/"))
            && url.getQuery() == null
            && url.getFragment() == null
            && url.getUserInfo() == null;
    if (!bare) {
      reader.fault(
          "FRAMEWISE_NODE_URL must be an http or https URL without a user, a path or a query, such"
              + " as http://10.0.0.7:8000.");
    }
    return bare;
  }
}
