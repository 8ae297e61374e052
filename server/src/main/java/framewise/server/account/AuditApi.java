package framewise.server.account;

import framewise.engine.Refusal;
import framewise.server.access.AuditLog;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** {@code GET /audit}: the audit log. */
public final class AuditApi {
  private static final int DEFAULT = 100;
  private static final int MAX_COUNT = 1_000;
  private static final int MAX_FILTER_LENGTH = 100;

  private final AuditLog log;

  public AuditApi(AuditLog log) {
    this.log = log;
  }

  public List<Route> routes() {
    return List.of(Route.get("/audit", RouteAccess.CREDENTIALS, this::list));
  }

  private void list(Context context) {
    long before =
        Query.number("before", Optional.ofNullable(context.queryParam("before")), 1, Long.MAX_VALUE)
            .orElse(Long.MAX_VALUE);
    int limit =
        (int)
            Query.number("limit", Optional.ofNullable(context.queryParam("limit")), 1, MAX_COUNT)
                .orElse(DEFAULT);
    String filter = filter(Optional.ofNullable(context.queryParam("filter")));
    var json = Reply.object();
    var entries = json.putArray("entries");
    for (AuditLog.Entry entry : log.page(before, limit, filter)) {
      entries
          .addObject()
          .put("id", entry.id())
          .put("at", entry.at().toString())
          .put("who", entry.who())
          .put("kind", entry.kind())
          .put("address", entry.address())
          .put("action", entry.action())
          .put("target", entry.target())
          .put("status", entry.status());
    }
    Reply.json(context, json);
  }

  private static String filter(Optional<String> asked) {
    String filter = asked.orElse("").strip();
    if (filter.length() > MAX_FILTER_LENGTH) {
      throw Refusal.field(
              "filter",
              "filter has %d characters but must have %d at most"
                  .formatted(filter.length(), MAX_FILTER_LENGTH))
          .asException();
    }
    return filter;
  }
}
