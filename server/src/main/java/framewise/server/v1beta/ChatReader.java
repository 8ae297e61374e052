package framewise.server.v1beta;

import framewise.engine.Refusal;
import framewise.engine.session.Session;
import framewise.engine.settings.Prompt;
import framewise.media.picture.EncodedPicture;
import framewise.server.access.Caller;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolTurn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the pictures and text of a chat's messages. A chat of several messages becomes one
 * question that includes the earlier ones, because back ends keep no conversation.
 */
final class ChatReader {
  /** Maximum number of pictures in one question. */
  static final int MAX_PICTURES = 32;

  /** Prompt for a message with pictures and no text. */
  private static final String PROMPT = "Describe what you see in few words";

  private final StreamPictures streams;
  private final SentMedia sent;

  ChatReader(StreamPictures streams, SentMedia sent) {
    this.streams = streams;
    this.sent = sent;
  }

  /**
   * Collects everything. From its first tool call on, a conversation stays a conversation, if the
   * model can call tools.
   *
   * @param tools whether the model can call tools
   */
  ChatPictures read(ChatRequest request, boolean tools, Caller caller)
      throws IOException, InterruptedException {
    List<ChatRequest.Message> spoken =
        request.messages().stream().filter(message -> !message.isSystem()).toList();
    int called = tools && request.tools().isPresent() ? firstCall(spoken) : spoken.size();
    boolean afterwards = !media(spoken.subList(called, spoken.size())).isEmpty();
    var reading = new ReadState(media(spoken), called > 1 || afterwards, caller);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < called; i++) {
      ChatRequest.Message message = spoken.get(i);
      if (called > 1) {
        text.append(i == called - 1 ? "\nThe question now:\n" : "\n" + message.role() + ": ");
      }
      text.append(reading.text(message));
      message.calls().forEach(call -> text.append(call.shown()).append('\n'));
    }
    List<ToolTurn> turns = new ArrayList<>();
    for (ChatRequest.Message message : spoken.subList(called, spoken.size())) {
      turns.addAll(turns(message, reading.text(message).strip(), turns));
    }
    requireBrief(turns);
    String words = text.toString().strip();
    requireQuestion(words, reading, turns);
    return new ChatPictures(
        reading.pictures,
        words.isEmpty() ? PROMPT : words,
        system(request),
        reading.session,
        reading.found,
        reading.cut,
        request.tools().filter(use -> tools).map(use -> use.withTurns(turns)));
  }

  private static int firstCall(List<ChatRequest.Message> spoken) {
    for (int i = 0; i < spoken.size(); i++) {
      if (!spoken.get(i).calls().isEmpty() || spoken.get(i).callId().isPresent()) {
        return i;
      }
    }
    return spoken.size();
  }

  private static List<ToolTurn> turns(
      ChatRequest.Message message, String text, List<ToolTurn> before) {
    if (!message.calls().isEmpty()) {
      return List.of(new ToolTurn.Calls(text, message.calls()));
    }
    if (message.callId().isPresent()) {
      String id = message.callId().get();
      return List.of(new ToolTurn.Output(id, called(before, id), text));
    }
    return text.isEmpty()
        ? List.of()
        : List.of(new ToolTurn.TextTurn(message.role().equals("user"), text));
  }

  /** The name of the tool that was called under an id. */
  private static String called(List<ToolTurn> before, String id) {
    return before.stream()
        .filter(ToolTurn.Calls.class::isInstance)
        .flatMap(turn -> ((ToolTurn.Calls) turn).calls().stream())
        .filter(call -> call.id().equals(id))
        .map(ToolCall::name)
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.field(
                        "messages",
                        "messages has the output of a call \"%s\" that is in no earlier message"
                            .formatted(id))
                    .asException());
  }

  private static void requireQuestion(String words, ReadState reading, List<ToolTurn> turns) {
    if (words.isEmpty() && reading.pictures.isEmpty() && turns.isEmpty()) {
      throw Refusal.field(
              "messages",
              "messages has no question: a message with the role user needs text, a"
                  + " picture or a video")
          .asException();
    }
    if (words.length() > Prompt.MAX_LENGTH) {
      throw Refusal.field(
              "messages",
              "messages have %,d characters of text but may have %,d at most"
                  .formatted(words.length(), Prompt.MAX_LENGTH))
          .asException();
    }
  }

  private static void requireBrief(List<ToolTurn> turns) {
    int characters = turns.stream().mapToInt(ToolTurn::characters).sum();
    if (characters > ChatTools.MAX_TURNS_LENGTH) {
      throw Refusal.field(
              "messages",
              "messages have %,d characters from the first call on but may have %,d at most"
                  .formatted(characters, ChatTools.MAX_TURNS_LENGTH))
          .asException();
    }
  }

  /** What was read from the messages so far. */
  private final class ReadState {
    private final Caller caller;
    private final boolean marked;
    private final int each;
    private final List<EncodedPicture> pictures = new ArrayList<>();
    private Optional<Session> session = Optional.empty();
    private long found;
    private boolean cut;

    ReadState(List<ChatPart.Media> media, boolean several, Caller caller) {
      this.caller = caller;
      long videos = media.stream().filter(ChatPart.Media::video).count();
      long images = media.size() - videos;
      if (images + videos > MAX_PICTURES) {
        throw ChatFault.MEDIA_INVALID.because(
            "A question may show %d pictures and videos at most, not %d."
                .formatted(MAX_PICTURES, images + videos));
      }
      each = (int) Math.max(1, (MAX_PICTURES - images) / Math.max(1, videos));
      marked = several || videos + images > 1;
    }

    /** The text of a message, with a mark for each picture, which is collected. */
    String text(ChatRequest.Message message) throws IOException, InterruptedException {
      StringBuilder text = new StringBuilder();
      for (ChatPart part : message.parts()) {
        switch (part) {
          case ChatPart.Text(var words) -> text.append(words).append('\n');
          case ChatPart.Media media -> {
            ShownPictures shown =
                StreamAddress.isStreamAddress(media.url())
                    ? streams.show(media, caller, each)
                    : sent.show(media, caller, each);
            session = session.or(shown::session);
            found += shown.found();
            cut |= shown.cut();
            if (marked) {
              text.append(mark(pictures.size(), shown)).append('\n');
            }
            pictures.addAll(shown.pictures());
          }
        }
      }
      return text.toString();
    }
  }

  /**
   * Marks count from 1 over all pictures of the question; the pictures are sent before the text, in
   * this order.
   */
  private static String mark(int before, ShownPictures shown) {
    int count = shown.pictures().size();
    String name = shown.session().map(session -> " of " + session.view().name()).orElse("");
    return count == 1
        ? "[picture %d%s]".formatted(before + 1, name)
        : "[pictures %d to %d%s]".formatted(before + 1, before + count, name);
  }

  private static Optional<String> system(ChatRequest request) {
    List<String> words =
        request.messages().stream()
            .filter(ChatRequest.Message::isSystem)
            .flatMap(message -> message.parts().stream())
            .filter(ChatPart.Text.class::isInstance)
            .map(part -> ((ChatPart.Text) part).text().strip())
            .filter(text -> !text.isEmpty())
            .toList();
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("\n\n", words));
  }

  private static List<ChatPart.Media> media(List<ChatRequest.Message> messages) {
    return messages.stream()
        .flatMap(message -> message.parts().stream())
        .filter(ChatPart.Media.class::isInstance)
        .map(ChatPart.Media.class::cast)
        .toList();
  }
}
