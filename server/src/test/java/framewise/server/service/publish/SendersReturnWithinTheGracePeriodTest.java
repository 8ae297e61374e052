package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sender that reconnects resumes its session; one that does not ends it. */
@Timeout(180)
class SendersReturnWithinTheGracePeriodTest {
  private static final String ASKING = "/whip?prompt=what&delay_seconds=0.2";

  @TempDir Path folder;

  @Test
  void aReplacedConnectionContinuesAtOnce() throws Exception {
    try (var service = service("15");
        var first = new VideoSender();
        var second = new VideoSender()) {
      var whip = new WhipClient(service.client());
      var published = whip.publish(first, ASKING);
      String address = "/whip/" + published.session();
      EventClient events = service.client().socket("/ws/" + published.session());
      events.until(SendersReturnWithinTheGracePeriodTest::isResult);

      var taken = whip.offer(address, second.offer());
      assertThat(taken.statusCode()).isEqualTo(409);
      assertThat(TestClient.json(taken).path("code").asText()).isEqualTo("sender_connected");
      assertThat(whip.offer(address, second.offer(), "If-Match", "\"other\"").statusCode())
          .isEqualTo(412);

      var again = whip.publish(second, address, "If-Match", published.tag());
      assertThat(again.session()).isEqualTo(published.session());
      assertThat(again.path()).isNotEqualTo(published.path());
      assertThat(again.tag()).isNotEqualTo(published.tag());
      // OBS resolves the relative URL from the root, which leads to the same resource.
      assertThat(again.response().headers().firstValue("Location")).contains(".." + again.path());
      events.until(event -> event.path("detail").asText().equals("The sender reconnected."));
      JsonNode result = events.until(SendersReturnWithinTheGracePeriodTest::isResult).getLast();
      assertThat(result.path("ok").asBoolean()).isTrue();
      // The old URL is invalid: a late DELETE from the old connection ends nothing.
      assertThat(whip.call("DELETE", published.path()).statusCode()).isEqualTo(404);
      assertThat(whip.call("DELETE", again.path()).statusCode()).isEqualTo(200);
      events.untilEnd();
    }
  }

  /** RFC 9110, section 13.1.1. */
  @Test
  void anAsteriskReplacesAnyConnection() throws Exception {
    try (var service = service("15");
        var first = new VideoSender();
        var second = new VideoSender()) {
      var whip = new WhipClient(service.client());
      var published = whip.publish(first, ASKING);
      String address = "/whip/" + published.session();
      service
          .client()
          .socket("/ws/" + published.session())
          .until(SendersReturnWithinTheGracePeriodTest::isResult);
      var again = whip.publish(second, address, "If-Match", " * ");
      assertThat(again.session()).isEqualTo(published.session());
      assertThat(again.tag()).isNotEqualTo(published.tag());
      assertThat(whip.call("DELETE", published.path()).statusCode()).isEqualTo(404);
      assertThat(whip.call("DELETE", again.path()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aLostSenderContinues() throws Exception {
    try (var service = service("60");
        var second = new VideoSender()) {
      var whip = new WhipClient(service.client());
      WhipClient.Published published;
      EventClient events;
      try (var first = new VideoSender()) {
        published = whip.publish(first, ASKING);
        events = service.client().socket("/ws/" + published.session());
        events.until(SendersReturnWithinTheGracePeriodTest::isResult);
      }
      JsonNode gone =
          events.until(event -> event.path("detail").asText().startsWith("The ")).getLast();
      assertThat(gone.path("detail").asText()).endsWith("Waiting up to 60 s for it to reconnect.");
      var _ = whip.publish(second, "/whip/" + published.session());
      // Answers to the last clips of the first sender may come before.
      List<JsonNode> until =
          events.until(event -> event.path("detail").asText().equals("The sender reconnected."));
      assertThat(until).allMatch(event -> isResult(event) || event.equals(until.getLast()));
      events.until(SendersReturnWithinTheGracePeriodTest::isResult);
    }
  }

  @Test
  void anAbsentSenderEndsTheSession() throws Exception {
    try (var service = service("1")) {
      var whip = new WhipClient(service.client());
      EventClient events;
      try (var sender = new VideoSender()) {
        var published = whip.publish(sender, ASKING);
        events = service.client().socket("/ws/" + published.session());
        events.until(SendersReturnWithinTheGracePeriodTest::isResult);
      }
      JsonNode end = events.untilEnd().getLast();
      assertThat(end.path("status").asText()).isEqualTo("finished");
      assertThat(end.path("reason").asText()).endsWith("It did not reconnect within 1 s.");
    }
  }

  private RunningService service(String grace) throws Exception {
    return RunningService.on(
        folder.resolve("data"), ScriptedBackend.echo(), Map.of("FRAMEWISE_SOURCE_GRACE", grace));
  }

  private static boolean isResult(JsonNode event) {
    return event.path("type").asText().equals("result");
  }
}
