package framewise.server.delivery;

import framewise.engine.SessionId;
import framewise.engine.delivery.Links;
import framewise.engine.endpoint.Endpoint;
import framewise.server.access.AccessControl;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Links to this service under its public URL; each token opens one path, and expires. */
final class SignedLinks implements Links {
  /** Lifetime of a link: long enough for a notice that is read after a weekend. */
  static final Duration VALIDITY = Duration.ofDays(7);

  private final AccessControl access;
  private final Supplier<Optional<String>> base;
  private final Function<SessionId, Optional<String>> names;

  /**
   * @param base the service's address, as others reach it
   * @param names display names of sessions
   */
  SignedLinks(
      AccessControl access,
      Supplier<Optional<String>> base,
      Function<SessionId, Optional<String>> names) {
    this.access = access;
    this.base = base;
    this.names = names;
  }

  @Override
  public Optional<String> name(SessionId session) {
    return names.apply(session);
  }

  @Override
  public Optional<String> signed(String path, SessionId session, Endpoint endpoint) {
    return address()
        .map(
            address ->
                address
                    + path
                    + "?token="
                    + access.tokenOfPath(session, path, VALIDITY, endpoint.owner(), endpoint.id()));
  }

  @Override
  public Optional<String> page(SessionId session) {
    return address().map(address -> address + "/console/#/session/" + session);
  }

  private Optional<String> address() {
    return base.get().map(address -> address.replaceAll("/+$", ""));
  }
}
