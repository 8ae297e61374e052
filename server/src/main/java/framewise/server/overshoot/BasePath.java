package framewise.server.overshoot;

import java.util.List;

/** Base paths of the API: each has the same calls. */
final class BasePath {
  /** The original service's path, and the one that its later clients use. */
  static final List<String> ALL = List.of("/api/v0.2", "/v0.2");

  private BasePath() {}

  static boolean covers(String path) {
    return ALL.stream().anyMatch(base -> path.equals(base) || path.startsWith(base + "/"));
  }
}
