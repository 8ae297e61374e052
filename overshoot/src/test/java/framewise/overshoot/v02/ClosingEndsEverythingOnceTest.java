package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClosingEndsEverythingOnceTest extends StubTest {

  static Stream<StubReply> everyAnswerToADelete() {
    return Stream.of(
        StubReply.json(200, "{\"status\":\"ok\"}"),
        StubReply.empty(204),
        StubReply.json(404, "{\"error\":\"stream_not_found\"}"),
        StubReply.json(500, "{\"error\":\"internal\"}"),
        StubReply.cut());
  }

  @ParameterizedTest
  @MethodSource("everyAnswerToADelete")
  void withEveryAnswer(StubReply reply) throws Exception {
    stub.always(StubService.DELETE, reply);
    OvershootStream stream = open();
    SocketPeer peer = stub.socket();
    stream.close();
    stream.close();
    assertThat(heard.end()).isInstanceOf(V02StreamEnd.Closed.class);
    assertThat(peer.closeCode()).isEqualTo(1000);
    assertThat(stub.unasked(StubService.DELETE)).isEqualTo(1);
    assertThat(time.delays()).doesNotContain(Duration.ofSeconds(150));
    assertThat(stream.awaitEnd(Duration.ofSeconds(5)))
        .containsInstanceOf(V02StreamEnd.Closed.class);
    assertThat(heard.ends).isEmpty();
  }

  @Test
  void resultsBeforeTheDeleteAreDelivered() throws Exception {
    OvershootStream stream = open();
    SocketPeer peer = stub.socket();
    stub.always(
        StubService.DELETE,
        context -> {
          peer.result("last");
          context.result("{\"status\":\"ok\"}");
        });
    stream.close();
    assertThat(heard.ids(1)).containsExactly("last");
    assertThat(heard.end()).isInstanceOf(V02StreamEnd.Closed.class);
  }

  @Test
  void aSocketClosedBeforeTheReplyIsNoError() throws Exception {
    OvershootStream stream = open();
    SocketPeer peer = stub.socket();
    stub.always(
        StubService.DELETE,
        context -> {
          peer.close(1001, "stream ended: client_requested");
          peer.closeCode();
          context.result("{\"status\":\"ok\"}");
        });
    stream.close();
    assertThat(heard.end()).isInstanceOf(V02StreamEnd.Closed.class);
    assertThat(stub.unasked(StubService.DELETE)).isEqualTo(1);
    assertThat(heard.losses).isEmpty();
  }

  @Test
  void aConnectingStreamClosesToo() throws Exception {
    stub.refuseUpgrades(503);
    OvershootStream stream = open();
    time.awaitAlarm(Duration.ofSeconds(1));
    stream.close();
    assertThat(heard.end()).isInstanceOf(V02StreamEnd.Closed.class);
    time.awaitNoAlarm();
  }

  @Test
  void closingAfterTheEndSendsNothing() throws Exception {
    OvershootStream stream = open();
    stub.socket().close(1001, "stream ended: webrtc_disconnected");
    heard.end();
    stream.close();
    assertThat(stub.unasked(StubService.DELETE)).isZero();
    assertThat(heard.ends).isEmpty();
  }

  @Test
  void aListenerCanCloseItsStream() throws Exception {
    OvershootStream stream =
        client.open(
            request(),
            new V02StreamListener() {
              @Override
              public void onResult(framewise.overshoot.wire.InferenceResult result) {
                client.close();
              }

              @Override
              public void onEnd(V02StreamEnd end) {
                heard.onEnd(end);
              }
            });
    stub.socket().result("r1");
    assertThat(heard.end()).isInstanceOf(V02StreamEnd.Closed.class);
    assertThat(stream.ended()).isPresent();
  }

  @Test
  void closingTheClientClosesEveryStream() throws Exception {
    RecordingStreamListener other = new RecordingStreamListener();
    open();
    client.open(request(), other);
    stub.socket();
    stub.socket();
    client.close();
    assertThat(heard.end()).isInstanceOf(V02StreamEnd.Closed.class);
    assertThat(other.end()).isInstanceOf(V02StreamEnd.Closed.class);
    assertThat(stub.unasked(StubService.DELETE)).isEqualTo(2);
    client.close();
  }
}
