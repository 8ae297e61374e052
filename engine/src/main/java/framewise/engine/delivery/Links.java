package framewise.engine.delivery;

import framewise.engine.SessionId;
import framewise.engine.endpoint.Endpoint;
import java.util.Optional;

/** Makes URLs at which receivers reach this service. */
public interface Links {
  /**
   * URL that gives anyone who has it access to one resource, until it expires.
   *
   * @param path of this service, with a slash at its start
   * @param session that the path belongs to
   * @param endpoint that gets the URL, which stops working when the endpoint is deleted or its
   *     owner loses access
   * @return empty where the service doesn't know its public address
   */
  Optional<String> signed(String path, SessionId session, Endpoint endpoint);

  /** URL of a session's page, for people who sign in. */
  Optional<String> page(SessionId session);

  /** Name of a session, for people. */
  default Optional<String> name(SessionId session) {
    return Optional.empty();
  }

  /** Provides no URLs. */
  Links NONE =
      new Links() {
        @Override
        public Optional<String> signed(String path, SessionId session, Endpoint endpoint) {
          return Optional.empty();
        }

        @Override
        public Optional<String> page(SessionId session) {
          return Optional.empty();
        }
      };
}
