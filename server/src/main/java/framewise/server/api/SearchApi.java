package framewise.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.search.AnswerFilter;
import framewise.engine.search.AnswerSearch;
import framewise.engine.search.SearchPage;
import framewise.engine.search.SearchQuery;
import framewise.engine.search.Snippet;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code GET /search}: searches the answers of all sessions that the caller may see. */
public final class SearchApi {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_HITS = 5;
  private static final int MAX_FILTER_LENGTH = 8_000;

  private final Sessions sessions;
  private final SessionGrants grants;
  private final AnswerSearch search;

  public SearchApi(Sessions sessions, SessionGrants grants) {
    this.sessions = sessions;
    this.grants = grants;
    this.search = sessions.search();
  }

  public void search(Context context) throws InterruptedException {
    String q =
        given(context, "q")
            .orElseThrow(
                () ->
                    Refusal.of(Code.INVALID_REQUEST, "q is missing: the words to search for.")
                        .asException());
    SearchQuery query = SearchQuery.parse(q);
    int offset = number(context, "offset", 0, Integer.MAX_VALUE, 0);
    int limit = number(context, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    int hits = number(context, "hits", 1, AnswerSearch.MAX_HITS, DEFAULT_HITS);
    Caller caller = Caller.of(context);
    SearchPage found =
        search.find(
            caller.holder(),
            query,
            filter(context),
            grants.searchable(caller),
            offset,
            limit,
            hits);
    ObjectNode json = Reply.object();
    json.put("q", q);
    json.put("hits", found.hits());
    ArrayNode page = json.putArray("sessions");
    found.sessions().forEach(one -> write(page, one));
    json.put("total", found.total());
    json.put("offset", offset);
    json.put("limit", limit);
    Reply.json(context, json);
  }

  private static AnswerFilter filter(Context context) {
    return new AnswerFilter(
        given(context, "session").map(SearchApi::session),
        given(context, "question"),
        given(context, "backend"),
        given(context, "from").map(text -> Query.time("from", text)),
        given(context, "to").map(text -> Query.time("to", text)),
        Query.flag("ok", given(context, "ok")));
  }

  private static SessionId session(String text) {
    return SessionId.parse(text)
        .orElseThrow(
            () ->
                Refusal.field(
                        "session",
                        "session is \"%s\" but must be the id of a session"
                            .formatted(ShownText.of(text, 40)))
                    .asException());
  }

  private void write(ArrayNode page, SearchPage.SessionMatches found) {
    // A session that was deleted in the meantime is left out.
    sessions.find(found.session()).ifPresent(session -> write(page, found, session.view()));
  }

  private static void write(ArrayNode page, SearchPage.SessionMatches found, SessionView view) {
    ObjectNode json = page.addObject();
    json.put("session_id", view.id().toString());
    json.put("name", view.name());
    json.putObject("source").put("type", view.source().wireName());
    json.put("status", view.status().wireName());
    json.put("created_at", view.createdAt().toString());
    json.put("hits", found.hits());
    ArrayNode hits = json.putArray("results");
    found.newest().forEach(hit -> write(hits.addObject(), hit));
  }

  private static void write(ObjectNode json, SearchPage.Hit hit) {
    json.put("seq", hit.seq());
    json.put("last_seq", hit.lastSeq());
    json.put("answers", hit.answers());
    json.put("run", hit.run());
    json.put("start_seconds", hit.startSeconds());
    json.put("end_seconds", hit.endSeconds());
    json.put("at", hit.at().toString());
    json.put("last_at", hit.lastAt().toString());
    json.put("ok", hit.ok());
    json.put("backend", hit.backend());
    hit.question().ifPresent(name -> json.put("name", name));
    json.put("snippet", hit.snippet().text());
    ArrayNode marks = json.putArray("marks");
    for (Snippet.Mark mark : hit.snippet().marks()) {
      marks.addArray().add(mark.from()).add(mark.to());
    }
  }

  private static Optional<String> given(Context context, String name) {
    Optional<String> text = Optional.ofNullable(context.queryParam(name));
    if (text.isPresent() && text.get().length() > MAX_FILTER_LENGTH) {
      throw Refusal.field(
              name,
              "%s has %d characters but must have at most %d"
                  .formatted(name, text.get().length(), MAX_FILTER_LENGTH))
          .asException();
    }
    return text;
  }

  private static int number(Context context, String name, int min, int max, int standard) {
    return (int)
        Query.number(name, Optional.ofNullable(context.queryParam(name)), min, max)
            .orElse(standard);
  }
}
