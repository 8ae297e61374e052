package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.overshoot.OvershootException;
import framewise.overshoot.wire.InferenceResult;
import framewise.overshoot.wire.Mode;
import framewise.overshoot.wire.StopReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsArriveOnceWhateverTheSocketDoesTest extends StubTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void resultsArriveComplete() throws Exception {
    open();
    stub.socket().result("r1");
    InferenceResult result = RecordingStreamListener.next(heard.results);
    assertThat(result.id()).isEqualTo("r1");
    assertThat(result.streamId()).isEqualTo("s1");
    assertThat(result.mode()).hasValue(Mode.CLIP);
    assertThat(result.result()).isEqualTo("answer r1");
    assertThat(result.inferenceLatencyMs()).isEqualTo(200);
    assertThat(result.totalLatencyMs()).isEqualTo(300);
    assertThat(result.ok()).isTrue();
    assertThat(result.finishReason()).hasValue("stop");
    assertThat(RecordingStreamListener.next(heard.connections)).isZero();
  }

  @Test
  void aReconnectDeliversNothingTwice() throws Exception {
    OvershootStream stream = open();
    SocketPeer first = stub.socket();
    first.result("r1");
    first.result("r2");
    assertThat(heard.ids(2)).containsExactly("r1", "r2");
    first.cut();
    comeBackAfterCut();
    SocketPeer second = stub.socket();
    second.result("r1");
    second.result("r2");
    second.result("r3");
    assertThat(heard.ids(1)).containsExactly("r3");
    assertThat(stream.counts().duplicates()).isEqualTo(2);
    assertThat(stream.counts().connections()).isEqualTo(2);
    RecordingStreamListener.Lost lost = RecordingStreamListener.next(heard.losses);
    assertThat(lost.pause()).isEqualTo(SECOND);
    assertThat(lost.why()).startsWith("Failed to connect to Overshoot.ai");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, ''",
    "1000, bye",
    "1001, ''",
    "1003, odd",
    "1011, crashed",
    "1012, restart",
    "1013, later",
    "4000, own"
  })
  void otherCloseCodesReconnect(int code, String reason) throws Exception {
    open();
    stub.socket().close(code, reason);
    time.passAlarm(SECOND);
    stub.socket().result("r1");
    assertThat(heard.ids(1)).containsExactly("r1");
    assertThat(RecordingStreamListener.next(heard.losses).why()).contains("code " + code);
    assertThat(heard.ends).isEmpty();
  }

  @Test
  void fiveReconnectsInARowAreFine() throws Exception {
    open();
    for (int i = 1; i <= 5; i++) {
      SocketPeer peer = stub.socket();
      peer.result("r" + i);
      assertThat(heard.ids(1)).containsExactly("r" + i);
      peer.cut();
      comeBackAfterCut();
    }
    stub.socket();
  }

  @Test
  void waitsGrowUntilTheStreamIsGivenUp() throws Exception {
    open();
    stub.socket().close(1012, "");
    for (int wait : new int[] {1, 2, 4}) {
      time.passAlarm(Duration.ofSeconds(wait));
      stub.socket().close(1012, "");
    }
    time.passAlarm(Duration.ofSeconds(8));
    SocketPeer lively = stub.socket();
    lively.result("r1");
    assertThat(heard.ids(1)).containsExactly("r1");
    lively.close(1012, "");
    for (int wait : new int[] {1, 2, 4, 8, 10, 10, 10, 10}) {
      time.passAlarm(Duration.ofSeconds(wait));
      stub.socket().close(1012, "");
    }
    assertThat(heard.end())
        .isInstanceOfSatisfying(
            V02StreamEnd.Failed.class,
            end -> {
              assertThat(end.error()).isInstanceOf(OvershootException.Unreachable.class);
              assertThat(end.restartable()).isTrue();
            });
    // The service may still run, and bill, the stream.
    stub.request(StubService.DELETE);
  }

  @Test
  void aLongConnectionResetsTheWaits() throws Exception {
    open();
    stub.socket().close(1012, "");
    time.passAlarm(SECOND);
    SocketPeer quiet = stub.socket();
    time.awaitAlarm(Duration.ofSeconds(15));
    time.advance(Duration.ofSeconds(15));
    time.awaitAlarm(Duration.ofSeconds(15));
    time.advance(Duration.ofSeconds(15));
    quiet.close(1012, "");
    time.passAlarm(SECOND);
    stub.socket();
  }

  @Test
  void aTemporaryRefusalIsRetried() throws Exception {
    stub.refuseUpgrades(503, 429, 500);
    open();
    for (int wait : new int[] {1, 2, 4}) {
      time.passAlarm(Duration.ofSeconds(wait));
    }
    stub.socket().result("r1");
    assertThat(heard.ids(1)).containsExactly("r1");
    assertThat(RecordingStreamListener.next(heard.connections)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "401, unauthorized, false",
    "403, unauthorized, false",
    "402, insufficient_credits, false",
    "404, not_found, true",
    "400, invalid_request, false"
  })
  void aPermanentRefusalEndsTheStream(int status, String code, boolean restartable)
      throws Exception {
    stub.refuseUpgrades(status);
    open();
    V02StreamEnd end = heard.end();
    assertThat(end).isInstanceOf(V02StreamEnd.Failed.class);
    assertThat(((V02StreamEnd.Failed) end).error().code()).isEqualTo(code);
    assertThat(end.restartable()).isEqualTo(restartable);
  }

  @Test
  void aRefusedKeyEndsTheStream() throws Exception {
    OvershootStream stream = open();
    SocketPeer peer = stub.socket();
    peer.result("r1");
    peer.close(1008, "API key revoked");
    assertThat(heard.end())
        .isInstanceOfSatisfying(
            V02StreamEnd.Failed.class,
            end -> {
              assertThat(end.error()).isInstanceOf(OvershootException.Unauthorized.class);
              assertThat(end.error()).hasMessageContaining("API key revoked");
              assertThat(end.restartable()).isFalse();
            });
    assertThat(heard.ids(1)).containsExactly("r1");
    assertThat(stream.ended()).isPresent();
    assertThat(stub.sockets).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void closeReasonsAreTyped(StopReason reason) throws Exception {
    open();
    SocketPeer peer = stub.socket();
    peer.result("r1");
    peer.close(1001, reason == StopReason.OTHER ? "house rules" : reason.closeText());
    assertThat(heard.end())
        .isInstanceOfSatisfying(
            V02StreamEnd.Ended.class,
            end -> {
              assertThat(end.reason()).isEqualTo(reason);
              assertThat(end.restartable())
                  .isEqualTo(
                      reason != StopReason.CLIENT_REQUESTED
                          && reason != StopReason.INSUFFICIENT_CREDITS);
            });
    assertThat(heard.ids(1)).containsExactly("r1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "",
        "{\"type\":\"ack\"}",
        "{\"id\":",
        "[]",
        "null",
        "{\"id\":\"x\"} {}"
      })
  void unreadableMessagesAreCountedAndSkipped(String message) throws Exception {
    OvershootStream stream = open();
    SocketPeer peer = stub.socket();
    peer.send(message);
    peer.binary();
    peer.result("r1");
    assertThat(heard.ids(1)).containsExactly("r1");
    assertThat(stream.counts().unreadable()).isEqualTo(2);
  }

  @Test
  void fragmentsAreJoinedAndOversizedMessagesSkipped() throws Exception {
    OvershootStream stream = open();
    SocketPeer peer = stub.socket();
    peer.inParts("{\"id\":\"r1\",\"result\":\"on", "e\",\"ok\":true}");
    assertThat(RecordingStreamListener.next(heard.results).result()).isEqualTo("one");
    peer.send("{\"id\":\"big\",\"result\":\"" + "x".repeat(3_000_000) + "\",\"ok\":true}");
    assertThat(RecordingStreamListener.next(heard.results).result()).hasSize(3_000_000);
    peer.send("{\"id\":\"huge\",\"result\":\"" + "x".repeat(5_000_000) + "\",\"ok\":true}");
    peer.result("r2");
    assertThat(heard.ids(1)).containsExactly("r2");
    assertThat(stream.counts().unreadable()).isEqualTo(1);
  }

  @Test
  void resultsWithoutAnIdAreAllDelivered() throws Exception {
    open();
    SocketPeer peer = stub.socket();
    peer.send("{\"result\":\"a\",\"ok\":true}");
    peer.send("{\"result\":\"a\",\"ok\":true}");
    assertThat(heard.ids(2)).containsExactly("", "");
  }

  @Test
  void aThrowingListenerStillGetsTheNext() throws Exception {
    OvershootStream stream =
        client.open(
            request(),
            new V02StreamListener() {
              @Override
              public void onResult(InferenceResult result) {
                heard.onResult(result);
                throw new IllegalStateException("a fault of the program");
              }

              @Override
              public void onEnd(V02StreamEnd end) {
                heard.onEnd(end);
              }
            });
    SocketPeer peer = stub.socket();
    peer.result("r1");
    peer.result("r2");
    assertThat(heard.ids(2)).containsExactly("r1", "r2");
    stream.close();
    heard.end();
    assertThat(stream.counts().listenerFaults()).isEqualTo(2);
  }

  /**
   * Advances the time by the delay after a disconnection. If a message was being received, the JDK
   * may not have reported the disconnection, so that it is detected only by the silence.
   */
  private void comeBackAfterCut() throws Exception {
    if (!time.hasAlarm(SECOND)) {
      time.passAlarm(Duration.ofSeconds(15));
      time.passAlarm(Duration.ofSeconds(15));
    }
    time.passAlarm(SECOND);
  }
}
