package framewise.engine.cluster;

import framewise.engine.SessionId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that work on one database. A session has at most one owner, and only the owner appends
 * to its log. Each change of owner increments the session's epoch, a fencing token that makes the
 * database refuse later writes of a former owner. Safe for any number of threads.
 */
public interface Cluster {
  /**
   * Receives events of other nodes. Called by several threads of the cluster; each of them makes
   * one call at a time.
   */
  interface Listener {
    /** Some node stored a change to these sessions, or they no longer have an owner. */
    void changed(Set<SessionId> sessions);

    /** Some node stored a change to data of this kind, which all nodes cache in memory. */
    void changed(Topic topic);

    /** Sessions may have no owner now: see {@link #orphans}. Must return at once. */
    void orphaned();

    /**
     * This node has lost its lease: it no longer owns any session, and must stop working on all of
     * them before this returns. It rejoins afterwards.
     */
    void lost();
  }

  /** Kinds of data that all nodes cache in memory. */
  enum Topic {
    WATCHES,
    NOTICES,
    /** All kinds, because announcements may have been missed. */
    ALL
  }

  /** Id of this node. */
  String id();

  /** Name of this node for people. */
  String address();

  /** Adds a listener. */
  void listen(Listener listener);

  /** All nodes with a row in the database, including this one; oldest first. */
  List<Node> nodes();

  /**
   * Whether this node is the leader, which does the work that is done once for all nodes. The
   * oldest node is, as long as its lease is valid.
   */
  boolean leads();

  /**
   * The node that owns a session and has a valid lease.
   *
   * @return empty where nobody owns it
   */
  Optional<Node> owner(SessionId session);

  /**
   * Becomes the owner of a session that has none.
   *
   * @return whether this node owns it now
   */
  boolean claim(SessionId session);

  /**
   * Sessions without an owner that are streaming or have a look-back under way.
   *
   * @param limit maximum number
   */
  List<SessionId> orphans(int limit);

  /** Sessions that stream, or wait for their first picture, and are owned by this node. */
  List<SessionId> owned();

  /** Releases ownership of sessions, so that any node can claim them. */
  void release(Collection<SessionId> sessions);

  /** Announces to other nodes, after a short delay, that a session has changed. */
  void announce(SessionId session);

  /** Announces to other nodes, after a short delay, that data of this kind has changed. */
  void announce(Topic topic);

  /** Publishes the load and the remaining capacity of this node. */
  void report(NodeCapacity room);

  /** Stops or restarts taking new sessions. */
  void drain(boolean draining);

  /** Whether this node takes no new sessions. */
  boolean isDraining();
}
