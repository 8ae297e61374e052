package framewise.engine.session;

import framewise.engine.cluster.Membership;
import framewise.engine.keep.FrameStore;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.PriceTable;
import framewise.engine.store.postgres.PostgresUrl;
import framewise.media.network.Network;
import framewise.media.network.Reach;
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
 * @param keep how much of live video is kept where a session has no settings for that
 * @param keepQuota maximum bytes of kept pictures of all sessions; 0 keeps nothing
 * @param incidentQuota maximum bytes of the pictures and clips of incidents; 0 keeps none
 * @param postgres database in PostgreSQL; empty for an SQLite file in the data folder
 * @param membership of this node, where several work on the database; empty for one
 * @param senderGrace how long a session waits for a sender that disconnected; zero does not wait
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
    Duration senderGrace) {
  /** 15 s. */
  public static final Duration USUAL_SENDER_GRACE = Duration.ofSeconds(15);

  /** 1 GB. */
  public static final long USUAL_EVIDENCE_QUOTA = 1L << 30;

  /** 4 GB. */
  public static final long USUAL_INCIDENT_QUOTA = 4L << 30;

  /** Defaults for everything else; URLs may reach public and private addresses. */
  public SessionOptions(Path data, boolean resume, int maxStreams) {
    this(data, resume, maxStreams, Network.of(Reach.LAN));
  }

  /** With the prices that Framewise ships, and no daily budget. */
  public SessionOptions(Path data, boolean resume, int maxStreams, Network network) {
    this(
        data,
        resume,
        maxStreams,
        network,
        PriceTable.builtIn(),
        Optional.empty(),
        USUAL_EVIDENCE_QUOTA,
        Retention.FOREVER);
  }

  /** With the default keep settings. */
  public SessionOptions(
      Path data,
      boolean resume,
      int maxStreams,
      Network network,
      PriceTable prices,
      Optional<BigDecimal> dailyBudget,
      long evidenceQuota,
      Retention retention) {
    this(
        data,
        resume,
        maxStreams,
        network,
        prices,
        dailyBudget,
        evidenceQuota,
        retention,
        KeepSettings.USUAL,
        FrameStore.USUAL_QUOTA,
        USUAL_INCIDENT_QUOTA,
        Optional.empty());
  }

  /** For a node that works on the database alone. */
  public SessionOptions(
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
      Optional<PostgresUrl> postgres) {
    this(
        data,
        resume,
        maxStreams,
        network,
        prices,
        dailyBudget,
        evidenceQuota,
        retention,
        keep,
        keepQuota,
        incidentQuota,
        postgres,
        Optional.empty(),
        USUAL_SENDER_GRACE);
  }

  /** With other keep settings. */
  public SessionOptions withKeep(KeepSettings other, long quota) {
    return with(other, quota, postgres, membership);
  }

  /**
   * With another database.
   *
   * @param url empty for an SQLite file in the data folder
   */
  public SessionOptions withPostgres(Optional<PostgresUrl> url) {
    return with(keep, keepQuota, url, membership);
  }

  /** For one of several nodes. */
  public SessionOptions withMembership(Membership other) {
    return with(keep, keepQuota, postgres, Optional.of(other));
  }

  private SessionOptions with(
      KeepSettings otherKeep,
      long otherQuota,
      Optional<PostgresUrl> url,
      Optional<Membership> otherMembership) {
    return new SessionOptions(
        data,
        resume,
        maxStreams,
        network,
        prices,
        dailyBudget,
        evidenceQuota,
        retention,
        otherKeep,
        otherQuota,
        incidentQuota,
        url,
        otherMembership,
        senderGrace);
  }

  /** Without limits on what is stored. */
  public SessionOptions(
      Path data,
      boolean resume,
      int maxStreams,
      Network network,
      PriceTable prices,
      Optional<BigDecimal> dailyBudget,
      long evidenceQuota) {
    this(data, resume, maxStreams, network, prices, dailyBudget, evidenceQuota, Retention.FOREVER);
  }
}
