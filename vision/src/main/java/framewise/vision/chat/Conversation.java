package framewise.vision.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import framewise.media.picture.EncodedPicture;
import framewise.vision.AnswerException;
import framewise.vision.AnswerText;
import framewise.vision.AskListener;
import framewise.vision.FailureKind;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Reasoning;
import framewise.vision.Usage;
import framewise.vision.chat.wire.Exchange;
import framewise.vision.chat.wire.NotStreamedException;
import framewise.vision.chat.wire.ReplyText;
import framewise.vision.chat.wire.RequestBody;
import framewise.vision.schema.AnswerSchema;
import framewise.vision.schema.BadSchemaException;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One question to a model and, if a schema is wanted, one request to correct the answer. */
final class Conversation {
  /** Characters kept of an invalid answer. */
  private static final int MAX_RAW_LENGTH = 64 << 10;

  private static final StreamingChatResponseHandler IGNORED =
      new StreamingChatResponseHandler() {
        @Override
        public void onCompleteResponse(ChatResponse response) {}

        @Override
        public void onError(Throwable thrown) {}
      };

  private final ChatModels models;
  private final ChatRequestParameters parameters;
  private final Question question;
  private final ServiceErrors errors;
  private final Exchange exchange;
  private final boolean streamed;
  private final List<ChatMessage> messages = new ArrayList<>();

  /**
   * A model's answer.
   *
   * @param model the model that answered, if known
   * @param calls of tools; the text may then be empty
   */
  record ModelReply(
      String text, Optional<String> model, FinishReason finish, List<ToolCall> calls) {
    ModelReply {
      calls = List.copyOf(calls);
    }
  }

  /**
   * @param parameters include the model's name
   * @param exchange this question's traffic
   */
  Conversation(
      ChatModels models,
      ChatRequestParameters parameters,
      Question question,
      List<EncodedPicture> pictures,
      ServiceErrors errors,
      AskListener listener,
      Exchange exchange) {
    this.models = models;
    this.parameters = parameters;
    this.question = question;
    this.errors = errors;
    this.exchange = exchange;
    this.streamed = listener.wantsPartial();
    question.system().map(SystemMessage::from).ifPresent(messages::add);
    messages.add(ClipMessage.of(pictures, question));
  }

  /**
   * Asks the question. Call only once.
   *
   * @throws AnswerException with the usage despite the failure
   */
  ModelReply answer() throws AnswerException, InterruptedException {
    try {
      ModelReply first = send();
      boolean shaped = question.outputSchema().isPresent() && first.calls().isEmpty();
      return shaped ? fitting(first) : first;
    } catch (AnswerException e) {
      throw usage().map(e::withUsage).orElse(e);
    }
  }

  /** Usage so far, over all requests. */
  Optional<Usage> usage() {
    return exchange.usage();
  }

  /** The answer if it fits the schema; otherwise the answer to one request for correction. */
  private ModelReply fitting(ModelReply first) throws AnswerException, InterruptedException {
    try {
      return fitting(first, new AnswerSchema(question.outputSchema().orElseThrow()));
    } catch (BadSchemaException e) {
      throw new AnswerException(
          FailureKind.SCHEMA_UNSUPPORTED,
          "The schema cannot be used: %s.".formatted(e.getMessage()));
    }
  }

  private ModelReply fitting(ModelReply first, AnswerSchema schema)
      throws AnswerException, BadSchemaException, InterruptedException {
    AnswerSchema.SchemaCheck checked = schema.check(first.text());
    if (checked.fits()) {
      return new ModelReply(checked.text(), first.model(), first.finish(), List.of());
    }
    correct(
        first.text(),
        "That does not fit the JSON Schema: %s. Answer again, with the JSON alone."
            .formatted(checked.fault()));
    ModelReply second = send();
    if (!second.calls().isEmpty()) {
      return second;
    }
    AnswerSchema.SchemaCheck again = schema.check(second.text());
    if (!again.fits()) {
      throw new AnswerException(
              FailureKind.SCHEMA_MISMATCH,
              "The answer did not fit the schema in two attempts (%s). The last one: %s"
                  .formatted(again.fault(), errors.clean(second.text())))
          .withRaw(raw(second.text()));
    }
    return new ModelReply(again.text(), second.model(), second.finish(), List.of());
  }

  private void correct(String answer, String correction) {
    if (question.tools().isPresent()) {
      exchange.append(
          List.of(new ToolTurn.TextTurn(false, answer), new ToolTurn.TextTurn(true, correction)));
    } else {
      messages.add(AiMessage.from(answer));
      messages.add(UserMessage.from(correction));
    }
  }

  private ModelReply send() throws AnswerException, InterruptedException {
    ChatRequest request =
        ChatRequest.builder().messages(List.copyOf(messages)).parameters(parameters).build();
    ReplyText reply;
    try {
      reply = exchange.asking(() -> reply(request));
    } catch (RuntimeException e) {
      throwIfStopped();
      AnswerException failure = errors.of(e);
      throwIfStopped();
      throw failure;
    }
    String whole = answer(reply);
    boolean cut = reply.isCut() || AnswerText.isTooLong(whole);
    if (cut && question.outputSchema().isPresent()) {
      throw errors.tooLong();
    }
    String text = AnswerText.cut(whole);
    FinishReason finish = cut ? FinishReason.LENGTH : reply.finish().orElse(FinishReason.STOP);
    List<ToolCall> calls = question.tools().isPresent() ? reply.calls().whole() : List.of();
    if (!calls.isEmpty() && finish != FinishReason.CONTENT_FILTER) {
      // Calls that were cut off keep their reason: their arguments are incomplete.
      return new ModelReply(
          text,
          reply.model(),
          finish == FinishReason.LENGTH ? finish : FinishReason.TOOL_CALLS,
          calls);
    }
    if (text.isEmpty() || finish == FinishReason.CONTENT_FILTER) {
      throw errors.empty(finish, reply.thought());
    }
    return new ModelReply(text, reply.model(), finish, List.of());
  }

  private static void throwIfStopped() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped");
    }
  }

  /** The reply from the wire, rather than LangChain4j's reading of it. */
  private ReplyText reply(ChatRequest request) {
    if (streamed && !exchange.refused().refuses(exchange.model(), RequestBody.STREAM)) {
      try {
        models.streaming().chat(request, IGNORED);
        return exchange.reply();
      } catch (NotStreamedException e) {
        exchange.refused().learn(exchange.model(), Set.of(RequestBody.STREAM));
      }
    }
    ChatResponse _ = models.whole().chat(request);
    return exchange.reply();
  }

  /** The answer without thoughts, some of which have no opening tag, only a closing one. */
  private String answer(ReplyText reply) {
    if (reply.closedUnopened()) {
      exchange.refused().closesThoughts(exchange.model());
    }
    boolean cut = reply.finish().equals(Optional.of(FinishReason.LENGTH));
    boolean thinks =
        exchange.refused().isClosingThoughts(exchange.model())
            && !exchange.reasoning().equals(Optional.of(Reasoning.OFF));
    boolean thoughts = cut && !reply.closed() && thinks;
    return thoughts ? "" : reply.whole();
  }

  private String raw(String text) {
    String redacted = errors.redactor().in(text);
    return redacted.length() <= MAX_RAW_LENGTH ? redacted : redacted.substring(0, MAX_RAW_LENGTH);
  }
}
