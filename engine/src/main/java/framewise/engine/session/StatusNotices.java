package framewise.engine.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.notice.NewNotice;
import framewise.engine.notice.Notices;
import framewise.time.WallClock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Notices about the status of sessions, each stored in the transaction of the change that it
 * reports.
 */
final class StatusNotices {
  private static final int MAX_DETAIL_LENGTH = 2_000;

  private final Notices notices;
  private final WallClock clock;

  StatusNotices(Notices notices, WallClock clock) {
    this.notices = notices;
    this.clock = clock;
  }

  void add(Handle handle, SessionId session, Status status, Optional<String> detail) {
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("session_id", session.toString())
            .put("status", status.wireName());
    detail.ifPresent(
        text -> data.put("detail", text.substring(0, Math.min(text.length(), MAX_DETAIL_LENGTH))));
    long _ =
        notices.add(
            handle,
            new NewNotice(
                "session.status",
                clock.now(),
                Optional.of(session),
                "session:" + session,
                data.toString(),
                Optional.empty()));
  }
}
