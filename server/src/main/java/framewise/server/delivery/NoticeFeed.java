package framewise.server.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import framewise.engine.notice.Notice;
import framewise.engine.notice.Notices;
import framewise.server.http.Reply;
import framewise.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * One client's position among the notices of all sessions. Reads forward in small pages, so a slow
 * client costs the memory of one page and delays nobody. Used by one thread.
 */
final class NoticeFeed {
  private static final int PAGE = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Notices notices;
  private final Predicate<Optional<SessionId>> permission;
  private final Queue<Notice> page = new ArrayDeque<>();
  private long since;

  /**
   * @param permission whether the client may see notices about a session, or about the service
   */
  NoticeFeed(Notices notices, long since, Predicate<Optional<SessionId>> permission) {
    this.notices = notices;
    this.since = since;
    this.permission = permission;
  }

  /**
   * A notice as clients get it.
   *
   * @param json one object on one line
   */
  record Message(long number, String json) {}

  /** The next notice that the client may see; empty on timeout. */
  Optional<Message> next(Duration patience) throws InterruptedException {
    Deadline deadline = Deadline.after(patience);
    while (true) {
      Notice notice = page.poll();
      if (notice != null) {
        since = notice.number();
        if (permission.test(notice.content().session())) {
          return Optional.of(new Message(notice.number(), json(notice)));
        }
      } else {
        page.addAll(notices.after(since, PAGE));
        if (page.isEmpty()
            && (deadline.hasPassed() || !notices.awaitAfter(since, deadline.left()))) {
          return Optional.empty();
        }
      }
    }
  }

  private static String json(Notice notice) {
    ObjectNode json =
        Reply.object()
            .put("type", notice.content().type())
            .put("number", notice.number())
            .put("id", notice.id())
            .put("at", notice.content().at().toString());
    notice.content().session().ifPresent(session -> json.put("session_id", session.toString()));
    json.put("subject", notice.content().subject());
    try {
      json.set("data", JSON.readTree(notice.content().data()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored notice is damaged", e);
    }
    return json.toString();
  }
}
