package framewise.server.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.incident.IncidentFilter;
import framewise.engine.incident.IncidentJson;
import framewise.engine.pipeline.Inquiry;
import framewise.engine.recap.QuestionRecap;
import framewise.engine.recap.Recap;
import framewise.engine.result.Event;
import framewise.engine.session.Inquiries;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.server.access.Caller;
import framewise.server.api.SessionPath;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code GET /sessions/{session_id}/recap}: what happened in a span of time. */
public final class RecapApi {
  private static final int MAX_INCIDENTS = 200;

  /** Maximum number of characters of the answers that a model reads. */
  private static final int MAX_STORY_LENGTH = 6_000;

  private final Sessions sessions;
  private final LongReads reads = new LongReads();

  public RecapApi(Sessions sessions) {
    this.sessions = sessions;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/sessions/{" + SessionPath.PARAMETER + "}/recap", RouteAccess.VIEWER, this::recap),
        // A model costs money, so viewers may not ask it.
        Route.post(
            "/sessions/{" + SessionPath.PARAMETER + "}/recap",
            RouteAccess.OPERATOR,
            this::written));
  }

  private void recap(Context context) {
    Session session = SessionPath.session(sessions, context);
    Reply.json(context, json(session, recap(context, session)));
  }

  private void written(Context context) throws InterruptedException {
    Session session = SessionPath.session(sessions, context);
    Recap recap = recap(context, session);
    ObjectNode json = json(session, recap);
    var prompt =
        PromptSettings.of(new Prompt(story(recap)))
            .withBackend(given(context, "backend"))
            .withModel(given(context, "model"));
    Inquiries.InquiryResult answered =
        sessions
            .inquiries()
            .ask(
                Optional.empty(),
                new Inquiry(prompt, List.of()).by(Caller.of(context).holder()),
                Optional.empty());
    Event.Result result = answered.result();
    ObjectNode model = json.putObject("model");
    model.put("backend", result.backend());
    model.put("model", result.model());
    switch (result.outcome()) {
      case Event.Outcome.Answered(var text, var _, var _) -> model.put("text", text);
      case Event.Outcome.Failed(var code, var message, var _) ->
          model.putObject("error").put("code", code).put("message", message);
    }
    result.cost().ifPresent(cost -> model.put("cost_usd", cost.dollars()));
    Reply.json(context, json);
  }

  private Recap recap(Context context, Session session) {
    Optional<Instant> from = given(context, "from").map(text -> Query.time("from", text));
    Optional<Instant> to = given(context, "to").map(text -> Query.time("to", text));
    var filter =
        new IncidentFilter(
            Optional.empty(),
            Optional.of(session.id()),
            Optional.empty(),
            Optional.empty(),
            from,
            to,
            Optional.empty(),
            Optional.empty());
    return reads.read(
        Caller.of(context).holder(),
        () ->
            Recap.of(
                session.log(),
                from,
                to,
                sessions.watches().incidents().list(filter, MAX_INCIDENTS)));
  }

  private static String story(Recap recap) {
    var story = new StringBuilder();
    for (QuestionRecap question : recap.questions()) {
      story.append(question.name()).append('\n');
      for (QuestionRecap.AnswerRange span : question.spans()) {
        story
            .append(span.from())
            .append(" to ")
            .append(span.to())
            .append(": ")
            .append(span.text())
            .append('\n');
      }
    }
    String answers =
        story.length() > MAX_STORY_LENGTH
            ? story.substring(story.length() - MAX_STORY_LENGTH)
            : story.toString();
    return "These are answers about a video, by question and time. Say in at most five sentences"
        + " what happened, with times, and nothing that they don't say.\n\n"
        + recap.text()
        + "\n\n"
        + answers;
  }

  private static ObjectNode json(Session session, Recap recap) {
    ObjectNode json = Reply.object();
    json.put("session_id", session.id().toString());
    json.put("text", recap.text());
    var questions = json.putArray("questions");
    for (QuestionRecap question : recap.questions()) {
      ObjectNode one = questions.addObject();
      one.put("name", question.name());
      one.put("answers", question.answers());
      one.put("failed", question.failed());
      var spans = one.putArray("spans");
      for (QuestionRecap.AnswerRange span : question.spans()) {
        spans
            .addObject()
            .put("from", span.from().toString())
            .put("to", span.to().toString())
            .put("start_seconds", span.startSeconds())
            .put("end_seconds", span.endSeconds())
            .put("first_seq", span.firstSeq())
            .put("last_seq", span.lastSeq())
            .put("answers", span.answers())
            .put("text", span.text());
      }
      one.put("dropped_spans", question.droppedSpans());
      ObjectNode numbers = one.putObject("numbers");
      question
          .numbers()
          .forEach(
              (name, range) ->
                  numbers
                      .putObject(name)
                      .put("min", range.min())
                      .put("max", range.max())
                      .put("mean", range.mean())
                      .put("answers", range.answers()));
    }
    var incidents = json.putArray("incidents");
    recap.incidents().forEach(incident -> incidents.add(IncidentJson.write(incident)));
    json.put("whole", recap.whole());
    return json;
  }

  private static Optional<String> given(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isBlank());
  }
}
