package framewise.vision.chat.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import framewise.media.picture.EncodedPicture;
import framewise.vision.AnswerText;
import framewise.vision.AskListener;
import framewise.vision.Reasoning;
import framewise.vision.SentRequest;
import framewise.vision.Usage;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolTurn;
import framewise.vision.tool.ToolUse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The HTTP traffic of one question, which LangChain4j does not expose. Belongs to the asking
 * thread.
 */
public final class Exchange {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  private final String backend;
  private final String model;
  private final RefusedParameters refused;
  private final Optional<Reasoning> reasoning;
  private Optional<ToolUse> tools;
  private final List<EncodedPicture> pictures;
  private final SecretRedactor redactor;
  private final AskListener listener;
  private final List<String> bodies = new ArrayList<>();
  private Optional<Usage> before = Optional.empty();
  private Optional<Usage> now = Optional.empty();
  private Optional<RuntimeException> failure = Optional.empty();
  private ReplyText reply = new ReplyText();
  private String partial = "";
  private List<ToolCall> calls = List.of();

  /**
   * @param backend the sending back end
   * @param model the model asked
   * @param refused parameters that its server refuses; learns more
   * @param reasoning how much the model reasons
   * @param tools that the model may call
   * @param pictures pictures in every request
   */
  public Exchange(
      String backend,
      String model,
      RefusedParameters refused,
      Optional<Reasoning> reasoning,
      Optional<ToolUse> tools,
      List<EncodedPicture> pictures,
      SecretRedactor redactor,
      AskListener listener) {
    this.backend = backend;
    this.model = model;
    this.refused = refused;
    this.reasoning = reasoning;
    this.tools = tools;
    this.pictures = List.copyOf(pictures);
    this.redactor = redactor;
    this.listener = listener;
  }

  /** The exchange of the current thread. */
  static Exchange current() {
    return CURRENT.get();
  }

  /** Runs code whose requests belong to this exchange. */
  public <T> T asking(Supplier<T> request) {
    return ScopedValue.where(CURRENT, this).call(request::get);
  }

  /** Records a request body just before it is sent. */
  void sends(String body) {
    before = usage();
    now = Optional.empty();
    reply = new ReplyText();
    failure = Optional.empty();
    partial = "";
    calls = List.of();
    bodies.add(withoutPictures(body));
    listener.sending(new SentRequest(backend, pictures, bodies));
  }

  /** Records the usage in a reply or a part of one; the newest covers the whole request. */
  void took(Usage usage) {
    // Anthropic reports the input in the first event, and some gateways omit it from the last.
    now =
        Optional.of(
            now.map(
                    old ->
                        new Usage(
                            Math.max(old.inputTokens(), usage.inputTokens()),
                            Math.max(old.outputTokens(), usage.outputTokens())))
                .orElse(usage));
  }

  /** Records a part of the answer, or all of it. */
  void said(ReplyPart part) {
    reply.add(part);
  }

  /** Whether an answer has started. */
  boolean hasText() {
    return !reply.soFar().isEmpty() || !reply.calls().isEmpty();
  }

  /** Whether the answer is longer than one may be, so that the rest is dropped. */
  boolean isCut() {
    return reply.isCut();
  }

  /** Sends the answer so far to the listener, if it wants partial answers. */
  void publishPartial() {
    String text = AnswerText.cut(reply.soFar());
    if (!text.isEmpty() && !text.equals(partial)) {
      partial = text;
      listener.partial(text);
    }
    List<ToolCall> called = reply.calls().soFar();
    if (!called.equals(calls)) {
      calls = called;
      listener.calling(called);
    }
  }

  /** Records a failure of the streamed request, which LangChain4j does not report. */
  void failed(RuntimeException thrown) {
    failure = Optional.of(thrown);
  }

  /** The reply to the newest request. Throws the request's failure, if any. */
  public ReplyText reply() {
    failure.ifPresent(
        thrown -> {
          throw thrown;
        });
    return reply;
  }

  /** The model of the requests. */
  public String model() {
    return model;
  }

  /** How much the model reasons; empty for its default. */
  public Optional<Reasoning> reasoning() {
    return reasoning;
  }

  /** Tools that the model may call. */
  Optional<ToolUse> tools() {
    return tools;
  }

  /** Appends messages to a conversation with tools. */
  public void append(List<ToolTurn> turns) {
    tools =
        tools.map(
            use -> use.withTurns(Stream.concat(use.turns().stream(), turns.stream()).toList()));
  }

  /** Parameters that its server refuses. */
  public RefusedParameters refused() {
    return refused;
  }

  /** Usage of all requests so far; empty when not counted. */
  public Optional<Usage> usage() {
    return before.map(sum -> now.map(sum::plus).orElse(sum)).or(() -> now);
  }

  /**
   * Replaces pictures by their hashes, and hides secrets. A picture is a whole text or the end of a
   * {@code data:} URL; it is replaced before the JSON is parsed, because pictures are most of it,
   * and the request waits.
   */
  private String withoutPictures(String body) {
    String rest = body;
    for (EncodedPicture picture : pictures) {
      rest =
          rest.replace(
              Base64.getEncoder().encodeToString(picture.jpeg()) + '"',
              "sha256:" + picture.sha256() + '"');
    }
    try {
      return redacted(JSON.readTree(rest)).toString();
    } catch (JsonProcessingException notOurs) {
      throw new IllegalStateException("a request that is not JSON", notOurs);
    }
  }

  private JsonNode redacted(JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          object.properties().forEach(e -> e.setValue(redacted(e.getValue())));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, redacted(array.get(i)));
        }
      }
      case TextNode text -> {
        return TextNode.valueOf(redactor.in(text.textValue()));
      }
      default -> {}
    }
    return node;
  }
}
