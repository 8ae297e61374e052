package framewise.server.delivery;

import framewise.engine.SessionId;
import framewise.engine.delivery.Audience;
import framewise.server.access.AccessControl;

/** An endpoint gets notices about the sessions that its owner may see at that time. */
final class OwnerAudience implements Audience {
  private final AccessControl access;

  OwnerAudience(AccessControl access) {
    this.access = access;
  }

  @Override
  public boolean sees(String owner, SessionId session) {
    return access.sees(owner, session);
  }

  @Override
  public boolean seesAll(String owner) {
    return access.seesAll(owner);
  }
}
