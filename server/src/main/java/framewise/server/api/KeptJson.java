package framewise.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.keep.Extent;
import framewise.server.http.Reply;

/** JSON of a session's kept pictures. */
final class KeptJson {
  private static final double ROUND = 100;

  private KeptJson() {}

  static ObjectNode write(Extent extent) {
    ObjectNode json = Reply.object();
    json.put("frames", extent.frames());
    json.put("evicted", extent.evicted());
    json.put("bytes", extent.bytes());
    extent.oldest().ifPresent(oldest -> json.put("oldest_at", oldest.at().toString()));
    extent.newest().ifPresent(newest -> json.put("newest_at", newest.at().toString()));
    extent.recentFps().ifPresent(fps -> json.put("recent_fps", Math.round(fps * ROUND) / ROUND));
    return json;
  }
}
