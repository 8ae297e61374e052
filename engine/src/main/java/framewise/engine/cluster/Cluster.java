package framewise.engine.cluster;

import framewise.engine.SessionId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that work on one database. A session has at most one owner, who alone appends to its
 * log; each change of the owner raises the session's epoch, with which a former owner's writes are
 * refused. Safe for any number of threads.
 */
public interface Cluster {
  /** Receives events of other nodes. Called by threads of the cluster, one call at a time each. */
  interface Listener {
    /** Something was stored for these sessions by any node, or they have no owner now. */
    void changed(Set<SessionId> sessions);

    /** Something was stored about a subject that all nodes keep in memory. */
    void changed(Topic topic);

    /** Sessions may have no owner now: see {@link #orphans}. Must return at once. */
    void orphaned();

    /**
     * This node has lost its lease: it owns no session any more, and must stop working on all of
     * them before this returns. It joins again afterwards.
     */
    void lost();
  }

  /** Subjects that all nodes keep in memory. */
  enum Topic {
    WATCHES,
    NOTICES,
    /** Announcements may have been missed. */
    ALL
  }

  /** Id of this node. */
  String id();

  /** Name of this node for people. */
  String address();

  /** Adds a listener. */
  void listen(Listener listener);

  /** All nodes that have a row, this one included; the oldest first. */
  List<Node> nodes();

  /**
   * Whether this node does the work that one node does for all: the oldest one, while its lease
   * holds.
   */
  boolean leads();

  /**
   * The node that owns a session and has a lease.
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
   * Sessions that stream, or have a look-back under way, and have no owner.
   *
   * @param limit maximum number
   */
  List<SessionId> orphans(int limit);

  /** Sessions that stream, or wait for their first picture, and are owned by this node. */
  List<SessionId> owned();

  /** Gives a session back, so that any node can claim it. */
  void release(Collection<SessionId> sessions);

  /** Announces, soon, that something was stored for a session. */
  void announce(SessionId session);

  /** Announces, soon, that something was stored about a subject. */
  void announce(Topic topic);

  /** Reports the load of this node and its remaining room. */
  void report(Room room);

  /** Stops or restarts taking new sessions. */
  void drain(boolean draining);

  /** Whether this node takes no new sessions. */
  boolean isDraining();
}
