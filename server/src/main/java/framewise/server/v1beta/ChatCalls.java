package framewise.server.v1beta;

import framewise.engine.SessionId;
import framewise.engine.pipeline.Inquiry;
import framewise.engine.result.Event;
import framewise.engine.session.Inquiries;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.server.access.Caller;
import framewise.server.http.CallsElsewhere;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.LongAnswers;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.server.http.SignedBody;
import framewise.time.WallClock;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code POST /chat/completions}: a question about moments of streams. */
final class ChatCalls {
  /** Name of its answers in the session's log. */
  static final String NAME = "API";

  /** Maximum length of a body, which may include pictures in base64. */
  private static final int BODY_LIMIT = 12 << 20;

  private final Sessions sessions;
  private final ChatReader reader;
  private final Map<String, String> aliases;
  private final LongAnswers answers;
  private final Optional<CallsElsewhere> elsewhere;
  private final WallClock clock;

  private final LongBodies longBodies;

  ChatCalls(
      Sessions sessions,
      ChatReader reader,
      Map<String, String> aliases,
      LongAnswers answers,
      Optional<CallsElsewhere> elsewhere,
      WallClock clock) {
    this.sessions = sessions;
    this.longBodies = new LongBodies(sessions::newUpload);
    this.reader = reader;
    this.aliases = Map.copyOf(aliases);
    this.answers = answers;
    this.elsewhere = elsewhere;
    this.clock = clock;
  }

  void complete(Context context) throws IOException, InterruptedException {
    Optional<Question> question = question(context);
    if (question.isPresent()) {
      answer(context, question.get());
    }
  }

  private void answer(Context context, Question question) throws IOException, InterruptedException {
    ChatRequest request = question.request();
    ModelChoice model = question.model();
    ChatPictures shown = question.shown();
    context.header("X-Framewise-Frame-Cap", Integer.toString(ChatReader.MAX_PICTURES));
    context.header(
        "X-Framewise-Frames", "%d of %d".formatted(shown.pictures().size(), shown.found()));
    if (shown.cut()) {
      context.header("X-Framewise-Window", "cut");
    }
    shown
        .session()
        .ifPresent(session -> context.header("X-Framewise-Session", session.id().toString()));
    var inquiry =
        new Inquiry(
                PromptSettings.of(new Prompt(shown.text()))
                    .withName(Optional.of(NAME))
                    .withSystem(shown.system())
                    .withBackend(Optional.of(model.backend()))
                    .withModel(model.model())
                    .withOutputSchema(request.schema())
                    .withMaxOutputTokens(request.longest()),
                shown.pictures())
            .withTools(shown.tools())
            .by(Caller.of(context).holder());
    if (request.stream()) {
      var stream =
          new ChatStream(
              sessions.inquiries(), inquiry, shown.session(), request, clock, UUID.randomUUID());
      answers.send(() -> stream.send(context));
    } else {
      whole(context, request, inquiry, shown);
    }
  }

  /** A question without the body that it came in. */
  private record Question(ChatRequest request, ModelChoice model, ChatPictures shown) {}

  /** Reads the question; empty where another node has answered it. */
  private Optional<Question> question(Context context) throws IOException, InterruptedException {
    long length = context.req().getContentLengthLong();
    boolean forwardable =
        elsewhere.isPresent() && length >= 0 && length <= SignedBody.MAX_FORWARDED_BYTES;
    if (length < 0 || length > JsonBody.LIMIT) {
      return longBodies.read(context, BODY_LIMIT, body -> readLong(context, body, forwardable));
    }
    if (forwardable) {
      var _ = SignedBody.keep(context);
    }
    return read(context, JsonBody.read(context, BODY_LIMIT), forwardable);
  }

  private Optional<Question> readLong(Context context, byte[] body, boolean forwardable)
      throws IOException, InterruptedException {
    if (forwardable) {
      SignedBody.keep(context, body);
    }
    return read(context, JsonBody.of(body), forwardable);
  }

  private Optional<Question> read(Context context, Fields body, boolean forwardable)
      throws IOException, InterruptedException {
    ChatRequest request = ChatRequest.read(body);
    if (isForwarded(context, request, forwardable)) {
      return Optional.empty();
    }
    ModelChoice model = ModelChoice.of(sessions.backends(), aliases, request.model());
    boolean tools = model.callsTools(sessions.backends());
    if (!tools && request.mayCallTools()) {
      throw ChatFault.TOOLS_UNSUPPORTED.because(
          "%s cannot call tools: choose another model, leave tools out, or send \"tool_choice\": \"none\"."
              .formatted(model.backend()));
    }
    return Optional.of(
        new Question(
            request.withoutMessages(), model, reader.read(request, tools, Caller.of(context))));
  }

  /**
   * Forwards a question to the node that owns its stream, which has the pictures and stores the
   * answer.
   */
  private boolean isForwarded(Context context, ChatRequest request, boolean forwardable)
      throws IOException, InterruptedException {
    Optional<SessionId> stream = request.ofStream();
    if (elsewhere.isEmpty() || stream.isEmpty()) {
      return false;
    }
    if (!forwardable && sessions.otherOwner(stream.get()).isPresent()) {
      throw Problem.of(
              413,
              "too_large",
              ("Another node owns this stream, and Framewise forwards at most %d MB to it,"
                      + " with a Content-Length: send fewer or smaller pictures in addition.")
                  .formatted(SignedBody.MAX_FORWARDED_BYTES >> 20))
          .asException();
    }
    return forwardable && elsewhere.get().forward(context, stream.get());
  }

  private void whole(Context context, ChatRequest request, Inquiry inquiry, ChatPictures shown)
      throws InterruptedException {
    Inquiries.InquiryResult answered =
        sessions.inquiries().ask(shown.session(), inquiry, Optional.empty());
    Event.Result result = answered.result();
    evidence(context, answered);
    switch (result.outcome()) {
      case Event.Outcome.Answered text ->
          Reply.json(
              context,
              new ChatAnswer(result.id(), clock.now(), result.model(), request.thread())
                  .whole(text, answered.called(), result.usage()));
      case Event.Outcome.Failed failed -> fail(context, answered, failed);
    }
  }

  static void fail(Context context, Inquiries.InquiryResult answered, Event.Outcome.Failed failed) {
    ChatFailure failure =
        ChatFailure.of(answered.result().backend(), failed, answered.refusedWith());
    if (failure.fault() == ChatFault.RATE_LIMITED) {
      context.header("Retry-After", "1");
      rateLimited(context);
    }
    context.status(failure.fault().status());
    Reply.json(context, failure.json());
  }

  /** Maximum number of questions of this caller at a time. */
  int maxQuestions(Context context) {
    return sessions.inquiries().maxPerHolder(Caller.of(context).holder());
  }

  /** Adds the headers of a response 429 that go with {@code Retry-After}, and agree with it. */
  static void rateLimited(Context context) {
    context.header("X-RateLimit-Remaining", "0");
    context.header("X-RateLimit-Reset", "1");
  }

  private static void evidence(Context context, Inquiries.InquiryResult answered) {
    if (answered.seq() > 0) {
      context.header("X-Framewise-Result", Long.toString(answered.seq()));
    }
  }
}
