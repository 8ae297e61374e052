package framewise.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import framewise.engine.evidence.EvidenceFile;
import framewise.engine.keep.KeptFrame;
import framewise.engine.result.AnswerIndex;
import framewise.engine.search.AnswerFilter;
import framewise.engine.search.AnswerSearch;
import framewise.engine.search.SearchPage;
import framewise.engine.search.SearchQuery;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.media.picture.EncodedPicture;
import framewise.server.access.Caller;
import framewise.server.http.Fields;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.RouteAccess;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tools that read stored data, at no cost. */
final class StreamTools {
  private static final int RECAP_EVENTS = 20_000;
  private static final int MAX_HITS = 50;
  private static final int DEFAULT_HITS = 20;
  private static final int MAX_ANSWERS = 15;
  private static final int MAX_QUESTIONS = 50;
  private static final int MAX_PICTURES = 4;
  private static final int MAX_SHOWN_LENGTH = 400;
  private static final Pattern EVIDENCE = Pattern.compile("([0-9a-f-]{36})/(\\d{1,15})");
  private static final String NOTHING = "{\"type\":\"object\",\"properties\":{}}";
  private static final String TIMES =
      """
      "from": {"type": "string", "description": "ISO 8601 time, such as 2026-11-29T08:00:00Z; left out, no limit"},
      "to": {"type": "string", "description": "ISO 8601 time that is not in it any more; left out, now"}\
      """;

  private final Sessions sessions;
  private final AgentSessions visible;
  private final AnswerSearch search;

  StreamTools(Sessions sessions, AgentSessions visible) {
    this.sessions = sessions;
    this.visible = visible;
    this.search = sessions.search();
  }

  List<AgentTool> tools() {
    return List.of(
        new AgentTool(
            "list_streams",
            "List video streams",
            "Lists the cameras, published streams and videos that can be looked at, newest first,"
                + " with their newest answer.",
            NOTHING,
            RouteAccess.VIEWER,
            true,
            (caller, arguments) -> list(caller)),
        new AgentTool(
            "search_answers",
            "Search stored answers",
            "Searches the stored answers of all streams, or of one, for words. Free of charge:"
                + " no question is asked.",
            """
            {"type": "object", "required": ["query"], "properties": {
              "query": {"type": "string", "maxLength": 200, "description": "Words that are all in the answer; \\"two words\\" for a phrase, begin* for what begins so"},
              "stream": {"type": "string", "description": "Id or name of a stream; left out, all"},
              "limit": {"type": "integer", "minimum": 1, "maximum": 50, "default": 20},
              %s}}
            """
                .formatted(TIMES),
            RouteAccess.VIEWER,
            true,
            this::search),
        new AgentTool(
            "get_recap",
            "Recap a period",
            "Counts what was answered about a stream in a period: each question with its most"
                + " frequent answers, and when they came first and last. Free of charge.",
            """
            {"type": "object", "required": ["stream"], "properties": {
              "stream": {"type": "string", "description": "Id or name of a stream"}, %s}}
            """
                .formatted(TIMES),
            RouteAccess.VIEWER,
            true,
            this::recap),
        new AgentTool(
            "get_evidence",
            "Get the evidence of an answer",
            "The pictures that an answer was given about, with the question and the answer. Takes"
                + " the evidence id of another tool.",
            """
            {"type": "object", "required": ["id"], "properties": {
              "id": {"type": "string", "description": "Such as 0c6f1b62-52b3-4d6c-9f43-5f4c7a3b9a10/17"}}}
            """,
            RouteAccess.VIEWER,
            true,
            this::evidence));
  }

  private CallToolResult list(Caller caller) {
    ObjectNode json = Reply.object();
    ArrayNode streams = json.putArray("streams");
    for (SessionView view : visible.visible(caller)) {
      ObjectNode stream = streams.addObject();
      stream.put("id", view.id().toString());
      stream.put("name", view.name());
      stream.put("source", view.source().wireName());
      stream.put("status", view.status().wireName());
      stream.put("address", "ovs://streams/" + view.id());
      visible
          .find(view.id())
          .map(Session::footage)
          .flatMap(footage -> footage.extent().newest())
          .map(KeptFrame::at)
          .ifPresent(at -> stream.put("newest_picture_at", at.toString()));
      view.settings()
          .ifPresent(
              settings -> {
                ArrayNode questions = stream.putArray("questions");
                settings.prompts().forEach(prompt -> questions.add(prompt.prompt().text()));
              });
      view.newest().ifPresent(newest -> stream.put("newest_answer", newest.text()));
    }
    return AgentTool.text(json);
  }

  private CallToolResult search(Caller caller, Fields arguments) throws InterruptedException {
    Optional<SearchQuery> query =
        arguments
            .requiredString("query", SearchQuery.MAX_LENGTH)
            .map(text -> SearchQuery.parse(text));
    Optional<String> stream = arguments.string("stream");
    int limit = arguments.wholeNumber("limit", 1, MAX_HITS).orElse(DEFAULT_HITS);
    Optional<Instant> from = time(arguments, "from");
    Optional<Instant> to = time(arguments, "to");
    arguments.requireSound();
    var filter =
        new AnswerFilter(
            stream.map(name -> visible.named(caller, name).id()),
            Optional.empty(),
            Optional.empty(),
            from,
            to,
            Optional.empty());
    SearchPage page =
        search.find(
            caller.holder(),
            query.orElseThrow(),
            filter,
            visible.searchable(caller),
            0,
            AgentSessions.MAX_COUNT,
            Math.min(limit, AnswerSearch.MAX_HITS));
    ObjectNode json = Reply.object().put("found", page.hits());
    ArrayNode answers = json.putArray("answers");
    page.sessions().stream()
        .flatMap(found -> found.newest().stream().map(hit -> Map.entry(found.session(), hit)))
        .sorted(Comparator.comparing(hit -> hit.getValue().lastAt(), Comparator.reverseOrder()))
        .limit(limit)
        .forEach(hit -> write(answers.addObject(), hit.getKey(), hit.getValue()));
    return AgentTool.text(json);
  }

  private void write(ObjectNode json, SessionId id, SearchPage.Hit hit) {
    visible.find(id).ifPresent(session -> json.put("stream", session.view().name()));
    json.put("at", hit.lastAt().toString());
    json.put("video_seconds", hit.startSeconds());
    json.put("answer", hit.snippet().text());
    json.put("times_in_a_row", hit.answers());
    json.put("ok", hit.ok());
    json.put("evidence_id", evidenceId(id, hit.lastSeq()));
  }

  private CallToolResult recap(Caller caller, Fields arguments) {
    Optional<String> stream = arguments.requiredString("stream");
    Optional<Instant> from = time(arguments, "from");
    Optional<Instant> to = time(arguments, "to");
    arguments.requireSound();
    Session session = visible.named(caller, stream.orElseThrow());
    Map<Question, Map<String, Count>> counts = new LinkedHashMap<>();
    var answered = new long[2];
    boolean whole =
        AgentResults.each(
            session,
            from,
            to,
            RECAP_EVENTS,
            result -> {
              boolean ok = result.path("ok").asBoolean();
              answered[ok ? 0 : 1]++;
              Question question = Question.of(result.path("prompt").asText());
              if (ok && (counts.containsKey(question) || counts.size() < MAX_QUESTIONS)) {
                counts
                    .computeIfAbsent(question, first -> new LinkedHashMap<>())
                    .computeIfAbsent(
                        cut(AgentResults.text(result)), text -> new Count(session, result))
                    .add(result);
              }
            });
    ObjectNode json = Reply.object();
    json.put("stream", session.view().name());
    json.put("answers", answered[0]).put("failed", answered[1]);
    json.put("whole", whole);
    if (!whole) {
      json.put(
          "note",
          "Only the newest %,d events of this stream were read; older answers of the period are not counted."
              .formatted(RECAP_EVENTS));
    }
    ArrayNode questions = json.putArray("questions");
    counts.forEach(
        (prompt, answers) -> {
          ObjectNode question = questions.addObject().put("question", prompt.shown());
          question.put("different_answers", answers.size());
          ArrayNode frequent = question.putArray("most_frequent");
          answers.entrySet().stream()
              .sorted((one, other) -> Long.compare(other.getValue().many, one.getValue().many))
              .limit(MAX_ANSWERS)
              .forEach(answer -> answer.getValue().write(frequent.addObject(), answer.getKey()));
        });
    return AgentTool.text(json);
  }

  private CallToolResult evidence(Caller caller, Fields arguments) {
    Matcher id = EVIDENCE.matcher(arguments.requiredString("id").orElse("").strip());
    if (arguments.isSound() && !id.matches()) {
      arguments.add("id", "id must be an evidence id that another tool returned");
    }
    arguments.requireSound();
    Session session = visible.named(caller, id.group(1));
    long seq = Long.parseLong(id.group(2));
    Optional<JsonNode> result = AgentResults.find(session, seq);
    Optional<EvidenceFile> exhibit = sessions.evidence().find(session.id(), seq);
    if (result.isEmpty() || exhibit.isEmpty()) {
      return AgentTool.error(
          "There is no evidence with this id: it is too old, or the built-in model"
              + " answered a session's question.");
    }
    var answer = CallToolResult.builder().isError(false);
    int kept = exhibit.get().pictures().size();
    ObjectNode about = shown(session, result.get());
    about.put("pictures", kept).put("pictures_shown", Math.min(kept, MAX_PICTURES));
    answer.addTextContent(about.toPrettyString());
    exhibit.get().pictures().stream()
        .limit(MAX_PICTURES)
        .forEach(picture -> answer.addContent(image(picture)));
    return answer.build();
  }

  /** A question and the part of it that is shown; long ones may differ only after that part. */
  private record Question(long key, String shown) {
    static Question of(String prompt) {
      return new Question(AnswerIndex.questionKey(prompt), cut(prompt));
    }
  }

  /** Number of occurrences of an answer, with their times. */
  private static final class Count {
    private final String evidence;
    private final Instant first;
    private Instant last;
    private long many;

    Count(Session session, JsonNode result) {
      this.evidence = evidenceId(session.id(), result.path("seq").asLong());
      this.first = AgentResults.at(result);
      this.last = first;
    }

    void add(JsonNode result) {
      many++;
      last = AgentResults.at(result);
    }

    void write(ObjectNode json, String text) {
      json.put("answer", text)
          .put("times", many)
          .put("first_at", first.toString())
          .put("last_at", last.toString())
          .put("evidence_id", evidence);
    }
  }

  static String evidenceId(SessionId session, long seq) {
    return session + "/" + seq;
  }

  static ImageContent image(EncodedPicture picture) {
    return ImageContent.builder(Base64.getEncoder().encodeToString(picture.jpeg()), "image/jpeg")
        .build();
  }

  private static ObjectNode shown(Session session, JsonNode result) {
    ObjectNode json = Reply.object();
    json.put("stream", session.view().name());
    json.put("at", result.path("at").asText());
    json.put("video_seconds", result.at("/clip/start_seconds").asDouble());
    json.put("question", cut(result.path("prompt").asText()));
    json.put("answer", cut(AgentResults.text(result)));
    json.put("ok", result.path("ok").asBoolean());
    json.put("model", result.path("model").asText());
    json.put("evidence_id", evidenceId(session.id(), result.path("seq").asLong()));
    return json;
  }

  private static Optional<Instant> time(Fields arguments, String name) {
    Optional<String> text = arguments.string(name).filter(given -> !given.isBlank());
    Optional<Instant> time = text.flatMap(Query::time);
    if (text.isPresent() && time.isEmpty()) {
      arguments.add(name, name + " must be a time such as 2026-11-29T08:00:00Z");
    }
    return time;
  }

  private static String cut(String text) {
    return text.length() <= MAX_SHOWN_LENGTH ? text : text.substring(0, MAX_SHOWN_LENGTH) + "…";
  }
}
