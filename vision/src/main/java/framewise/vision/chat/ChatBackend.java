package framewise.vision.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import framewise.media.Clip;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A back end that sends a clip's pictures to a chat model. One message a clip; nothing is
 * remembered from clip to clip. A request is never repeated on its own: the next clip is newer.
 */
public final class ChatBackend implements ClipBackend {
  /** Requests under way at a time: what services grant the smallest accounts. */
  private static final int CONCURRENCY = 4;

  private final Profile profile;
  private final Supplier<ChatModel> maker;
  private final Function<Question, ChatRequestParameters> parameters;
  private final Trouble trouble;
  private volatile Optional<ChatModel> model = Optional.empty();

  /**
   * What is told about a back end.
   *
   * @param name in the API
   * @param title what people call the service
   * @param models known to be there, the default first; never empty
   * @param advice where its key and address are set, for people in trouble
   */
  public record Profile(String name, String title, List<String> models, String advice) {
    public Profile {
      models = List.copyOf(models);
    }
  }

  /**
   * @param maker makes the model when it is first asked
   * @param parameters what a request carries besides the message
   * @param secret is cut out of whatever the service says
   */
  public ChatBackend(
      Profile profile,
      Supplier<ChatModel> maker,
      Function<Question, ChatRequestParameters> parameters,
      Optional<String> secret) {
    this.profile = profile;
    this.maker = maker;
    this.parameters = parameters;
    this.trouble = new Trouble(profile.title(), profile.advice(), secret);
  }

  @Override
  public String name() {
    return profile.name();
  }

  @Override
  public Readiness readiness() {
    return Readiness.READY;
  }

  @Override
  public List<String> models() {
    return profile.models();
  }

  @Override
  public List<String> capabilities() {
    return List.of("describe", "read", "count", "output_schema");
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public int concurrency() {
    return CONCURRENCY;
  }

  @Override
  public Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException {
    long start = System.nanoTime();
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(ClipMessage.of(clip, question));
    Duration encoding = Duration.ofNanos(System.nanoTime() - start);
    Answered answered = send(messages, question);
    if (question.outputSchema().isPresent()) {
      answered = fitting(answered, messages, question);
    }
    return new Answer(
        answered.text(),
        answered.model().orElseGet(() -> modelOf(question)),
        answered.finish(),
        Map.of("encode", encoding));
  }

  private record Answered(String text, Optional<String> model, FinishReason finish) {}

  private Answered send(List<ChatMessage> messages, Question question)
      throws AnswerException, InterruptedException {
    var request =
        ChatRequest.builder()
            .messages(messages)
            .parameters(
                ChatRequestParameters.builder()
                    .modelName(modelOf(question))
                    .build()
                    .overrideWith(parameters.apply(question)))
            .build();
    ChatResponse response;
    try {
      response = model().chat(request);
    } catch (RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped");
      }
      throw trouble.of(e);
    }
    AiMessage message = response.aiMessage();
    String text = Optional.ofNullable(message).map(AiMessage::text).orElse("").strip();
    FinishReason finish = finish(response);
    if (text.isEmpty()) {
      throw trouble.empty(finish);
    }
    return new Answered(text, Optional.ofNullable(response.modelName()), finish);
  }

  /** The answer if it fits the schema; if not, the answer to one request to mend it. */
  private Answered fitting(Answered first, List<ChatMessage> messages, Question question)
      throws AnswerException, InterruptedException {
    var schema = new AnswerSchema(question.outputSchema().orElseThrow());
    AnswerSchema.Check checked = schema.check(first.text());
    if (checked.fits()) {
      return new Answered(checked.text(), first.model(), first.finish());
    }
    messages.add(AiMessage.from(first.text()));
    messages.add(
        UserMessage.from(
            "That does not fit the JSON Schema: %s. Answer again, with the JSON alone."
                .formatted(checked.fault())));
    Answered second = send(messages, question);
    AnswerSchema.Check again = schema.check(second.text());
    if (!again.fits()) {
      throw new AnswerException(
          "schema_mismatch",
          "The answer does not fit the schema (%s), asked twice. It is: %s"
              .formatted(again.fault(), trouble.clean(second.text())));
    }
    return new Answered(again.text(), second.model(), second.finish());
  }

  private String modelOf(Question question) {
    return question.model().orElseGet(() -> profile.models().getFirst());
  }

  /** Made late: most services that could be asked never are. */
  private ChatModel model() {
    Optional<ChatModel> made = model;
    if (made.isEmpty()) {
      synchronized (this) {
        made = model.or(() -> Optional.of(maker.get()));
        model = made;
      }
    }
    return made.orElseThrow();
  }

  private static FinishReason finish(ChatResponse response) {
    return switch (response.finishReason()) {
      case LENGTH -> FinishReason.LENGTH;
      case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
      case STOP, TOOL_EXECUTION, OTHER -> FinishReason.STOP;
      case null -> FinishReason.STOP;
    };
  }
}
