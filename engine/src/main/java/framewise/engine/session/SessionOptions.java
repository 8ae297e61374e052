package framewise.engine.session;

import framewise.engine.cluster.Membership;
import framewise.engine.files.FileLocation;
import framewise.engine.keep.FrameStore;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.PriceTable;
import framewise.engine.session.retention.Retention;
import framewise.engine.store.postgres.PostgresUrl;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Options for all sessions.
 *
 * @param data the folder for videos and the database; created when missing
 * @param resume whether sessions that were streaming when the process ended resume automatically
 * @param maxStreams maximum number of concurrently streaming sessions, at least 1
 * @param network how video by URL is fetched, and which addresses URLs may reach
 * @param prices prices of models
 * @param dailyBudget US dollars a day for all sessions together; empty for no limit
 * @param evidenceQuota maximum bytes of evidence (what was sent to services)
 * @param retention limits on what is stored
 * @param keep how much of live video is kept in sessions without settings of their own
 * @param keepQuota maximum bytes of kept pictures of all sessions; 0 keeps nothing
 * @param incidentQuota maximum bytes of the pictures and clips of incidents; 0 keeps none
 * @param postgres database in PostgreSQL; empty for an SQLite file in the data folder
 * @param membership of this node, if several share the database; empty for a single node
 * @param files where videos, evidence and pictures of incidents are; empty for the data folder
 * @param senderGrace how long a session waits for a disconnected sender; zero for no wait
 */
public record SessionOptions(
    Path data,
    boolean resume,
    int maxStreams,
    Network network,
    PriceTable prices,
    Optional<BigDecimal> dailyBudget,
    long evidenceQuota,
    Retention retention,
    KeepSettings keep,
    long keepQuota,
    long incidentQuota,
    Optional<PostgresUrl> postgres,
    Optional<Membership> membership,
    Optional<FileLocation> files,
    Duration senderGrace) {
  /** 15 s. */
  public static final Duration DEFAULT_SENDER_GRACE = Duration.ofSeconds(15);

  /** 1 GB. */
  public static final long DEFAULT_EVIDENCE_QUOTA = 1L << 30;

  /** 4 GB. */
  public static final long DEFAULT_INCIDENT_QUOTA = 4L << 30;

  /** Defaults for everything else; URLs may reach public and private addresses. */
  public SessionOptions(Path data, boolean resume, int maxStreams) {
    this(
        data,
        resume,
        maxStreams,
        Network.of(AllowedAddresses.LAN),
        PriceTable.builtIn(),
        Optional.empty(),
        DEFAULT_EVIDENCE_QUOTA,
        Retention.FOREVER,
        KeepSettings.DEFAULT,
        FrameStore.DEFAULT_QUOTA,
        DEFAULT_INCIDENT_QUOTA,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_SENDER_GRACE);
  }

  /** Starts a copy that differs in some options. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Builder of a copy. Each method changes the option of the same name. */
  public static final class Builder {
    private final SessionOptions from;
    private Network network;
    private PriceTable prices;
    private Optional<BigDecimal> dailyBudget;
    private long evidenceQuota;
    private Retention retention;
    private KeepSettings keep;
    private long keepQuota;
    private long incidentQuota;
    private Optional<PostgresUrl> postgres;
    private Optional<Membership> membership;
    private Optional<FileLocation> files;
    private Duration senderGrace;

    private Builder(SessionOptions from) {
      this.from = from;
      this.network = from.network;
      this.prices = from.prices;
      this.dailyBudget = from.dailyBudget;
      this.evidenceQuota = from.evidenceQuota;
      this.retention = from.retention;
      this.keep = from.keep;
      this.keepQuota = from.keepQuota;
      this.incidentQuota = from.incidentQuota;
      this.postgres = from.postgres;
      this.membership = from.membership;
      this.files = from.files;
      this.senderGrace = from.senderGrace;
    }

    public Builder network(Network other) {
      network = other;
      return this;
    }

    public Builder prices(PriceTable other) {
      prices = other;
      return this;
    }

    public Builder dailyBudget(Optional<BigDecimal> other) {
      dailyBudget = other;
      return this;
    }

    public Builder evidenceQuota(long other) {
      evidenceQuota = other;
      return this;
    }

    public Builder retention(Retention other) {
      retention = other;
      return this;
    }

    public Builder keep(KeepSettings other) {
      keep = other;
      return this;
    }

    public Builder keepQuota(long other) {
      keepQuota = other;
      return this;
    }

    public Builder incidentQuota(long other) {
      incidentQuota = other;
      return this;
    }

    public Builder postgres(Optional<PostgresUrl> other) {
      postgres = other;
      return this;
    }

    public Builder membership(Optional<Membership> other) {
      membership = other;
      return this;
    }

    public Builder files(Optional<FileLocation> other) {
      files = other;
      return this;
    }

    public Builder senderGrace(Duration other) {
      senderGrace = other;
      return this;
    }

    /** The copy. */
    public SessionOptions build() {
      return new SessionOptions(
          from.data,
          from.resume,
          from.maxStreams,
          network,
          prices,
          dailyBudget,
          evidenceQuota,
          retention,
          keep,
          keepQuota,
          incidentQuota,
          postgres,
          membership,
          files,
          senderGrace);
    }
  }
}
