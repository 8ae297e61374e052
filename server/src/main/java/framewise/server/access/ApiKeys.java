package framewise.server.access;

import framewise.server.access.account.ApiKey;
import framewise.server.access.account.Role;
import framewise.server.access.secret.KeyHash;
import framewise.server.access.secret.KeyText;
import framewise.server.http.Problem;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** API keys created in this service. Safe for any number of threads. */
public final class ApiKeys {
  private static final int MAX_COUNT = 1_000;
  private static final Duration USED_EVERY = Duration.ofMinutes(1);

  private final AccessStore store;
  private final CurrentDirectory directory;
  private final WallClock clock;

  ApiKeys(AccessStore store, CurrentDirectory directory, WallClock clock) {
    this.store = store;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param text the key itself, which is displayed once
   */
  public record NewApiKey(ApiKey key, String text) {}

  /** All keys, the newest first, including expired ones. */
  public List<ApiKey> all() {
    return directory.get().keys().values().stream()
        .sorted(Comparator.comparing(ApiKey::createdAt).reversed().thenComparing(ApiKey::id))
        .toList();
  }

  /**
   * Creates a key.
   *
   * @param by name of its creator
   */
  public NewApiKey make(String name, Role role, Optional<Duration> life, String by) {
    if (directory.get().keys().size() >= MAX_COUNT) {
      throw Problem.of(
              HttpStatus.CONFLICT_409,
              "too_many_keys",
              "There are %d keys, which is the limit. Revoke one first.".formatted(MAX_COUNT))
          .asException();
    }
    String text = KeyText.random();
    Instant now = clock.now();
    var key =
        new ApiKey(
            KeyText.id(text).orElseThrow(),
            name,
            role,
            KeyHash.of(text),
            now,
            by,
            life.map(now::plus),
            Optional.empty());
    store.insert(key);
    directory.changed();
    return new NewApiKey(key, text);
  }

  /**
   * Revokes a key.
   *
   * @throws framewise.server.http.ProblemException 404 when there is no key with this id
   */
  public void revoke(String id) {
    if (!directory.get().keys().containsKey(id)) {
      throw Problem.of(HttpStatus.NOT_FOUND_404, "key_not_found", "No such API key.").asException();
    }
    store.deleteKey(id);
    directory.changed();
  }

  /** Finds the valid key that a request carries, and records its use. */
  Optional<ApiKey> find(String text) {
    Instant now = clock.now();
    Optional<ApiKey> key = directory.get().key(text, now);
    key.filter(one -> isDue(one, now))
        .ifPresent(
            one -> {
              store.used(one.id(), now);
              directory.changed();
            });
    return key;
  }

  /** Whether a key exists and has not expired. */
  boolean isValid(Directory now, String id) {
    return Optional.ofNullable(now.keys().get(id))
        .filter(key -> !key.isExpired(clock.now()))
        .isPresent();
  }

  private static boolean isDue(ApiKey key, Instant now) {
    return key.usedAt().filter(last -> last.plus(USED_EVERY).isAfter(now)).isEmpty();
  }
}
