package framewise.engine.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import framewise.engine.SessionId;
import framewise.engine.delivery.HookReceiver;
import framewise.engine.delivery.Links;
import framewise.engine.delivery.NoticeBody;
import framewise.engine.delivery.SendResult.SendVerdict;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointAddress;
import framewise.engine.endpoint.EndpointKind;
import framewise.engine.endpoint.EndpointOptions;
import framewise.engine.endpoint.EndpointState;
import framewise.engine.endpoint.SigningSecrets;
import framewise.engine.notice.NewNotice;
import framewise.engine.notice.Notice;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.HttpPost;
import framewise.media.network.Network;
import framewise.time.WallClock;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Verified by the library of Standard Webhooks, as a receiver does. */
@Timeout(120)
class SignaturesAreAcceptedByTheReceiversLibraryTest {
  private static final SessionId SESSION = SessionId.random();

  private final WallClock clock = WallClock.system();
  private final Links links =
      new Links() {
        @Override
        public Optional<String> signed(String path, SessionId session, Endpoint endpoint) {
          return Optional.of("https://framewise.example" + path + "?token=T");
        }

        @Override
        public Optional<String> page(SessionId session) {
          return Optional.of("https://framewise.example/console/#/session/" + session);
        }
      };
  private final WebhookSender sender =
      new WebhookSender(
          new HttpPost(Network.of(AllowedAddresses.ANY), Duration.ofSeconds(60), 1_024),
          new NoticeBody(links),
          clock);

  private final Notice notice =
      new Notice(
          1,
          "msg_1",
          new NewNotice(
              "incident.opened",
              Instant.parse("2026-11-29T12:00:00Z"),
              Optional.of(SESSION),
              "inc",
              "{\"watch\":\"Loading dock, größer\"}",
              Optional.empty()));

  private HookReceiver.Call sent(SigningSecrets secrets) throws Exception {
    try (var receiver = new HookReceiver()) {
      var endpoint = endpoint(receiver.url(), secrets);
      assertThat(sender.send(endpoint, notice).verdict()).isEqualTo(SendVerdict.DELIVERED);
      return receiver.next();
    }
  }

  @Test
  void aSignatureVerifiesItsBodyOnly() throws Exception {
    String secret = SigningSecrets.generate();
    HookReceiver.Call call = sent(SigningSecrets.of(secret));
    var receiver = new Webhook(secret);
    receiver.verify(call.body(), headers(call));
    assertThatThrownBy(() -> receiver.verify(call.body() + " ", headers(call)))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(
            () -> new Webhook(SigningSecrets.generate()).verify(call.body(), headers(call)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void bothSecretsVerifyDuringARotation() throws Exception {
    String former = SigningSecrets.generate();
    String fresh = SigningSecrets.generate();
    HookReceiver.Call call =
        sent(SigningSecrets.of(former).rotated(fresh, clock.now(), Duration.ofHours(24)));
    assertThat(call.header("webhook-signature").split(" ")).hasSize(2);
    new Webhook(former).verify(call.body(), headers(call));
    new Webhook(fresh).verify(call.body(), headers(call));
  }

  @Test
  void onlyTheNewSecretVerifiesAfterwards() throws Exception {
    String former = SigningSecrets.generate();
    String fresh = SigningSecrets.generate();
    HookReceiver.Call call =
        sent(
            SigningSecrets.of(former)
                .rotated(fresh, clock.now().minusSeconds(3_600), Duration.ofHours(1)));
    new Webhook(fresh).verify(call.body(), headers(call));
    assertThatThrownBy(() -> new Webhook(former).verify(call.body(), headers(call)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void theBodyHasTypeTimestampDataAndLinks() throws Exception {
    HookReceiver.Call call = sent(SigningSecrets.of(SigningSecrets.generate()));
    var body = new ObjectMapper().readTree(call.body());
    assertThat(body.properties().stream().map(Map.Entry::getKey))
        .containsExactly("type", "timestamp", "data");
    assertThat(body.path("timestamp").asText()).isEqualTo("2026-11-29T12:00:00Z");
    assertThat(body.path("data").path("watch").asText()).isEqualTo("Loading dock, größer");
    assertThat(body.path("data").path("links").path("picture").asText())
        .isEqualTo("https://framewise.example/incidents/inc/picture.jpg?token=T");
    assertThat(call.header("content-type")).isEqualTo("application/json");
    assertThat(call.header("webhook-id")).isEqualTo("msg_1");
  }

  @Test
  void bodiesStayBelow20000Bytes() throws Exception {
    String filled = "{\"watch\":\"%s\"}".formatted("ü".repeat(7_990));
    var token = "x".repeat(9_000);
    Links far =
        new Links() {
          @Override
          public Optional<String> signed(String path, SessionId session, Endpoint by) {
            return Optional.of("https://framewise.example" + path + "?token=" + token);
          }

          @Override
          public Optional<String> page(SessionId session) {
            return Optional.empty();
          }
        };
    var large =
        new Notice(
            1,
            "msg_1",
            new NewNotice(
                "incident.opened",
                Instant.parse("2026-11-29T12:00:00Z"),
                Optional.of(SESSION),
                "inc",
                filled,
                Optional.empty()));
    var body =
        new NoticeBody(far)
            .json(
                large,
                endpoint("http://127.0.0.1/hook", SigningSecrets.of(SigningSecrets.generate())));
    assertThat(NoticeBody.bytes(body)).hasSizeLessThan(NoticeBody.LIMIT);
    assertThat(body.path("data").path("watch").asText()).as("the notice is whole").hasSize(7_990);
    assertThat(body.path("data").has("links")).as("the links give way").isFalse();
  }

  private static Endpoint endpoint(String url, SigningSecrets secrets) {
    return new Endpoint(
        "ep_1",
        "hook",
        EndpointKind.WEBHOOK,
        EndpointAddress.parse(EndpointKind.WEBHOOK, url),
        EndpointOptions.NONE,
        secrets,
        Endpoint.DEFAULT_TYPES,
        true,
        EndpointState.ACTIVE,
        Optional.empty(),
        "",
        Instant.EPOCH,
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static HttpHeaders headers(HookReceiver.Call call) {
    Map<String, List<String>> headers = new HashMap<>(call.head().headers());
    return HttpHeaders.of(headers, (name, value) -> true);
  }
}
