package framewise.server.v1beta.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.keep.Extent;
import framewise.engine.keep.KeptFrame;
import framewise.engine.session.view.SessionView;
import framewise.engine.source.SourceKind;
import framewise.server.http.Reply;
import java.time.Instant;
import java.util.Optional;

/** JSON of a session as v1beta's stream: one that keeps video. */
final class KeptStream {
  private static final double ROUND = 100;

  private KeptStream() {}

  /**
   * Status of a stream.
   *
   * @param lease empty for a session created in another way, which does not expire
   * @param active whether more pictures may arrive, or all are available
   */
  static ObjectNode write(
      SessionView view, Extent extent, Optional<StreamLease> lease, boolean active) {
    ObjectNode json = Reply.object();
    json.put("id", view.id().toString());
    json.put("state", active ? "active" : "ended");
    json.put(
        "created_at_ms", lease.map(StreamLease::createdAt).orElse(view.createdAt()).toEpochMilli());
    json.put("stream_time_ms", streamTime(extent));
    millis(json, "first_frame_at_ms", extent.begin());
    millis(json, "last_frame_at_ms", extent.newest().map(KeptFrame::at));
    index(json, "last_frame_index", extent.newest());
    millis(json, "first_available_frame_at_ms", extent.oldest().map(KeptFrame::at));
    index(json, "first_available_frame_index", extent.oldest());
    if (extent.recentFps().isPresent()) {
      json.put("recent_fps", Math.round(extent.recentFps().getAsDouble() * ROUND) / ROUND);
    } else {
      json.putNull("recent_fps");
    }
    json.put("retained_frame_count", extent.frames());
    json.put("evicted_frame_count", extent.evicted());
    millis(json, "expires_at_ms", lease.filter(StreamLease::isOpen).map(StreamLease::expiresAt));
    json.put("ttl_seconds", StreamLease.SECONDS);
    millis(json, "ended_at_ms", lease.flatMap(StreamLease::endedAt));
    json.put("end_reason", lease.flatMap(StreamLease::endReason).orElse(null));
    json.put("audio", false);
    millis(
        json,
        "last_pull",
        extent.newest().map(KeptFrame::at).filter(at -> view.source() == SourceKind.URL));
    return json;
  }

  static long streamTime(Extent extent) {
    return extent.length().micros() / 1_000;
  }

  private static void millis(ObjectNode json, String name, Optional<Instant> at) {
    json.put(name, at.map(Instant::toEpochMilli).orElse(null));
  }

  private static void index(ObjectNode json, String name, Optional<KeptFrame> frame) {
    json.put(name, frame.map(KeptFrame::index).orElse(null));
  }
}
