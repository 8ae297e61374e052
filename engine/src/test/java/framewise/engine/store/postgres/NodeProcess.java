package framewise.engine.store.postgres;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.result.Event;
import framewise.engine.result.ResultLog;
import framewise.engine.store.DiskSpace;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A node in a separate process, which appends to the log of a session as fast as it can. */
final class NodeProcess {
  private NodeProcess() {}

  /**
   * Prints "standing by", then the number of each event once it is stored, and "refused" if it is
   * not.
   *
   * @param arguments name of the node, URL of the database, id of the session, a folder
   */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    System.out.println("standing by");
    PostgresUrl url = PostgresUrl.parse(arguments[1]).orElseThrow();
    SessionId session = SessionId.parse(arguments[2]).orElseThrow();
    try (var database =
        PostgresDatabase.openNode(url, DiskSpace.of(Path.of(arguments[3])), arguments[0])) {
      var log = new ResultLog(session, database, WallClock.system());
      log.startRun();
      while (true) {
        long seq = log.append(new Event.StatusChanged(Status.STREAMING, Optional.of(arguments[0])));
        System.out.println(seq);
        Thread.sleep(5);
      }
    } catch (RefusedException e) {
      System.out.println("refused " + e.refusal().code());
      System.exit(3);
    }
  }
}
