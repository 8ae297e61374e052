package framewise.engine.delivery.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.delivery.NoticeBody;
import framewise.engine.delivery.NoticeText;
import framewise.engine.delivery.SendResult;
import framewise.engine.delivery.Sender;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.notice.Notice;
import framewise.media.network.HttpPost;
import framewise.media.network.UrlFault;
import framewise.time.WallClock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes notices to a topic of an ntfy server: https://docs.ntfy.sh/publish/. Safe for any
 * number of threads.
 */
public final class NtfySender implements Sender {
  private final HttpPost post;
  private final NoticeBody bodies;
  private final WallClock clock;

  public NtfySender(HttpPost post, NoticeBody bodies, WallClock clock) {
    this.post = post;
    this.bodies = bodies;
    this.clock = clock;
  }

  @Override
  public SendResult send(Endpoint endpoint, Notice notice) {
    ObjectNode body = bodies.json(notice, endpoint);
    NoticeText text = NoticeText.of(body);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain; charset=utf-8");
    headers.put("Title", encoded(text.title()));
    headers.put("Priority", Integer.toString(text.urgency()));
    headers.put("Tags", text.tag());
    JsonNode links = body.path("data").path("links");
    link(links, NoticeBody.PAGE).ifPresent(page -> headers.put("Click", page));
    link(links, NoticeBody.PICTURE)
        .ifPresent(
            picture -> {
              headers.put("Attach", picture);
              headers.put("Filename", "picture.jpg");
            });
    endpoint.options().token().ifPresent(token -> headers.put("Authorization", "Bearer " + token));
    try {
      return HookAnswer.read(
          post.post(
              endpoint.address().url(), headers, text.message().getBytes(StandardCharsets.UTF_8)),
          clock.now());
    } catch (UrlFault e) {
      return SendResult.failed(e.sentence());
    }
  }

  private static Optional<String> link(JsonNode links, String name) {
    return Optional.ofNullable(links.get(name)).map(JsonNode::asText);
  }

  /** Headers must be ASCII. ntfy decodes RFC 2047 encoded words, which also exclude line breaks. */
  private static String encoded(String text) {
    boolean plain = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    return plain
        ? text
        : "=?UTF-8?B?%s?="
            .formatted(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }
}
