package framewise.engine.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Allowed names for entries of a backup. Other names are never used as a path. */
final class BackupEntry {
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern KNOWN =
      Pattern.compile(
          "framewise\\.db|framewise-backup\\.json|videos/%1$s|evidence/%1$s/\\d{1,19}\\.zip|incidents/%1$s/%1$s(_\\d{1,19}\\.jpg|\\.mp4)|tls/[a-z0-9][a-z0-9.-]{0,60}"
              .formatted(ID));

  private static final Set<String> OWNED = Set.of("videos", "evidence", "incidents");

  private BackupEntry() {}

  static boolean isKnown(String name) {
    return KNOWN.matcher(name).matches();
  }

  /** Session that an entry belongs to; empty for the others. */
  static Optional<String> session(String name) {
    String[] steps = name.split("/", -1);
    boolean owned = steps.length > 1 && OWNED.contains(steps[0]);
    return owned ? Optional.of(steps[1]) : Optional.empty();
  }

  /** New digest for the content of an entry. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
