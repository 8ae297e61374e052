package framewise.engine.store.postgres;

import framewise.engine.Refusal;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A node's permission to write to the database. Safe for any number of threads. */
interface WriteLease extends AutoCloseable {
  /** Id of the node; a new one after the lease was lost and taken again. */
  String id();

  /** Why this node may never write again; empty while it may. */
  Optional<Refusal> loss();

  /**
   * Keeps the lease until the end of a transaction, so that nobody takes over before its commit.
   *
   * @throws framewise.engine.RefusedException when another node has taken over
   */
  void fence(Handle handle);

  /** Releases the lease, so that another node can take over at once. */
  @Override
  void close();
}
