package framewise.engine.delivery;

import framewise.engine.SessionId;

/** Decides, at the time of sending, which sessions an endpoint's owner may get notices about. */
public interface Audience {
  /** Whether the owner may see the session. */
  boolean sees(String owner, SessionId session);

  /** Whether the owner may see every session and every endpoint. */
  boolean seesAll(String owner);

  /** Everybody sees everything, for tests and tools. */
  Audience EVERYTHING =
      new Audience() {
        @Override
        public boolean sees(String owner, SessionId session) {
          return true;
        }

        @Override
        public boolean seesAll(String owner) {
          return true;
        }
      };
}
