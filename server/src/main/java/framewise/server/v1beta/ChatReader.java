package framewise.server.v1beta;

import framewise.engine.session.Session;
import framewise.media.picture.EncodedPicture;
import framewise.server.access.Caller;
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
  static final int MOST_PICTURES = 32;

  /** Prompt for a message with pictures and no text. */
  private static final String PROMPT = "Describe what you see in few words";

  private final StreamPictures streams;
  private final SentMedia sent;

  ChatReader(StreamPictures streams, SentMedia sent) {
    this.streams = streams;
    this.sent = sent;
  }

  ChatPictures read(ChatRequest request, Caller caller) throws IOException, InterruptedException {
    List<ChatRequest.Message> spoken =
        request.messages().stream().filter(message -> !message.isSystem()).toList();
    long videos = media(spoken).stream().filter(ChatPart.Media::video).count();
    long images = media(spoken).size() - videos;
    if (images + videos > MOST_PICTURES) {
      throw ChatFault.MEDIA_INVALID.because(
          "A question may show %d pictures and videos at most, not %d."
              .formatted(MOST_PICTURES, images + videos));
    }
    int each = (int) Math.max(1, (MOST_PICTURES - images) / Math.max(1, videos));
    boolean marked = spoken.size() > 1 || videos + images > 1;
    List<EncodedPicture> pictures = new ArrayList<>();
    Optional<Session> session = Optional.empty();
    long found = 0;
    boolean cut = false;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < spoken.size(); i++) {
      ChatRequest.Message message = spoken.get(i);
      boolean last = i == spoken.size() - 1;
      if (spoken.size() > 1) {
        text.append(last ? "\nThe question now:\n" : "\n" + message.role() + ": ");
      }
      for (ChatPart part : message.parts()) {
        switch (part) {
          case ChatPart.Text(var words) -> text.append(words).append('\n');
          case ChatPart.Media media -> {
            Shown shown =
                media.url().startsWith(StreamAddress.SCHEME)
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
    }
    String words = text.toString().strip();
    return new ChatPictures(
        pictures, words.isEmpty() ? PROMPT : words, system(request), session, found, cut);
  }

  /**
   * Marks count from 1 over all pictures of the question; the pictures are sent before the text, in
   * this order.
   */
  private static String mark(int before, Shown shown) {
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
