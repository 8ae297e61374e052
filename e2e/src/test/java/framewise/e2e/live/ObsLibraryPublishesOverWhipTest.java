package framewise.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Uses {@link ObsSender}, OBS's library with OBS's settings, instead of OBS itself. */
@Timeout(240)
class ObsLibraryPublishesOverWhipTest {
  private static final String KEY = "whip_obs_4711";
  private static final String ASKING = "/whip?prompt=Read+any+visible+text&delay_seconds=0.5";

  @RegisterExtension
  static final JarService service =
      JarService.with(
          Map.of(
              "FRAMEWISE_API_KEYS",
              KEY,
              "FRAMEWISE_ICE_SERVERS",
              "stun:127.0.0.1:9,turn:obs:word@127.0.0.1:9?transport=udp",
              "FRAMEWISE_SOURCE_GRACE",
              "60"));

  @TempDir Path folder;

  @Test
  void itsPicturesAreReadUntilItStops() throws Exception {
    try (ObsSender obs = start(ASKING, "GATE 7")) {
      JsonNode published = obs.published();
      assertThat(published.path("status").asInt()).as(published.toString()).isEqualTo(201);
      assertThat(published.path("offer").asText())
          .as("the offer as OBS writes it: sound first, H.264 in its profile, no candidates")
          .containsSubsequence(
              "a=group:BUNDLE 0 1",
              "m=audio 9 UDP/TLS/RTP/SAVPF 111",
              "a=mid:0",
              "a=sendonly",
              "a=rtpmap:111 opus/48000/2",
              "m=video 9 UDP/TLS/RTP/SAVPF 96",
              "a=mid:1",
              "a=sendonly",
              "a=rtpmap:96 H264/90000",
              "a=fmtp:96 profile-level-id=42e01f;packetization-mode=1")
          .doesNotContain("a=candidate", "a=end-of-candidates");
      awaitResult(obs.session(), 3, "GATE 7");
      JsonNode session = service.get("/sessions/" + obs.session());
      assertThat(session.path("status").asText()).isEqualTo("streaming");
      assertThat(session.at("/source/type").asText()).isEqualTo("whip");
      assertThat(session.at("/video/codec").asText()).isEqualTo("h264");
      assertThat(session.at("/video/width").asInt()).isEqualTo(640);

      assertThat(obs.stop()).isEqualTo(200);
      isEndedByItsSender(obs.session());
    }
  }

  @Test
  void aSecondStartIsANewSession() throws Exception {
    String first;
    try (ObsSender obs = start(ASKING, "EXIT 42")) {
      first = obs.session();
      awaitResult(first, 1, "EXIT 42");
      assertThat(obs.stop()).isEqualTo(200);
    }
    try (ObsSender obs = start(ASKING, "DOCK 3")) {
      awaitResult(obs.session(), 1, "DOCK 3");
      assertThat(obs.session()).isNotEqualTo(first);
      assertThat(obs.stop()).isEqualTo(200);
      isEndedByItsSender(obs.session());
    }
  }

  /** Regression: OBS resolves a relative URL from the root, so its DELETE request got a 404. */
  @Test
  void itReturnsToTheSessionOfItsUrl() throws Exception {
    String session;
    try (ObsSender obs = start(ASKING, "EXIT 42")) {
      session = obs.session();
      awaitResult(session, 1, "EXIT 42");
    }
    try (ObsSender obs = reconnect("/whip/" + session, "DOCK 3")) {
      assertThat(obs.session()).isEqualTo(session);
      awaitResult(session, 1, "DOCK 3");
      assertThat(obs.stop()).isEqualTo(200);
      isEndedByItsSender(session);
    }
  }

  /**
   * By default, x264 in OBS writes a key frame every 250 pictures, and none on demand. Regression:
   * a sender whose first key frame came before the connection was considered disconnected after ten
   * seconds.
   */
  @Test
  void aLateKeyFrameIsAwaited() throws Exception {
    try (ObsSender obs = start(ASKING, "GATE 7", new ObsSender.Encoder(24, 250, 5))) {
      awaitResult(obs.session(), 1, "GATE 7");
      assertThat(obs.stop()).isEqualTo(200);
      isEndedByItsSender(obs.session());
    }
  }

  @Test
  void itUnderstandsTheListOfIceServers() throws Exception {
    try (ObsSender obs = start(ASKING, "GATE 7")) {
      JsonNode servers = obs.published().path("servers");
      assertThat(servers).hasSize(2);
      assertThat(servers.path(0).path("url").asText()).isEqualTo("stun:127.0.0.1:9");
      assertThat(servers.path(1).path("url").asText()).isEqualTo("turn:127.0.0.1:9?transport=udp");
      assertThat(servers.path(1).path("username").asText()).isEqualTo("obs");
      assertThat(servers.path(1).path("password").asText()).isEqualTo("word");
      assertThat(obs.stop()).isEqualTo(200);
    }
  }

  @Test
  void aWrongTokenIsRefused() throws Exception {
    try (ObsSender obs =
        ObsSender.start(
            service.address() + ASKING, "wrong", "GATE 7", ObsSender.Encoder.ADVISED, folder)) {
      assertThat(obs.published().path("status").asInt()).isEqualTo(401);
    }
  }

  private ObsSender start(String path, String words) throws Exception {
    return start(path, words, ObsSender.Encoder.ADVISED);
  }

  private ObsSender start(String path, String words, ObsSender.Encoder encoder) throws Exception {
    return ObsSender.start(service.address() + path, KEY, words, encoder, folder);
  }

  /**
   * Retries like OBS: the service refuses a second sender until it has noticed that the first one
   * is lost.
   */
  private ObsSender reconnect(String path, String words) {
    return patiently("it is let in")
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> start(path, words),
            obs -> {
              int status = obs.published().path("status").asInt();
              if (status != 201) {
                assertThat(status).isEqualTo(409);
                obs.close();
              }
              return status == 201;
            });
  }

  private void isEndedByItsSender(String session) {
    patiently("the session ends").until(() -> status(session).equals("finished"));
    assertThat(service.get("/sessions/" + session).path("reason").asText())
        .isEqualTo("The video's sender ended it.");
  }

  private static void awaitResult(String session, int count, String words) {
    patiently(words + " is read")
        .until(
            () ->
                service
                        .get("/sessions/" + session + "/results")
                        .path("results")
                        .findValuesAsText("result")
                        .stream()
                        .filter(words::equals)
                        .count()
                    >= count);
  }

  private static String status(String session) {
    return service.get("/sessions/" + session).path("status").asText();
  }

  private static ConditionFactory patiently(String alias) {
    return await(alias).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
  }
}
