package framewise.server.overshoot;

import framewise.server.access.secret.KeyHash;
import framewise.server.http.Problem;
import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpStatus;

/** Finds the stream in a path. */
final class StreamPath {
  static final String PARAMETER = "stream_id";

  private static final int SHOWN = 64;

  private StreamPath() {}

  /**
   * The stream, while it runs.
   *
   * @throws framewise.server.http.ProblemException 404 when this key has no such stream
   */
  static HostedStream open(HostedStreams streams, Context context, KeyHash key) {
    HostedStream stream = any(streams, context, key);
    if (stream.ended().isPresent()) {
      throw unknown(
          stream.id(),
          "has ended (%s): create a new one".formatted(stream.ended().orElseThrow().word()));
    }
    return stream;
  }

  /** Like the above, including recently ended ones. */
  static HostedStream any(HostedStreams streams, Context context, KeyHash key) {
    String id = context.pathParam(PARAMETER);
    return streams
        .find(id, key)
        .orElseThrow(() -> unknown(shown(id), "does not exist, or has ended"));
  }

  /** Sanitizes an external id for messages and the log. */
  static String shown(String id) {
    String printable = id.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > SHOWN ? printable.substring(0, SHOWN) + "..." : printable;
  }

  private static RuntimeException unknown(String id, String what) {
    return Problem.of(
            HttpStatus.NOT_FOUND_404, "stream_not_found", "The stream %s %s.".formatted(id, what))
        .asException();
  }
}
