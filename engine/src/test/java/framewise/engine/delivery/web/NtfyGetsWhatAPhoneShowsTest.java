package framewise.engine.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NtfyGetsWhatAPhoneShowsTest {
  private static final Links LINKS =
      new Links() {
        @Override
        public Optional<String> signed(String path, SessionId session, Endpoint endpoint) {
          return Optional.of("https://framewise.example" + path);
        }

        @Override
        public Optional<String> page(SessionId session) {
          return Optional.of("https://framewise.example/console/");
        }

        @Override
        public Optional<String> name(SessionId session) {
          return Optional.of("Gate");
        }
      };

  private static HookReceiver.Call sent(
      HookReceiver.Answer answer, SendVerdict verdict, String watch) throws Exception {
    return sent(
        answer,
        verdict,
        "incident.opened",
        "{\"watch\":\"%s\",\"last\":{\"answer\":\"A lorry blocks the dock.\"}}".formatted(watch));
  }

  private static HookReceiver.Call sent(
      HookReceiver.Answer answer, SendVerdict verdict, String type, String data) throws Exception {
    try (var receiver = new HookReceiver()) {
      receiver.answer(answer);
      var sender =
          new NtfySender(
              new HttpPost(Network.of(AllowedAddresses.ANY), Duration.ofSeconds(60), 1_024),
              new NoticeBody(LINKS),
              WallClock.system());
      var endpoint =
          new Endpoint(
              "ep_1",
              "phone",
              EndpointKind.NTFY,
              EndpointAddress.parse(EndpointKind.NTFY, receiver.url()),
              new EndpointOptions(
                  Map.of(),
                  Optional.of("tk_secret"),
                  Optional.empty(),
                  Optional.empty(),
                  EndpointOptions.DEFAULT_TOPIC,
                  Optional.empty()),
              SigningSecrets.NONE,
              Endpoint.DEFAULT_TYPES,
              true,
              EndpointState.ACTIVE,
              Optional.empty(),
              "",
              Instant.EPOCH,
              0,
              Optional.empty(),
              Optional.empty());
      var notice =
          new Notice(
              1,
              "msg_1",
              new NewNotice(
                  type,
                  Instant.EPOCH,
                  Optional.of(SessionId.random()),
                  "inc",
                  data,
                  Optional.empty()));
      assertThat(sender.send(endpoint, notice).verdict()).isEqualTo(verdict);
      return receiver.next();
    }
  }

  @Test
  void aTitlePriorityTagLinkAndPicture() throws Exception {
    HookReceiver.Call call = sent(HookReceiver::ok, SendVerdict.DELIVERED, "Dock");
    assertThat(call.header("title")).isEqualTo("Dock (Gate)");
    assertThat(call.header("priority")).isEqualTo("4");
    assertThat(call.header("tags")).isEqualTo("rotating_light");
    assertThat(call.header("click")).isEqualTo("https://framewise.example/console/");
    assertThat(call.header("attach"))
        .isEqualTo("https://framewise.example/incidents/inc/picture.jpg");
    assertThat(call.header("authorization")).isEqualTo("Bearer tk_secret");
    assertThat(call.body()).isEqualTo("Incident opened. A lorry blocks the dock.");
  }

  /**
   * Seen: the message about a second opinion, 90 ms after the opening, said "Still open after 0 s."
   */
  @Test
  void anUpdateNamesReviewerAndVerdict() throws Exception {
    String opinion =
        """
        "second_opinion": {"verdict": "rejected", "reason": "Those are statues.",
          "at": "2026-11-30T12:00:01Z"}
        """;
    String person =
        """
        "acknowledged_by": "Ada", "acknowledged_at": "2026-11-30T12:00:09.5Z", "note": "On my way"
        """;
    assertThat(updated(opinion)).isEqualTo("Second opinion: rejected. Those are statues.");
    assertThat(updated(person)).isEqualTo("Acknowledged by Ada: On my way");
    assertThat(updated(opinion + "," + person)).isEqualTo("Acknowledged by Ada: On my way");
    assertThat(updated(opinion.replace("12:00:01Z", "12:00:10Z") + "," + person))
        .isEqualTo("Second opinion: rejected. Those are statues.");
    assertThat(updated(opinion + ", \"length_seconds\": 70, \"answer\": \"A lorry.\""))
        .isEqualTo("Still open after 1 min. A lorry.");
  }

  private static String updated(String more) throws Exception {
    String data = "{\"watch\":\"Dock\"," + more.replace("\n", " ") + "}";
    return sent(HookReceiver::ok, SendVerdict.DELIVERED, "incident.updated", data).body();
  }

  @Test
  void namesInOtherScriptsAreEncodedForHeaders() throws Exception {
    HookReceiver.Call call = sent(HookReceiver::ok, SendVerdict.DELIVERED, "Größe 目");
    String coded = call.header("title");
    assertThat(coded).startsWith("=?UTF-8?B?").endsWith("?=");
    byte[] name = Base64.getDecoder().decode(coded.substring(10, coded.length() - 2));
    assertThat(new String(name, StandardCharsets.UTF_8)).isEqualTo("Größe 目 (Gate)");
  }

  @Test
  void aRateLimitSlowsDeliveries() throws Exception {
    assertThat(sent(HookReceiver.status(429), SendVerdict.SLOWED, "Dock")).isNotNull();
  }
}
