package framewise.engine;

import java.util.Optional;
import java.util.UUID;

/** The id of a session: a UUID in its canonical, lower-case form. */
public record SessionId(UUID uuid) {
  public static SessionId random() {
    return new SessionId(UUID.randomUUID());
  }

  /** Parses an id; empty unless the text is in the canonical form that {@link #toString} writes. */
  public static Optional<SessionId> parse(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equals(text) ? Optional.of(new SessionId(uuid)) : Optional.empty();
    } catch (IllegalArgumentException notAUuid) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
