package framewise.engine.session;

import framewise.media.network.Network;
import framewise.media.network.Reach;
import java.nio.file.Path;

/**
 * How sessions are kept.
 *
 * @param data the folder for videos and the database; made when missing
 * @param resume whether sessions that were streaming when the process ended go on by themselves
 * @param maxStreams how many sessions may stream at a time, at least 1
 * @param network how video by URL is reached, and whom URLs may reach
 */
public record SessionOptions(Path data, boolean resume, int maxStreams, Network network) {
  /** With URLs that may reach public and private addresses. */
  public SessionOptions(Path data, boolean resume, int maxStreams) {
    this(data, resume, maxStreams, Network.of(Reach.LAN));
  }
}
