package framewise.engine.delivery.web;

import framewise.engine.delivery.NoticeBody;
import framewise.engine.delivery.SendResult;
import framewise.engine.delivery.Sender;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.notice.Notice;
import framewise.media.network.HttpPost;
import framewise.media.network.UrlFault;
import framewise.time.WallClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends notices as Standard Webhooks 1.0.0. Safe for any number of threads. */
public final class WebhookSender implements Sender {
  private final HttpPost post;
  private final NoticeBody bodies;
  private final WallClock clock;

  public WebhookSender(HttpPost post, NoticeBody bodies, WallClock clock) {
    this.post = post;
    this.bodies = bodies;
    this.clock = clock;
  }

  @Override
  public SendResult send(Endpoint endpoint, Notice notice) {
    byte[] body = NoticeBody.bytes(bodies.json(notice, endpoint));
    Instant now = clock.now();
    Map<String, String> headers = new LinkedHashMap<>(endpoint.options().headers());
    headers.put("Content-Type", "application/json");
    headers.put("webhook-id", notice.id());
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put(
        "webhook-signature",
        Signature.of(endpoint.secrets().validAt(now), notice.id(), now.getEpochSecond(), body));
    try {
      return HookAnswer.read(post.post(endpoint.address().url(), headers, body), now);
    } catch (UrlFault e) {
      return SendResult.failed(e.sentence());
    }
  }
}
