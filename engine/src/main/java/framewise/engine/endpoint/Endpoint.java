package framewise.engine.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A destination for notices.
 *
 * @param id for the API
 * @param name for people
 * @param options settings other than its address
 * @param secrets that sign its webhooks; none for other kinds
 * @param types of notices that it gets, each a type or a group such as {@code incident.*}
 * @param enabled whether a person has enabled it
 * @param state its health
 * @param reason why it is slowed or off, as a sentence
 * @param owner subject who created it, and whose access rights decide which sessions it gets
 *     notices about; empty for all sessions
 * @param failures number of consecutive failed attempts
 * @param failingSince when the first of these was
 * @param pausedUntil until when nothing is sent
 */
public record Endpoint(
    String id,
    String name,
    EndpointKind kind,
    EndpointAddress address,
    EndpointOptions options,
    SigningSecrets secrets,
    List<String> types,
    boolean enabled,
    EndpointState state,
    Optional<String> reason,
    String owner,
    Instant createdAt,
    int failures,
    Optional<Instant> failingSince,
    Optional<Instant> pausedUntil) {
  /** Default notice types of an endpoint. */
  public static final List<String> DEFAULT_TYPES = List.of("incident.*");

  private static final List<String> ALWAYS = List.of("test.", "endpoint.");

  public Endpoint {
    types = List.copyOf(types);
  }

  /** Whether notices are sent to it now. */
  public boolean isOn() {
    return enabled && state != EndpointState.OFF;
  }

  /** Whether it gets notices of this type. Tests and notices about endpoints always pass. */
  public boolean takes(String type) {
    return ALWAYS.stream().anyMatch(type::startsWith)
        || types.stream()
            .anyMatch(
                one ->
                    one.endsWith(".*")
                        ? type.startsWith(one.substring(0, one.length() - 1))
                        : one.equals(type));
  }
}
