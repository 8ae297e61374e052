package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.livekit.LiveKitClient;
import framewise.server.livekit.LiveKitClient.Message;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.watch.ShiftedClock;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signalling by hand, with a real peer connection. The unmodified clients are tested in the module
 * e2e.
 */
@Timeout(240)
class LiveKitClientsPublishTest {
  private static final int JOIN = 1;
  private static final int ANSWER = 2;
  private static final int PUBLISHED = 6;
  private static final int LEAVE = 8;
  private static final int REFRESH = 16;
  private static final int RESUMED = 19;
  private static final int PONG = 20;

  @TempDir Path folder;

  /** A stream, with the URL and the token for its publisher. */
  private record Stream(String id, String url, String token) {}

  @Test
  void aPublisherIsReceivedFromJoinToLeave() throws Exception {
    try (var service = service(new ShiftedClock());
        var sender = new VideoSender()) {
      TestClient client = service.client();
      Stream stream = made(client);
      assertThat(stream.url()).isEqualTo("ws://127.0.0.1:" + client.port());
      assertThat(ask(client, stream).statusCode()).isEqualTo(409);
      try (var publisher = LiveKitClient.join(client.port(), stream.token(), sender.offer())) {
        Message join = publisher.next(JOIN);
        assertThat(join.message(1).text(2)).isEqualTo(stream.id());
        assertThat(join.message(2).text(1)).startsWith("PA_");
        assertThat(join.message(2).message(11).number(1)).as("may subscribe").isZero();
        assertThat(join.message(2).message(11).number(2)).as("may publish").isEqualTo(1);
        Message answer = publisher.next(ANSWER);
        assertThat(answer.number(3)).isEqualTo(1);
        sender.accept(answer.text(2));
        publisher.announce("video");
        assertThat(publisher.next(PUBLISHED).message(2).text(1)).startsWith("TR_");
        awaitPicture(client, stream);
        publisher.ping(7);
        assertThat(publisher.next(PONG).number(1)).isEqualTo(7);
        publisher.leave();
        assertThat(publisher.closed()).isEqualTo(1000);
      }
      awaitStatus(client, stream, "finished");
      assertThat(state(client, stream)).isEqualTo("active");
    }
  }

  @Test
  void aLostSocketResumesWhileMediaContinues() throws Exception {
    try (var service = service(new ShiftedClock());
        var sender = new VideoSender()) {
      TestClient client = service.client();
      Stream stream = made(client);
      var publisher = LiveKitClient.join(client.port(), stream.token(), sender.offer());
      String sid = publisher.next(JOIN).message(2).text(1);
      sender.accept(publisher.next(ANSWER).text(2));
      awaitPicture(client, stream);
      publisher.cut();
      long before = frames(client, stream);
      await().until(() -> frames(client, stream) > before);
      try (var again = LiveKitClient.resume(client.port(), stream.token(), sid)) {
        again.next(RESUMED);
        again.ping(8);
        assertThat(again.next(PONG).number(1)).isEqualTo(8);
        assertThat(status(client, stream)).isEqualTo("streaming");
        try (var older =
            new LiveKitClient(
                client.port(),
                "/rtc?access_token=%s&reconnect=1&sid=%s".formatted(stream.token(), sid))) {
          older.next(RESUMED);
          assertThat(again.closed()).isEqualTo(1000);
        }
      }
      try (var stranger = LiveKitClient.resume(client.port(), stream.token(), "PA_other")) {
        assertThat(stranger.next(LEAVE).number(3)).as("connect anew").isEqualTo(2);
      }
      publisher.close();
    }
  }

  @Test
  void aReturningPublisherReplacesItselfAndASecondIsRefused() throws Exception {
    try (var service = service(new ShiftedClock());
        var sender = new VideoSender();
        var next = new VideoSender()) {
      TestClient client = service.client();
      Stream stream = made(client);
      var publisher = LiveKitClient.join(client.port(), stream.token(), sender.offer());
      sender.accept(publisher.next(ANSWER).text(2));
      awaitPicture(client, stream);
      try (var second = LiveKitClient.join(client.port(), stream.token(), next.offer())) {
        assertThat(second.next(LEAVE).number(2)).as("duplicate identity").isEqualTo(2);
        assertThat(second.closed()).isEqualTo(1000);
      }
      assertThat(new WhipClient(client).offer("/whip/" + stream.id(), next.offer()).statusCode())
          .isEqualTo(409);
      publisher.cut();
      await()
          .until(
              () -> {
                try (var back = LiveKitClient.join(client.port(), stream.token(), next.offer())) {
                  return back.first() == JOIN;
                }
              });
      publisher.close();
    }
  }

  @Test
  void refusalsOfTokensAndEndedStreamsHaveAReason() throws Exception {
    var clock = new ShiftedClock();
    try (var service = service(clock)) {
      TestClient client = service.client();
      Stream stream = made(client);
      HttpResponse<String> good =
          client.get(validate(stream.token()), "Origin", "https://a.example");
      assertThat(good.statusCode()).isEqualTo(200);
      assertThat(good.body()).isEqualTo("success");
      assertThat(good.headers().firstValue("Access-Control-Allow-Origin"))
          .contains("https://a.example");
      for (String wrong :
          new String[] {"", "no-token", stream.token() + "x", share(client, stream.id())}) {
        HttpResponse<String> refused = client.get(validate(wrong));
        assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
        assertThat(refused.body()).contains("keepalive");
        assertThatThrownBy(() -> LiveKitClient.join(client.port(), wrong, ""))
            .hasCauseInstanceOf(WebSocketHandshakeException.class);
      }
      assertThat(
              client
                  .get(
                      "/sessions/" + stream.id() + "?token=" + stream.token(),
                      "X-Forwarded-For",
                      "192.0.2.7")
                  .statusCode())
          .as("the token opens nothing else")
          .isEqualTo(401);
      clock.advance(Duration.ofMinutes(11));
      assertThat(client.get(validate(stream.token())).statusCode()).isEqualTo(401);
      Stream other = made(client);
      assertThat(client.delete("/v1beta/streams/" + other.id()).statusCode()).isEqualTo(200);
      HttpResponse<String> ended = client.get(validate(other.token()));
      assertThat(ended.statusCode()).isEqualTo(404);
      assertThat(ended.body()).contains("requested room does not exist");
      assertThat(client.get("/rtc/v1?access_token=" + stream.token()).statusCode()).isEqualTo(426);
    }
  }

  @Test
  void publishersGetNewTokensAndTheEndOfTheLease() throws Exception {
    var clock = new ShiftedClock();
    try (var service = service(clock);
        var sender = new VideoSender()) {
      TestClient client = service.client();
      Stream stream = made(client);
      try (var publisher = LiveKitClient.join(client.port(), stream.token(), sender.offer())) {
        sender.accept(publisher.next(ANSWER).text(2));
        awaitPicture(client, stream);
        clock.advance(Duration.ofSeconds(250));
        JsonNode kept =
            TestClient.json(client.post("/v1beta/streams/" + stream.id() + "/keepalive", ""));
        assertThat(kept.at("/publish/type").asText()).isEqualTo("livekit");
        await()
            .until(
                () -> {
                  publisher.ping(1);
                  return publisher.has(REFRESH);
                });
        DecodedJWT fresh = JWT.decode(publisher.refreshed());
        assertThat(fresh.getExpiresAtAsInstant())
            .isAfter(JWT.decode(stream.token()).getExpiresAtAsInstant());
        assertThat(fresh.getClaim("video").asMap()).containsEntry("room", stream.id());
        clock.advance(Duration.ofSeconds(310));
        Message leave = publisher.next(LEAVE);
        assertThat(leave.number(2)).as("room deleted").isEqualTo(5);
        assertThat(leave.number(3)).as("stay away").isZero();
        assertThat(publisher.closed()).isEqualTo(1000);
      }
      await().until(() -> state(client, stream).equals("ended"));
    }
  }

  @Test
  void aMutedVideoDoesNotEndTheStream() throws Exception {
    try (var service = service(new ShiftedClock());
        var sender = new VideoSender()) {
      TestClient client = service.client();
      Stream stream = made(client);
      try (var publisher = LiveKitClient.join(client.port(), stream.token(), "")) {
        publisher.announce("video");
        String track = publisher.next(PUBLISHED).message(2).text(1);
        publisher.offer(sender.offer(), 2);
        Message answer = publisher.next(ANSWER);
        assertThat(answer.number(3)).isEqualTo(2);
        sender.accept(answer.text(2));
        awaitPicture(client, stream);
        publisher.mute(track, true);
        await()
            .until(
                () ->
                    TestClient.json(client.get("/sessions/" + stream.id()))
                        .toString()
                        .contains("muted"));
        publisher.mute(track, false);
        await()
            .until(
                () ->
                    !TestClient.json(client.get("/sessions/" + stream.id()))
                        .toString()
                        .contains("muted"));
        assertThat(status(client, stream)).isEqualTo("streaming");
      }
    }
  }

  @Test
  void invalidSignalsEndOnlyTheirConnection() throws Exception {
    try (var service = service(new ShiftedClock())) {
      TestClient client = service.client();
      for (String bad : new String[] {"%%%", "AAAA", "CAESBGFiY2Q"}) {
        Stream stream = made(client);
        assertThatThrownBy(
                () ->
                    new LiveKitClient(
                        client.port(),
                        "/rtc/v1?access_token=%s&join_request=%s"
                            .formatted(stream.token(), bad.replace("%", "%25"))))
            .as(bad)
            .hasCauseInstanceOf(WebSocketHandshakeException.class);
      }
      Stream stream = made(client);
      try (var publisher = LiveKitClient.join(client.port(), stream.token(), "v=0\r\na=%n%n%n")) {
        assertThat(publisher.next(LEAVE).number(2)).as("join failure").isEqualTo(7);
      }
      await()
          .until(
              () -> {
                try (var publisher = LiveKitClient.join(client.port(), stream.token(), "")) {
                  if (publisher.first() != JOIN) {
                    return false;
                  }
                  publisher.send(new byte[] {0x0a, 0x7f});
                  return publisher.next(LEAVE).number(2) == 6;
                }
              });
      assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(state(client, stream)).isEqualTo("active");
    }
  }

  /** Seen: a client that had joined and sent nothing got no message; only its socket was closed. */
  @Test
  void deletingAStreamDisconnectsItsClients() throws Exception {
    try (var service = service(new ShiftedClock())) {
      TestClient client = service.client();
      Stream stream = made(client);
      try (var publisher = LiveKitClient.join(client.port(), stream.token(), "")) {
        publisher.next(JOIN);
        assertThat(client.delete("/v1beta/streams/" + stream.id()).statusCode()).isEqualTo(200);
        Message leave = publisher.next(LEAVE);
        assertThat(leave.number(2)).as("room deleted").isEqualTo(5);
        assertThat(leave.number(3)).as("stay away").isZero();
        assertThat(publisher.closed()).isEqualTo(1000);
      }
    }
  }

  @Test
  void theRightsOfATokenEndWithItsMaker() throws Exception {
    try (var service = service(new ShiftedClock())) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      String[] owner = access.key("operator");
      Stream stream = made(client, owner);
      assertThat(client.get(validate(stream.token())).statusCode()).isEqualTo(200);
      try (var publisher = LiveKitClient.join(client.port(), stream.token(), "")) {
        publisher.next(JOIN);
        revokeKeys(client, access);
        // Without pings: a client that sends only other messages must not stay connected either.
        assertThat(publisher.next(LEAVE).number(2)).as("participant removed").isEqualTo(4);
      }
      assertThat(client.get(validate(stream.token())).statusCode()).isEqualTo(401);
    }
  }

  private RunningService service(ShiftedClock clock) throws Exception {
    return RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of(), clock);
  }

  private static Stream made(TestClient client, String... headers) throws Exception {
    HttpResponse<String> made =
        client.send(
            client
                .to("/v1beta/streams", headers)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode json = TestClient.json(made);
    assertThat(json.at("/publish/type").asText()).isEqualTo("livekit");
    return new Stream(
        json.path("id").asText(),
        json.at("/publish/url").asText(),
        json.at("/publish/token").asText());
  }

  private static void revokeKeys(TestClient client, AccessFixture access) throws Exception {
    String[] admin = access.admin().headers();
    for (JsonNode key : TestClient.json(client.get("/access/keys", admin)).findValues("id")) {
      AccessFixture.ok(client.send(client.to("/access/keys/" + key.asText(), admin).DELETE()));
    }
  }

  private static String validate(String token) {
    return "/rtc/v1/validate?access_token=" + token;
  }

  /** A token for viewing the session: signed with the same key, but not valid for publishing. */
  private static String share(TestClient client, String session) throws Exception {
    return TestClient.json(AccessFixture.ok(client.post("/sessions/" + session + "/token", "{}")))
        .required("token")
        .asText();
  }

  private static HttpResponse<String> ask(TestClient client, Stream stream) throws Exception {
    return client.post(
        "/v1beta/chat/completions",
        ("{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"ovs://streams/%s?frame_index=-1\"}}]}]}")
            .formatted(stream.id()));
  }

  private static void awaitPicture(TestClient client, Stream stream) {
    await().atMost(Duration.ofSeconds(60)).until(() -> ask(client, stream).statusCode() == 200);
  }

  private static void awaitStatus(TestClient client, Stream stream, String wanted) {
    await().until(() -> status(client, stream).equals(wanted));
  }

  private static String status(TestClient client, Stream stream) throws Exception {
    return TestClient.json(client.get("/sessions/" + stream.id())).path("status").asText();
  }

  private static String state(TestClient client, Stream stream) throws Exception {
    return TestClient.json(client.get("/v1beta/streams/" + stream.id())).path("state").asText();
  }

  private static long frames(TestClient client, Stream stream) throws Exception {
    return TestClient.json(client.get("/v1beta/streams/" + stream.id()))
        .path("last_frame_index")
        .asLong();
  }
}
