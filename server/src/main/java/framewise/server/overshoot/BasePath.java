package framewise.server.overshoot;

import java.util.List;

/** Where the API is served: the same calls under each. */
final class BasePath {
  /** As the original service had it, and as its later clients ask for it. */
  static final List<String> ALL = List.of("/api/v0.2", "/v0.2");

  private BasePath() {}

  static boolean covers(String path) {
    return ALL.stream().anyMatch(base -> path.equals(base) || path.startsWith(base + "/"));
  }
}
