package framewise.engine.backup;

import java.util.regex.Pattern;

/** Allowed names for entries of a backup. Other names never become a path. */
final class BackupEntry {
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern KNOWN =
      Pattern.compile(
          "framewise\\.db|framewise-backup\\.json|videos/%1$s|evidence/%1$s/\\d{1,19}\\.zip|incidents/%1$s/%1$s(_\\d{1,19}\\.jpg|\\.mp4)|tls/[a-z0-9][a-z0-9.-]{0,60}"
              .formatted(ID));

  private BackupEntry() {}

  static boolean isKnown(String name) {
    return KNOWN.matcher(name).matches();
  }
}
