package framewise.vision.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import framewise.media.picture.Clip;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FrameSize;
import framewise.time.Stopwatch;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.DetectedContent;
import framewise.vision.FailureKind;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.RefusedParameter;
import framewise.vision.chat.wire.ErrorReplyException;
import framewise.vision.chat.wire.Exchange;
import framewise.vision.chat.wire.RefusedParameters;
import framewise.vision.chat.wire.SecretRedactor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A back end that sends a clip's pictures to a chat model. One message per clip, without memory of
 * earlier ones. It never retries a request: the next clip is newer.
 */
public final class ChatBackend implements ClipBackend {
  /** Concurrent requests: what services allow the smallest accounts. */
  private static final int CONCURRENCY = 4;

  private final Profile profile;
  private final Access access;
  private final Supplier<ChatModels> maker;
  private final Function<Question, ChatRequestParameters> parameters;
  private final ServiceErrors errors;
  private final RefusedParameters refused;
  private volatile Optional<ChatModels> models = Optional.empty();

  /**
   * A back end's description.
   *
   * @param name name in the API
   * @param title display name of the service
   * @param models models known to exist, the default first; never empty
   * @param capabilities capabilities in the API's terms
   * @param advice which settings hold its key and address, for error messages
   * @param words error messages that differ from the usual ones
   * @param address how its address is configured
   */
  public record Profile(
      String name,
      String title,
      List<String> models,
      List<String> capabilities,
      String advice,
      Map<FailureKind, String> words,
      Address address) {
    public Profile {
      models = List.copyOf(models);
      capabilities = List.copyOf(capabilities);
      words = Map.copyOf(words);
    }

    /** A provider with OpenAI's API and the usual error messages. */
    public Profile(String name, String title, List<String> models, String advice) {
      this(name, title, models, List.of(), advice, Map.of(), new Address(advice, "v1"));
    }
  }

  /**
   * How a service's address is configured.
   *
   * @param setting name of the setting
   * @param version version of the API in addresses, such as {@code v1}
   */
  public record Address(String setting, String version) {}

  /** The JSON of a service's refusal; empty when it did not refuse, or not in JSON. */
  public static Optional<JsonNode> refusalOf(AnswerException failure) {
    return ServiceErrors.cause(failure, ErrorReplyException.class)
        .map(refused -> refused.error().json());
  }

  /**
   * @param access its secrets are removed from the service's messages
   * @param maker creates the model for the first question
   * @param parameters the request's parameters besides the message
   */
  public ChatBackend(
      Profile profile,
      Access access,
      Supplier<ChatModels> maker,
      Function<Question, ChatRequestParameters> parameters) {
    this.profile = profile;
    this.access = access;
    this.maker = maker;
    this.parameters = parameters;
    this.errors = new ServiceErrors(profile, new SecretRedactor(access.secrets()), access.base());
    this.refused = new RefusedParameters(profile.name());
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
    return profile.capabilities();
  }

  @Override
  public List<RefusedParameter> refusedParameters() {
    return refused.list();
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
  public Duration answerTimeout() {
    return access.answerTimeout();
  }

  @Override
  public FrameSize pictureSize(String prompt) {
    return access.pictures().sizeFor(prompt);
  }

  @Override
  public Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException {
    Stopwatch watch = Stopwatch.start();
    List<EncodedPicture> pictures = access.pictures().of(clip, question);
    Duration encoding = watch.elapsed();
    String asked = question.model().orElseGet(() -> profile.models().getFirst());
    if (question.everyPicture()) {
      return ask(asked, pictures, encoding, question, listener);
    }
    while (true) {
      pictures = spread(pictures, refused.maxPictures(asked));
      try {
        return ask(asked, pictures, encoding, question, listener);
      } catch (AnswerException e) {
        OptionalInt most = acceptedPictures(e, pictures.size());
        if (most.isEmpty()) {
          throw e;
        }
        refused.takesPictures(asked, most.getAsInt());
      }
    }
  }

  /**
   * The number of pictures to send instead of those that the server refused, if it refused them.
   */
  private static OptionalInt acceptedPictures(AnswerException failure, int sent) {
    return ServiceErrors.cause(failure, ErrorReplyException.class)
        .map(reply -> PictureLimit.in(reply, sent))
        .orElse(OptionalInt.empty());
  }

  /** Selects this many pictures, evenly spaced from the first to the last; for one, the last. */
  private static List<EncodedPicture> spread(List<EncodedPicture> pictures, int most) {
    int last = pictures.size() - 1;
    if (pictures.size() <= most) {
      return pictures;
    }
    return IntStream.range(0, most)
        .mapToObj(i -> pictures.get(most == 1 ? last : i * last / (most - 1)))
        .toList();
  }

  private Answer ask(
      String asked,
      List<EncodedPicture> pictures,
      Duration encoding,
      Question question,
      AskListener listener)
      throws AnswerException, InterruptedException {
    var exchange =
        new Exchange(
            profile.name(),
            asked,
            refused,
            question.reasoning(),
            question.tools(),
            pictures,
            errors.redactor(),
            listener);
    var conversation =
        new Conversation(
            chatModels(),
            ChatRequestParameters.builder()
                .modelName(asked)
                .build()
                .overrideWith(parameters.apply(question)),
            question,
            pictures,
            errors,
            listener,
            exchange);
    Conversation.ModelReply answered = conversation.answer();
    return new Answer(
        answered.text(),
        answered.model().orElse(asked),
        answered.finish(),
        Map.of("encode", encoding),
        conversation.usage(),
        DetectedContent.NOTHING_TOLD,
        answered.calls());
  }

  /** Creates the model late: most configured services are never used. */
  private ChatModels chatModels() {
    Optional<ChatModels> made = models;
    if (made.isEmpty()) {
      synchronized (this) {
        made = models.or(() -> Optional.of(maker.get()));
        models = made;
      }
    }
    return made.orElseThrow();
  }
}
