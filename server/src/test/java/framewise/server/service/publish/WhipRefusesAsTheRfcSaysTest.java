package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9725: refusals and their responses. */
@Timeout(120)
class WhipRefusesAsTheRfcSaysTest {
  private static final String KEY = "ovs_whip_4711";
  private static final String[] BEARER = {"Authorization", "Bearer " + KEY};

  @TempDir Path folder;
  private RunningService service;
  private WhipClient whip;

  @BeforeEach
  void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of(
                "FRAMEWISE_API_KEYS",
                KEY + ",ovs_another",
                "FRAMEWISE_ICE_SERVERS",
                "stun:127.0.0.1:9,turn:170000:7:se\"cret@127.0.0.1:9?transport=udp"));
    whip = new WhipClient(service.client());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void publishingNeedsAKey() throws Exception {
    for (String[] headers :
        new String[][] {{}, {"Authorization", "Bearer wrong"}, {"Authorization", "Basic " + KEY}}) {
      var refused = whip.offer("/whip", "v=0", headers);
      isProblem(refused, 401, "unauthorized");
      assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(refused.body()).doesNotContain(KEY);
    }
    isProblem(whip.call("DELETE", "/whip/a/b"), 401, "unauthorized");
    isProblem(whip.call("PATCH", "/whip/a/b"), 401, "unauthorized");
  }

  @Test
  void onlyOffersAreAccepted() throws Exception {
    for (String type : new String[] {"application/json", "text/plain", "application/sdpx"}) {
      var refused =
          service
              .client()
              .send(
                  service
                      .client()
                      .to("/whip", "Content-Type", type, BEARER[0], BEARER[1])
                      .POST(BodyPublishers.ofString("v=0")));
      isProblem(refused, 415, "unsupported_media_type");
      assertThat(refused.headers().firstValue("Accept-Post")).contains("application/sdp");
    }
    isProblem(
        service
            .client()
            .send(service.client().to("/whip", BEARER[0], BEARER[1]).POST(BodyPublishers.noBody())),
        415,
        "unsupported_media_type");
    isProblem(whip.offer("/whip", "", BEARER), 400, "sdp_malformed");
    isProblem(whip.offer("/whip", "{\"sdp\": 1}", BEARER), 400, "sdp_malformed");
    isProblem(whip.offer("/whip", "v".repeat((256 << 10) + 1), BEARER), 413, "too_large");
    String onlySound =
        """
        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=-
        t=0 0
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=sendonly
        """;
    isProblem(whip.offer("/whip", onlySound, BEARER), 422, "sdp_no_video");
    assertThat(TestClient.json(service.client().get("/sessions")).path("total").asInt()).isZero();
  }

  @Test
  void everyInvalidQueryFieldIsNamed() throws Exception {
    var refused =
        whip.offer(
            "/whip?fps=many&delay_seconds=0&sampling_ratio=2&output_schema=%7B&source=tv",
            "v=0", BEARER);
    isProblem(refused, 422, "invalid_field");
    assertThat(TestClient.json(refused).path("errors").findValuesAsText("field"))
        .contains("fps", "delay_seconds", "sampling_ratio", "output_schema", "source");
    try (var sender = new VideoSender()) {
      isProblem(whip.offer("/whip?backend=nobody", sender.offer(), BEARER), 422, "invalid_field");
    }
  }

  @Test
  void trickleAndRestartsAreRefused() throws Exception {
    try (var sender = new VideoSender()) {
      var published = whip.publish(sender, "/whip", BEARER);
      isProblem(whip.call("PATCH", published.path(), BEARER), 501, "patch_unsupported");
      isProblem(whip.call("PATCH", published.path() + "x", BEARER), 404, "not_found");
      assertThat(published.response().headers().firstValue("Accept-Patch")).isEmpty();
    }
  }

  @Test
  void reservedMethodsAreNotAllowed() throws Exception {
    for (String method : new String[] {"GET", "HEAD", "PUT"}) {
      assertThat(whip.call(method, "/whip", BEARER).statusCode()).as(method).isEqualTo(405);
      assertThat(whip.call(method, "/whip/a", BEARER).statusCode()).as(method).isEqualTo(405);
      assertThat(whip.call(method, "/whip/a/b", BEARER).statusCode()).as(method).isEqualTo(405);
    }
    assertThat(whip.offer("/whip/a/b", "v=0", BEARER).statusCode()).isEqualTo(405);
  }

  @Test
  void optionsStatesTheAcceptedTypes() throws Exception {
    var open = whip.call("OPTIONS", "/whip");
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(open.headers().firstValue("Accept-Post")).contains("application/sdp");
    assertThat(open.headers().firstValue("Allow")).contains("OPTIONS, POST");
    assertThat(open.headers().allValues("Link")).isEmpty();
    isProblem(whip.call("OPTIONS", "/whip", "Authorization", "Bearer wrong"), 401, "unauthorized");
    assertThat(whip.call("OPTIONS", "/whip", BEARER).headers().allValues("Link"))
        .containsExactly(
            "<stun:127.0.0.1:9>; rel=\"ice-server\"",
            "<turn:127.0.0.1:9?transport=udp>; rel=\"ice-server\"; username=\"170000:7\";"
                + " credential=\"se\\\"cret\"; credential-type=\"password\"");
    assertThat(whip.call("OPTIONS", "/whip/a/b").headers().firstValue("Allow"))
        .contains("DELETE, OPTIONS, PATCH");
  }

  @Test
  void responsesListTheIceServers() throws Exception {
    try (var sender = new VideoSender()) {
      var published = whip.publish(sender, "/whip", BEARER);
      assertThat(published.response().headers().allValues("Link"))
          .hasSize(2)
          .allMatch(link -> link.contains("rel=\"ice-server\""));
      assertThat(published.response().headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void keysCannotTouchSessionsOfOthers() throws Exception {
    String[] other = {"Authorization", "Bearer ovs_another"};
    try (var sender = new VideoSender()) {
      var published = whip.publish(sender, "/whip", BEARER);
      isProblem(whip.call("DELETE", published.path(), other), 404, "not_found");
      isProblem(
          whip.offer("/whip/" + published.session(), sender.offer(), other),
          404,
          "session_not_found");
      assertThat(whip.call("DELETE", published.path(), BEARER).statusCode()).isEqualTo(200);
      isProblem(
          whip.offer("/whip/" + published.session(), sender.offer(), other),
          404,
          "session_not_found");
    }
  }

  @Test
  void onlyPublishableSessionsAccept() throws Exception {
    isProblem(whip.offer("/whip/none", "v=0", BEARER), 404, "session_not_found");
    String ofOthers = service.client().uploaded(TestVideos.moving(folder, 1));
    isProblem(whip.offer("/whip/" + ofOthers, "v=0", BEARER), 404, "session_not_found");
    var upload =
        service
            .client()
            .to(
                "/upload-video",
                "Content-Type",
                "multipart/form-data; boundary=" + TestClient.boundary(),
                BEARER[0],
                BEARER[1])
            .POST(
                TestClient.form(
                    "file", "a.mp4", BodyPublishers.ofFile(TestVideos.moving(folder, 2))));
    String own = TestClient.json(service.client().send(upload)).required("session_id").asText();
    isProblem(whip.offer("/whip/" + own, "v=0", BEARER), 409, "wrong_status");
  }

  private static void isProblem(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(TestClient.json(response).path("code").asText()).isEqualTo(code);
  }
}
