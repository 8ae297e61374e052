package framewise.engine.session;

import framewise.engine.keep.FrameStore;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.PriceTable;
import framewise.media.network.Network;
import framewise.media.network.Reach;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How sessions are kept.
 *
 * @param data the folder for videos and the database; made when missing
 * @param resume whether sessions that were streaming when the process ended go on by themselves
 * @param maxStreams how many sessions may stream at a time, at least 1
 * @param network how video by URL is reached, and whom URLs may reach
 * @param prices what services cost
 * @param dailyBudget US dollars that all sessions together may cost a day; empty for no limit
 * @param evidenceQuota how many bytes of what services were sent are kept
 * @param retention how long things are kept
 * @param keep how much of live video is kept where a session has no settings of its own
 * @param keepQuota how many bytes of it all sessions may have together; 0 keeps nothing
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
    long keepQuota) {
  /** 1 GB. */
  public static final long USUAL_EVIDENCE_QUOTA = 1L << 30;

  /** With every default, and URLs that may reach public and private addresses. */
  public SessionOptions(Path data, boolean resume, int maxStreams) {
    this(data, resume, maxStreams, Network.of(Reach.LAN));
  }

  /** With the prices that come with Framewise, and no limit to what a day may cost. */
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

  /** With the usual part of live video kept. */
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
        FrameStore.USUAL_QUOTA);
  }

  /** With so much of live video kept. */
  public SessionOptions withKeep(KeepSettings other, long quota) {
    return new SessionOptions(
        data,
        resume,
        maxStreams,
        network,
        prices,
        dailyBudget,
        evidenceQuota,
        retention,
        other,
        quota);
  }

  /** With everything kept for ever. */
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
