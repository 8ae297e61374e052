package framewise.vision.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import framewise.media.EncodedPicture;
import framewise.vision.AskListener;
import framewise.vision.Reasoning;
import framewise.vision.SentRequest;
import framewise.vision.Usage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What goes over the wire for one question, as the HTTP client sees it: LangChain4j has no way to
 * tell. Belongs to the thread that asks.
 */
final class Exchange {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  private final String backend;
  private final String model;
  private final RefusedParameters refused;
  private final Optional<Reasoning> reasoning;
  private final List<EncodedPicture> pictures;
  private final Concealed concealed;
  private final AskListener listener;
  private final List<String> bodies = new ArrayList<>();
  private Optional<Usage> before = Optional.empty();
  private Optional<Usage> now = Optional.empty();
  private Optional<RuntimeException> failure = Optional.empty();
  private ReplyText reply = new ReplyText();
  private String partial = "";

  /**
   * @param backend who sends
   * @param model who is asked
   * @param refused what its server will not have; more is learned
   * @param reasoning how much it shall think
   * @param pictures what every request holds
   */
  Exchange(
      String backend,
      String model,
      RefusedParameters refused,
      Optional<Reasoning> reasoning,
      List<EncodedPicture> pictures,
      Concealed concealed,
      AskListener listener) {
    this.backend = backend;
    this.model = model;
    this.refused = refused;
    this.reasoning = reasoning;
    this.pictures = List.copyOf(pictures);
    this.concealed = concealed;
    this.listener = listener;
  }

  /** The one that this thread is asking for. */
  static Exchange current() {
    return CURRENT.get();
  }

  /** Does something whose requests belong to this. */
  <T> T asking(Supplier<T> request) {
    return ScopedValue.where(CURRENT, this).call(request::get);
  }

  /** This body is about to be sent. */
  void sends(String body) {
    before = usage();
    now = Optional.empty();
    reply = new ReplyText();
    failure = Optional.empty();
    partial = "";
    bodies.add(withoutPictures(body));
    listener.sending(new SentRequest(backend, pictures, bodies));
  }

  /** An answer, or a part of one, said what it took: the newest is the whole of this request. */
  void took(Usage usage) {
    // Anthropic tells the input with the first event, and some gateways leave it out of the last.
    now =
        Optional.of(
            now.map(
                    old ->
                        new Usage(
                            Math.max(old.inputTokens(), usage.inputTokens()),
                            Math.max(old.outputTokens(), usage.outputTokens())))
                .orElse(usage));
  }

  /** A part of the answer came, or all of it. */
  void said(ReplyPart part) {
    reply.add(part);
  }

  /** Whether an answer has begun. */
  boolean hasText() {
    return !reply.soFar().isEmpty();
  }

  /** Reports the answer so far to whoever wants to see it being written. */
  void publishPartial() {
    String text = reply.soFar();
    if (!text.isEmpty() && !text.equals(partial)) {
      partial = text;
      listener.partial(text);
    }
  }

  /** The streamed request failed: LangChain4j keeps that to itself. */
  void failed(RuntimeException thrown) {
    failure = Optional.of(thrown);
  }

  /** What was said to the newest request. Throws what went wrong with it. */
  ReplyText reply() {
    failure.ifPresent(
        thrown -> {
          throw thrown;
        });
    return reply;
  }

  /** Who is asked. */
  String model() {
    return model;
  }

  /** How much it shall think; empty for what is usual with it. */
  Optional<Reasoning> reasoning() {
    return reasoning;
  }

  /** What its server will not have. */
  RefusedParameters refused() {
    return refused;
  }

  /** What all requests took until now; empty where nobody counted. */
  Optional<Usage> usage() {
    return before.map(sum -> now.map(sum::plus).orElse(sum)).or(() -> now);
  }

  private String withoutPictures(String body) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (EncodedPicture picture : pictures) {
      hashes.put(Base64.getEncoder().encodeToString(picture.jpeg()), "sha256:" + picture.sha256());
    }
    try {
      return cleaned(JSON.readTree(body), hashes).toString();
    } catch (JsonProcessingException notOurs) {
      throw new IllegalStateException("a request that is no JSON", notOurs);
    }
  }

  private JsonNode cleaned(JsonNode node, Map<String, String> hashes) {
    switch (node) {
      case ObjectNode object ->
          object.properties().forEach(e -> e.setValue(cleaned(e.getValue(), hashes)));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, cleaned(array.get(i), hashes));
        }
      }
      case TextNode text -> {
        return TextNode.valueOf(cleaned(text.textValue(), hashes));
      }
      default -> {}
    }
    return node;
  }

  /** A picture is a text of its own, or the end of a {@code data:} URL. */
  private String cleaned(String text, Map<String, String> hashes) {
    int data = text.startsWith("data:") ? text.indexOf(',') + 1 : 0;
    String hash = hashes.get(text.substring(data));
    return hash == null ? concealed.in(text) : text.substring(0, data) + hash;
  }
}
