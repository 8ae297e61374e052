package framewise.engine.endpoint;

import java.util.List;

/**
 * An endpoint before it is stored.
 *
 * @param owner see {@link Endpoint}
 */
public record NewEndpoint(
    String name,
    EndpointKind kind,
    EndpointAddress address,
    EndpointOptions options,
    SigningSecrets secrets,
    List<String> types,
    boolean enabled,
    String owner) {}
