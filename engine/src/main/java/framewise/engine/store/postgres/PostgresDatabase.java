package framewise.engine.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.cluster.Cluster;
import framewise.engine.cluster.Membership;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.SchemaSteps;
import framewise.engine.store.UnusableDataException;
import framewise.time.Deadline;
import framewise.time.WallClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Database in PostgreSQL. A write that has returned is on the server's disk. While the server can't
 * be reached, calls are refused with {@link Code#DATABASE_UNAVAILABLE}, and {@link #append}
 * retries. Once the server is back, everything works again without a restart.
 */
public final class PostgresDatabase implements Database {
  /** The oldest supported version, in the format of {@code server_version_num}. */
  static final int MIN_VERSION = 140_000;

  private static final int MAJOR = 10_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How long a start waits for a server that is also starting. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration START_PAUSE = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  private final PostgresUrl url;
  private final DiskSpace space;
  private final Optional<WriteLease> lease;
  private final Optional<PostgresCluster> cluster;
  private final HikariDataSource readerPool;
  private final HikariDataSource writerPool;
  private final Jdbi readers;
  private final Jdbi writers;
  private final Outage outage;
  private final ReentrantLock writing = new ReentrantLock(true);

  private PostgresDatabase(
      PostgresUrl url,
      DiskSpace space,
      Optional<WriteLease> lease,
      Optional<Membership> membership) {
    this.lease = lease;
    this.url = url;
    this.space = space;
    this.outage = new Outage(url);
    this.readerPool = PostgresPools.readers(url);
    this.writerPool = PostgresPools.writer(url, lease.map(WriteLease::id).orElse(""));
    this.readers = configured(Jdbi.create(readerPool));
    this.writers = configured(Jdbi.create(writerPool));
    if (membership.isPresent() && lease.orElseThrow() instanceof SharedLease shared) {
      var dialect = new PostgresDialect(shared::id);
      Dialect.Choice.set(readers, dialect);
      Dialect.Choice.set(writers, dialect);
      this.cluster =
          Optional.of(new PostgresCluster(this, url, shared, membership.get().address()));
    } else {
      this.cluster = Optional.empty();
    }
  }

  /**
   * Opens the database, and creates or updates its tables.
   *
   * @param space disk of the data folder
   * @throws UnusableDataException when it can't be reached, refuses this user, or is of another
   *     version
   */
  public static PostgresDatabase open(PostgresUrl url, DiskSpace space) {
    Jdbi _ = prepare(url);
    return new PostgresDatabase(url, space, Optional.empty(), Optional.empty());
  }

  /**
   * Like {@link #open}, for a node that uses the database exclusively. Other nodes wait in this
   * call, and one takes over when the lease expires. Waits up to a minute for a server that can't
   * be reached yet.
   *
   * @param address of this node, as shown to people
   */
  public static PostgresDatabase openNode(PostgresUrl url, DiskSpace space, String address)
      throws InterruptedException {
    awaitServer(url, START_TIMEOUT);
    return with(NodeLease.await(url, address), url, space, Optional.empty());
  }

  /**
   * Like {@link #open}, for one of several nodes that share the database. Waits up to a minute for
   * a server that can't be reached yet.
   *
   * @param membership how this node presents itself to the others
   */
  public static PostgresDatabase openShared(PostgresUrl url, DiskSpace space, Membership membership)
      throws InterruptedException {
    awaitServer(url, START_TIMEOUT);
    return with(SharedLease.join(url, membership), url, space, Optional.of(membership));
  }

  private static PostgresDatabase with(
      WriteLease lease, PostgresUrl url, DiskSpace space, Optional<Membership> membership) {
    boolean opened = false;
    try {
      var database = new PostgresDatabase(url, space, Optional.of(lease), membership);
      opened = true;
      return database;
    } finally {
      if (!opened) {
        lease.close();
      }
    }
  }

  /**
   * Like {@link #prepare}, but retries while the server can't be reached or is starting.
   *
   * @throws UnusableDataException when the server still can't be reached after {@code patience};
   *     immediately for any other fault
   */
  static void awaitServer(PostgresUrl url, Duration patience) throws InterruptedException {
    Deadline end = Deadline.after(patience);
    for (boolean first = true; ; first = false) {
      try {
        Jdbi _ = prepare(url);
        if (!first) {
          LOG.info("PostgreSQL at {} is reachable.", url.shown());
        }
        return;
      } catch (UnusableDataException e) {
        if (end.hasPassed() || !PostgresFault.mayBeStarting(e)) {
          throw e;
        }
        if (first) {
          LOG.warn(
              "PostgreSQL at {} can't be reached yet. Trying again for up to {} s.",
              url.shown(),
              patience.toSeconds());
        }
        WallClock.system().sleep(START_PAUSE);
      }
    }
  }

  /** Configures JDBI with PostgreSQL's arguments and dialect. */
  static Jdbi configured(Jdbi jdbi) {
    Dialect.Choice.set(jdbi, new PostgresDialect());
    return jdbi.registerArgument(new PostgresArguments());
  }

  /** Creates or updates the tables; returns connections for one-off work. */
  static Jdbi prepare(PostgresUrl url) {
    Jdbi jdbi = configured(Jdbi.create(PostgresPools.single(url)));
    try {
      jdbi.useHandle(handle -> requireSuitable(handle, url));
      jdbi.useTransaction(handle -> PostgresSchema.migrate(handle, SchemaSteps.all()));
      return jdbi;
    } catch (UnusableDataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unusable(e, url);
    }
  }

  private static void requireSuitable(Handle handle, PostgresUrl url) {
    requireVersion(
        Integer.parseInt(handle.createQuery("SHOW server_version_num").mapTo(String.class).one()),
        url);
    String encoding = handle.createQuery("SHOW server_encoding").mapTo(String.class).one();
    if (!encoding.equals("UTF8")) {
      throw new UnusableDataException(
          "The database %s is encoded in %s, but Framewise needs UTF8. Create it with: createdb --encoding=UTF8 --template=template0 %s"
              .formatted(url.database(), encoding, url.database()));
    }
  }

  /** Checks the server's {@code server_version_num}. */
  static void requireVersion(int version, PostgresUrl url) {
    if (version < MIN_VERSION) {
      throw new UnusableDataException(
          "PostgreSQL at %s is version %d, but Framewise needs %d or later. Upgrade it."
              .formatted(url.shown(), version / MAJOR, MIN_VERSION / MAJOR));
    }
  }

  private static RuntimeException unusable(RuntimeException error, PostgresUrl url) {
    Optional<SQLException> cause = PostgresFault.cause(error);
    return cause.isPresent()
        ? new UnusableDataException(PostgresFault.atStart(cause.get(), url), cause.get())
        : error;
  }

  @Override
  public DiskSpace space() {
    return space;
  }

  @Override
  public void extend(String part, List<String> steps) {
    if (read(handle -> PostgresSchema.version(handle, part)) < steps.size()) {
      Jdbi jdbi = configured(Jdbi.create(PostgresPools.single(url)));
      try {
        jdbi.useTransaction(handle -> PostgresSchema.extend(handle, part, steps));
      } catch (RuntimeException e) {
        throw unusable(e, url);
      }
    }
  }

  @Override
  public <T> T read(Function<Handle, T> query) {
    outage.refuseMeanwhile();
    try {
      T found = freshly(query);
      outage.recovered();
      return found;
    } catch (RuntimeException e) {
      throw noted(e);
    }
  }

  @Override
  public <T> Optional<T> read(Duration limit, Function<Handle, T> query) {
    int seconds = Math.max(1, Math.toIntExact(limit.toSeconds()));
    try {
      return Optional.of(
          read(
              handle -> {
                handle.getConfig(SqlStatements.class).setQueryTimeout(seconds);
                return query.apply(handle);
              }));
    } catch (RuntimeException e) {
      if (PostgresFault.isCanceled(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Reads; retries once with new connections if those in the pool are stale because the server was
   * restarted.
   */
  private <T> T freshly(Function<Handle, T> query) {
    try {
      return readers.withHandle(query::apply);
    } catch (RuntimeException e) {
      boolean lost =
          PostgresFault.of(e, url)
              .filter(refusal -> refusal.code() == Code.DATABASE_UNAVAILABLE)
              .isPresent();
      if (!lost || outage.isOn() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      readerPool.getHikariPoolMXBean().softEvictConnections();
      return readers.withHandle(query::apply);
    }
  }

  @Override
  public void write(Consumer<Handle> change) {
    commit(
        handle -> {
          lease.ifPresent(held -> held.fence(handle));
          change.accept(handle);
        });
  }

  private void commit(Consumer<Handle> change) {
    writing.lock();
    try {
      outage.refuseMeanwhile();
      writers.useTransaction(change::accept);
      outage.recovered();
    } catch (RuntimeException e) {
      throw noted(e);
    } finally {
      writing.unlock();
    }
  }

  /** Same as {@link #write}: there is no reserve, because the disk is the server's. */
  @Override
  public void writeFromReserve(Consumer<Handle> change) {
    write(change);
  }

  /** Needs no other fence than the session's epoch, which each append checks. */
  @Override
  public void append(Consumer<Handle> change, Predicate<Handle> isStored, boolean fromReserve) {
    Optional<Deadline> end = Optional.empty();
    boolean again = false;
    while (true) {
      boolean repeated = again;
      try {
        commit(
            handle -> {
              if (!repeated || !isStored.test(handle)) {
                change.accept(handle);
              }
            });
        return;
      } catch (RefusedException e) {
        // Counts from the first failure, because the process may have been paused before.
        end = end.or(() -> Optional.of(Deadline.after(TIMEOUT)));
        if (e.refusal().code() != Code.DATABASE_UNAVAILABLE || end.get().hasPassed()) {
          throw e;
        }
        again = true;
        pause(e);
      }
    }
  }

  private static void pause(RefusedException refused) {
    try {
      WallClock.system().sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused;
    }
  }

  @Override
  public Optional<Cluster> cluster() {
    return cluster.map(nodes -> nodes);
  }

  @Override
  public Optional<Refusal> damage() {
    return lease.flatMap(WriteLease::loss);
  }

  /** Does nothing: the server checks its own files. */
  @Override
  public void check() {}

  @Override
  public long bytes() {
    return read(
        handle ->
            handle
                .createQuery("SELECT pg_database_size(current_database())")
                .mapTo(Long.class)
                .one());
  }

  /**
   * Always 0: unlike in a file, space is freed some time after rows are deleted, so no limit can be
   * based on the size.
   */
  @Override
  public long usedBytes() {
    return 0;
  }

  @Override
  public long walBytes() {
    return 0;
  }

  /** Does nothing: the server vacuums by itself. */
  @Override
  public void shrink() {}

  @Override
  public void close() {
    cluster.ifPresent(PostgresCluster::close);
    lease.ifPresent(WriteLease::close);
    writerPool.close();
    readerPool.close();
  }

  private RuntimeException noted(RuntimeException error) {
    Optional<Refusal> refusal = PostgresFault.of(error, url);
    // An interrupt closes the connection of a virtual thread, which is not an outage.
    refusal
        .filter(one -> one.code() == Code.DATABASE_UNAVAILABLE)
        .filter(one -> !Thread.currentThread().isInterrupted())
        .ifPresent(outage::begin);
    return refusal.<RuntimeException>map(Refusal::asException).orElse(error);
  }
}
