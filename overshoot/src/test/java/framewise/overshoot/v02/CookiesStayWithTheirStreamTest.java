package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CookiesStayWithTheirStreamTest extends StubTest {

  @Test
  void everyRequestAndTheSocketSendTheCookie() throws Exception {
    stub.once(StubService.CREATE, created("one", "machine-1"), created("two", "machine-2"));
    OvershootStream one = open();
    SocketPeer socketOfOne = stub.socket();
    OvershootStream two = client.open(request(), new RecordingStreamListener());
    stub.socket();
    assertThat(stub.request(StubService.CREATE).header("cookie")).isEmpty();
    assertThat(stub.request(StubService.CREATE).header("cookie")).isEmpty();
    assertThat(cookieOfUpgrade()).isEqualTo("media-gateway-route=machine-1");
    assertThat(cookieOfUpgrade()).isEqualTo("media-gateway-route=machine-2");

    one.updatePrompt("q");
    assertThat(stub.request(StubService.PROMPT).header("cookie"))
        .hasValue("media-gateway-route=machine-1");
    two.updatePrompt("q");
    assertThat(stub.request(StubService.PROMPT).header("cookie"))
        .hasValue("media-gateway-route=machine-2");
    socketOfOne.close(1012, "");
    time.passAlarm(Duration.ofSeconds(1));
    stub.socket();
    assertThat(cookieOfUpgrade()).isEqualTo("media-gateway-route=machine-1");
    one.close();
    assertThat(stub.request(StubService.DELETE).header("cookie"))
        .hasValue("media-gateway-route=machine-1");
  }

  @Test
  void aChangedCookieIsUsed() throws Exception {
    stub.once(StubService.CREATE, created("one", "machine-1"));
    OvershootStream one = open();
    stub.once(
        StubService.PROMPT,
        context -> {
          context.header("Set-Cookie", "media-gateway-route=machine-9; Path=/; HttpOnly");
          context.result("{\"id\":\"c\"}");
        });
    one.updatePrompt("q");
    one.updatePrompt("q");
    stub.request(StubService.PROMPT);
    assertThat(stub.request(StubService.PROMPT).header("cookie"))
        .hasValue("media-gateway-route=machine-9");
  }

  private @Nullable String cookieOfUpgrade() throws Exception {
    return RecordingStreamListener.next(stub.upgrades).get("Cookie");
  }

  private static StubReply created(String id, String machine) {
    return context -> {
      context.header(
          "Set-Cookie", "media-gateway-route=" + machine + "; Path=/; HttpOnly; SameSite=None");
      context
          .status(201)
          .result(
              "{\"stream_id\":\"" + id + "\",\"webrtc\":{\"type\":\"answer\",\"sdp\":\"v=0\"}}");
    };
  }
}
