package framewise.server.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.SessionId;
import framewise.engine.incident.Incident;
import framewise.engine.incident.IncidentJson;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.engine.watch.Trial;
import framewise.engine.watch.Watch;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.http.Fields;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tests a watch against stored answers. */
final class TryApi {
  private static final int MAX_ID_LENGTH = 64;

  /** Maximum number of incidents that are listed. */
  private static final int MAX_SHOWN = 200;

  /** Maximum number of sessions at a time. */
  private static final int MAX_SESSIONS = 20;

  private final Sessions sessions;
  private final SessionGrants grants;
  private final LongReads reads = new LongReads();

  TryApi(Sessions sessions, SessionGrants grants) {
    this.sessions = sessions;
    this.grants = grants;
  }

  /**
   * Runs the test.
   *
   * @param fields the request, of which this reads {@code session}, {@code from} and {@code to}
   */
  void run(Context context, Fields fields, Watch watch) {
    Optional<Instant> from = fields.string("from").map(text -> Query.time("from", text));
    Optional<Instant> to = fields.string("to").map(text -> Query.time("to", text));
    Caller caller = Caller.of(context);
    List<SessionId> chosen = chosen(caller, fields, watch);
    ObjectNode json = Reply.object();
    var list = json.putArray("incidents");
    long found = 0;
    long yes = 0;
    long no = 0;
    long unknown = 0;
    boolean whole = true;
    for (SessionId id : chosen) {
      Trial.Outcome outcome =
          reads.read(caller.holder(), () -> Trial.of(watch, id, sessions.get(id).log(), from, to));
      for (Incident incident : outcome.incidents()) {
        if (found++ < MAX_SHOWN) {
          list.add(IncidentJson.write(incident));
        }
      }
      yes += outcome.yes();
      no += outcome.no();
      unknown += outcome.unknown();
      whole &= outcome.whole();
    }
    json.put("total", found);
    json.put("answers", yes + no + unknown);
    json.put("yes", yes).put("no", no).put("unknown", unknown);
    json.put("whole", whole);
    Reply.json(context, json);
  }

  private List<SessionId> chosen(Caller caller, Fields fields, Watch watch) {
    Optional<String> given = fields.string("session", MAX_ID_LENGTH);
    fields.requireSound();
    List<SessionId> chosen =
        given.isPresent()
            ? List.of(IncidentsApi.session(given.get()))
            : watch.sessions().orElseGet(() -> newest(caller));
    if (chosen.size() > MAX_SESSIONS) {
      throw Refusal.field(
              "session",
              "session is missing: this watch is on %d sessions, and at most %d are tested at a time"
                  .formatted(chosen.size(), MAX_SESSIONS))
          .asException();
    }
    for (SessionId session : chosen) {
      if (!grants.sees(caller, session)) {
        throw Refusal.field(
                "session", "session is %s but there is no such session".formatted(session))
            .asException();
      }
    }
    return chosen;
  }

  /** The newest sessions, on which a watch on all sessions is tested. */
  private List<SessionId> newest(Caller caller) {
    return caller.ownsAll()
        ? sessions.list(0, MAX_SESSIONS).stream().map(SessionView::id).toList()
        : grants.visible(caller, 0, MAX_SESSIONS).ids();
  }
}
