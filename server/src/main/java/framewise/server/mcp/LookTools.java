package framewise.server.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SlotPool;
import framewise.engine.SlotPool.Slot;
import framewise.engine.keep.Extent;
import framewise.engine.keep.Footage;
import framewise.engine.keep.Footage.Direction;
import framewise.engine.keep.KeepSettings;
import framewise.engine.keep.KeptFrame;
import framewise.engine.money.Cost;
import framewise.engine.money.RequestSize;
import framewise.engine.pipeline.Inquiry;
import framewise.engine.result.Event;
import framewise.engine.session.Inquiries;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.media.MediaTime;
import framewise.media.network.BadUrlException;
import framewise.media.network.VideoUrl;
import framewise.media.picture.EncodedPicture;
import framewise.server.access.Caller;
import framewise.server.http.Fields;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Reply;
import framewise.server.http.RouteAccess;
import framewise.server.v1beta.stream.PulledStreams;
import framewise.time.WallClock;
import framewise.vision.ClipBackend;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Tools that ask a model about a picture, which may cost money. */
final class LookTools {
  /** Name of their answers in a session's log. */
  private static final String NAME = "Agent";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MediaTime LONG = MediaTime.ofSeconds(86_400);
  private static final Optional<KeepSettings> SHORT = Optional.of(new KeepSettings(10, 2, 1_280));
  private static final String CONDITION =
      "{\"type\":\"object\",\"required\":[\"met\",\"why\"],\"properties\":"
          + "{\"met\":{\"type\":\"boolean\"},\"why\":{\"type\":\"string\"}}}";

  private final Sessions sessions;
  private final AgentSessions visible;

  /** Maximum number of URLs that are checked at a time; one that doesn't answer takes 15 s. */
  static final int MAX_CHECKS = 4;

  private final SlotPool checks = new SlotPool(MAX_CHECKS);
  private final PulledStreams pulled;
  private final PlatformThreads threads;

  /**
   * @param threads read and decode pictures
   */
  LookTools(
      Sessions sessions, AgentSessions visible, PulledStreams pulled, PlatformThreads threads) {
    this.sessions = sessions;
    this.visible = visible;
    this.pulled = pulled;
    this.threads = threads;
  }

  List<AgentTool> tools() {
    return List.of(
        new AgentTool(
            "look",
            "Look at a stream",
            "Asks a question about the newest picture of a stream, or one from some seconds ago, and"
                + " returns the answer with the picture itself, when it was taken and an evidence"
                + " id. Costs one question to the model unless that runs locally; the result says"
                + " the forecast and the cost.",
            """
            {"type": "object", "required": ["stream", "question"], "properties": {
              "stream": {"type": "string", "description": "Id or name of a stream of list_streams"},
              "question": {"type": "string", "maxLength": 8000},
              "seconds_back": {"type": "number", "minimum": 0, "maximum": 86400, "default": 0, "description": "How long before the newest picture"},
              "model": {"type": "string", "description": "A model provider, such as builtin or openai; left out, the default"}}}
            """,
            RouteAccess.OPERATOR,
            false,
            this::look),
        new AgentTool(
            "check_once",
            "Check a condition once",
            "Opens a camera or video by its URL (rtsp, http, https), checks a condition on one"
                + " picture, and closes it again. Costs one question to the model unless that runs"
                + " locally; the result says the forecast and the cost.",
            """
            {"type": "object", "required": ["url", "condition"], "properties": {
              "url": {"type": "string", "maxLength": 2048, "description": "Such as rtsp://user:password@192.168.1.20/stream1"},
              "condition": {"type": "string", "maxLength": 4000, "description": "Such as: the gate is open"}}}
            """,
            RouteAccess.OPERATOR,
            false,
            this::check));
  }

  private CallToolResult look(Caller caller, Fields arguments)
      throws IOException, InterruptedException {
    Optional<String> stream = arguments.requiredString("stream");
    Optional<Prompt> question =
        arguments
            .requiredString("question")
            .flatMap(text -> arguments.make(() -> new Prompt(text)));
    OptionalDouble back = arguments.number("seconds_back");
    if (back.isPresent() && !(back.getAsDouble() >= 0 && back.getAsDouble() <= 86_400)) {
      arguments.add("seconds_back", "seconds_back must be from 0 to 86400");
    }
    Optional<String> model = arguments.string("model", 200);
    arguments.requireSound();
    Session session = visible.owned(caller, stream.orElseThrow());
    KeptFrame frame = frame(session, back.orElse(0));
    List<EncodedPicture> pictures =
        threads.call(caller.whom(), () -> session.footage().pictures(List.of(frame)));
    if (pictures.isEmpty()) {
      return AgentTool.error("The picture was deleted while it was read. Try again.");
    }
    var prompt =
        PromptSettings.of(question.orElseThrow())
            .withName(Optional.of(NAME))
            .withBackend(model.filter(name -> !name.isBlank()));
    return answered(caller, session, frame, pictures, prompt, true);
  }

  private CallToolResult check(Caller caller, Fields arguments)
      throws IOException, InterruptedException {
    Optional<String> url = arguments.requiredString("url");
    Optional<String> condition = arguments.requiredString("condition", 4_000);
    Optional<VideoUrl> place = url.flatMap(text -> parsed(arguments, text));
    Optional<Prompt> prompt =
        condition.flatMap(
            text ->
                arguments.make(
                    () -> new Prompt("Is this so in the picture: %s".formatted(text.strip()))));
    arguments.requireSound();
    Optional<Slot> free = checks.take(caller.holder());
    if (free.isEmpty()) {
      return AgentTool.error(
          checks.isUsedUp(caller.holder())
              ? "%d of your checks are under way, which is the limit of one account or key. Try again in a moment."
                  .formatted(checks.maxPerHolder(caller.holder()))
              : "%d checks are under way, which is the limit. Try again in a moment."
                  .formatted(MAX_CHECKS));
    }
    try (Slot _ = free.get()) {
      return checked(caller, place.orElseThrow(), prompt.orElseThrow());
    }
  }

  private CallToolResult checked(Caller caller, VideoUrl url, Prompt prompt)
      throws IOException, InterruptedException {
    Optional<Session> opened = pulled.open(url, SHORT);
    if (opened.isEmpty()) {
      return AgentTool.error(
          "No picture arrived from this URL within 15 s. Check that it can be reached,"
              + " its user and password, and FRAMEWISE_URL_SOURCES.");
    }
    Session session = opened.get();
    try {
      KeptFrame frame = first(session);
      List<EncodedPicture> pictures = session.footage().pictures(List.of(frame));
      return answered(
          caller,
          session,
          frame,
          pictures,
          PromptSettings.of(prompt)
              .withName(Optional.of(NAME))
              .withOutputSchema(Optional.of(schema())),
          false);
    } finally {
      sessions.delete(session.id());
    }
  }

  private CallToolResult answered(
      Caller caller,
      Session session,
      KeptFrame frame,
      List<EncodedPicture> pictures,
      PromptSettings prompt,
      boolean kept)
      throws InterruptedException {
    Optional<BigDecimal> forecast = forecast(prompt, pictures);
    Inquiries.InquiryResult answered =
        sessions
            .inquiries()
            .ask(
                Optional.of(session),
                new Inquiry(prompt, pictures).by(caller.holder()),
                Optional.empty());
    Event.Result result = answered.result();
    ObjectNode about = Reply.object();
    about.put("stream", session.view().name());
    about.put("picture_taken_at", frame.at().toString());
    about.put("video_seconds", frame.time().seconds());
    about.put("model", result.backend() + "/" + result.model());
    about.put(
        "forecast_usd",
        forecast
            .map(BigDecimal::toPlainString)
            .orElse("unknown: there is no price for this model"));
    result
        .cost()
        .map(Cost::dollars)
        .ifPresent(dollars -> about.put("cost_usd", dollars.toPlainString()));
    if (kept && answered.seq() > 0) {
      about.put("evidence_id", StreamTools.evidenceId(session.id(), answered.seq()));
    }
    var content = CallToolResult.builder();
    switch (result.outcome()) {
      case Event.Outcome.Answered said -> content.isError(false).addTextContent(said.text());
      case Event.Outcome.Failed failed -> content.isError(true).addTextContent(failed.message());
    }
    content.addTextContent(about.toPrettyString());
    pictures.forEach(picture -> content.addContent(StreamTools.image(picture)));
    return content.build();
  }

  private static KeptFrame frame(Session session, double back) {
    Footage footage = session.footage();
    Extent extent = footage.extent();
    KeptFrame newest = extent.newest().orElseThrow(() -> noPicture(session));
    if (back == 0) {
      return newest;
    }
    MediaTime time = newest.time().minus(MediaTime.ofSeconds(back));
    KeptFrame oldest = extent.oldest().orElseThrow(() -> noPicture(session));
    if (time.isBefore(oldest.time())) {
      throw Refusal.field(
              "seconds_back",
              "seconds_back is %s but there are only pictures of the last %.0f s"
                  .formatted(back, newest.time().minus(oldest.time()).seconds()))
          .asException();
    }
    return footage.near(time, LONG, Direction.NEAREST).orElse(newest);
  }

  /** Waits for the first picture, which is encoded a moment after it arrived. */
  private static KeptFrame first(Session session) throws InterruptedException {
    for (int look = 0; look < 50; look++) {
      Optional<KeptFrame> newest = session.footage().extent().newest();
      if (newest.isPresent()) {
        return newest.get();
      }
      WallClock.system().sleep(Duration.ofMillis(100));
    }
    throw noPicture(session);
  }

  private static RuntimeException noPicture(Session session) {
    return Refusal.of(
            Code.NO_PICTURE,
            "There is no picture of \"%s\", which is %s. Start it, or try again in a moment."
                .formatted(session.view().name(), session.view().status().wireName()))
        .asException();
  }

  private Optional<BigDecimal> forecast(PromptSettings prompt, List<EncodedPicture> pictures) {
    Optional<ClipBackend> backend =
        prompt
            .backend()
            .flatMap(sessions.backends()::named)
            .filter(ClipBackend.class::isInstance)
            .map(ClipBackend.class::cast)
            .or(sessions.backends()::firstReadyForClips);
    long pixels =
        pictures.stream().mapToLong(picture -> (long) picture.width() * picture.height()).sum();
    var size = new RequestSize(pixels, prompt.characters(), OptionalInt.empty());
    return backend.flatMap(
        one -> sessions.spending().forecast(one, prompt.modelOf(one).orElse(""), size));
  }

  private static Optional<VideoUrl> parsed(Fields arguments, String text) {
    try {
      return Optional.of(VideoUrl.parse(text));
    } catch (BadUrlException e) {
      arguments.add("url", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static JsonNode schema() {
    try {
      return JSON.readTree(CONDITION);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
