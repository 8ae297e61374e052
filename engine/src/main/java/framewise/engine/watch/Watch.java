package framewise.engine.watch;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A condition on sessions that opens incidents. Immutable.
 *
 * @param name display name, unique among the watches of an owner
 * @param sessions ids of the sessions; empty for all
 * @param deliverTo ids of the endpoints that get its notices; empty for all
 * @param snoozedUntil opens no incident before this time
 * @param snoozedBy who snoozed it
 * @param secondOpinion back end that also judges the pictures of its incidents
 * @param owner subject who created it; empty if no account or key did
 * @param triggers number of incidents that it opened
 */
public record Watch(
    String id,
    String name,
    Optional<List<SessionId>> sessions,
    Condition when,
    WatchRules rules,
    boolean enabled,
    Optional<List<String>> deliverTo,
    Optional<SecondLook> secondOpinion,
    Optional<Instant> snoozedUntil,
    Optional<String> snoozedBy,
    Instant createdAt,
    String createdBy,
    String owner,
    long triggers) {
  public static final int MAX_NAME_LENGTH = 100;
  public static final int MAX_SESSIONS = 200;

  /** Prefix of the names of results of watches' own questions; no other question may use it. */
  public static final String RESULT_PREFIX = "watch: ";

  /** Back end and model of a second opinion. */
  public record SecondLook(String backend, Optional<String> model) {}

  public Watch {
    sessions = sessions.map(List::copyOf);
    deliverTo = deliverTo.map(List::copyOf);
  }

  /** Whether it applies to a session. */
  public boolean covers(SessionId session) {
    return sessions.map(ids -> ids.contains(session)).orElse(true);
  }

  /** Name of the results of its own questions. */
  public String resultName() {
    return RESULT_PREFIX + name;
  }

  /** Whether it tests answers at a time, even if it may not open incidents then. */
  public boolean isOn(Instant now) {
    return enabled && !rules.isOver(now);
  }

  /** Its state at a time, for people. */
  public State state(Instant now) {
    if (!enabled) {
      return State.OFF;
    }
    if (rules.isOver(now)
        || (rules.maxTriggers().isPresent() && triggers >= rules.maxTriggers().getAsInt())) {
      return State.DONE;
    }
    if (snoozedUntil.filter(now::isBefore).isPresent()) {
      return State.SNOOZED;
    }
    return rules.quietHours().filter(hours -> hours.contains(now)).isPresent()
        ? State.QUIET
        : State.ARMED;
  }

  /** States of a watch. */
  public enum State {
    /** Opens incidents. */
    ARMED,
    SNOOZED,
    /** In its quiet hours. */
    QUIET,
    /** Expired, or has opened its maximum number of incidents. */
    DONE,
    OFF
  }

  /** The same watch with other sessions. */
  public Watch withSessions(List<SessionId> others) {
    return new Watch(
        id,
        name,
        Optional.of(others),
        when,
        rules,
        enabled,
        deliverTo,
        secondOpinion,
        snoozedUntil,
        snoozedBy,
        createdAt,
        createdBy,
        owner,
        triggers);
  }

  /** The same watch without a deleted endpoint. */
  Watch withoutEndpoint(String endpoint) {
    return new Watch(
        id,
        name,
        sessions,
        when,
        rules,
        enabled,
        deliverTo.map(ids -> ids.stream().filter(one -> !one.equals(endpoint)).toList()),
        secondOpinion,
        snoozedUntil,
        snoozedBy,
        createdAt,
        createdBy,
        owner,
        triggers);
  }

  Watch with(Optional<Instant> snoozed, Optional<String> by, boolean on, long opened) {
    return new Watch(
        id,
        name,
        sessions,
        when,
        rules,
        on,
        deliverTo,
        secondOpinion,
        snoozed,
        by,
        createdAt,
        createdBy,
        owner,
        opened);
  }
}
