package framewise.server.api;

import framewise.engine.result.LogPage;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.ResultFilter;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.server.api.request.PromptName;
import framewise.server.export.Export;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.file.FileName;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Results of a session so far, by page or as a file. */
public final class ResultsApi {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final Sessions sessions;

  public ResultsApi(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Returns a page; its {@code last_seq} is the {@code since} of the next. */
  public void page(Context context) {
    Session session = SessionPath.session(sessions, context);
    long since =
        Query.number("since", Optional.ofNullable(context.queryParam("since")), 0, Long.MAX_VALUE)
            .orElse(0);
    int limit =
        (int)
            Query.number("limit", Optional.ofNullable(context.queryParam("limit")), 1, MAX_LIMIT)
                .orElse(DEFAULT_LIMIT);
    Optional<String> only =
        context.queryParam("name") == null
            ? Optional.empty()
            : PromptName.readQuery(context, PromptName.all(session));
    boolean unchanged =
        Query.flag("unchanged", Optional.ofNullable(context.queryParam("unchanged"))).orElse(false);
    var which = new ResultFilter(OptionalInt.empty(), only, unchanged);
    LogPage page = session.log().resultsAfter(since, limit, which);
    List<LoggedEvent> events = page.events();
    // The events are JSON already, and all clients get identical bytes.
    Reply.json(
        context,
        events.stream()
            .map(LoggedEvent::json)
            .collect(
                Collectors.joining(
                    ",",
                    "{\"results\":[",
                    "],\"last_seq\":%d,\"more\":%b}"
                        .formatted(
                            events.isEmpty() ? since : events.getLast().seq(), page.more()))));
  }

  /** Downloads all results, read from the log page by page. */
  public Handler download(Export export) {
    return context -> download(context, export);
  }

  private void download(Context context, Export export) throws IOException {
    Session session = SessionPath.session(sessions, context);
    List<String> names = PromptName.all(session);
    Optional<String> only = PromptName.readQuery(context, names);
    String extension = export.name().toLowerCase(Locale.ROOT);
    context.contentType(export.contentType());
    context.header("Cache-Control", "no-store");
    context.header(
        "Content-Disposition",
        FileName.disposition(
            "attachment", FileName.withExtension(session.view().filename(), extension)));
    if (context.req().getMethod().equals("HEAD")) {
      return;
    }
    Writer out = new OutputStreamWriter(context.outputStream(), StandardCharsets.UTF_8);
    export.format().write(out, new LoggedResults(session.log(), names, only));
    out.flush();
  }
}
