package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.overshoot.OvershootException;
import framewise.overshoot.wire.StopReason;
import framewise.overshoot.wire.answer.KeepaliveResponse;
import framewise.overshoot.wire.answer.StreamState;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeasesAreRenewedInTimeTest extends StubTest {

  private static final Duration HALF = Duration.ofSeconds(20);

  @BeforeEach
  void fortySeconds() {
    stub.lease(40);
    renewsFor(40);
  }

  @Test
  void itIsRenewedAtHalfItsTime() throws Exception {
    OvershootStream stream = open();
    for (int i = 0; i < 3; i++) {
      time.passAlarm(HALF);
      stub.request(StubService.KEEPALIVE);
      RecordingStreamListener.next(heard.renewals);
    }
    assertThat(stream.counts().renewals()).isEqualTo(3);
    assertThat(heard.ends).isEmpty();
  }

  @Test
  void costsAreReported() throws Exception {
    stub.always(
        StubService.KEEPALIVE,
        StubReply.json(
            200,
            """
            {"status":"ok","stream_id":"s1","ttl_seconds":40,"credits_remaining_cents":990,"cost_cents":1.5,
             "seconds_charged":20.5,"state":"active"}
            """));
    open();
    time.passAlarm(HALF);
    KeepaliveResponse renewal = RecordingStreamListener.next(heard.renewals);
    assertThat(renewal.creditsRemainingCents()).hasValue(990L);
    assertThat(renewal.costCents()).hasValue(1.5);
    assertThat(renewal.secondsCharged()).hasValue(20.5);
    assertThat(renewal.state()).hasValue(StreamState.ACTIVE);
  }

  @Test
  void onlyAShorterLeaseChangesTheInterval() throws Exception {
    stub.once(StubService.KEEPALIVE, renewal(10), renewal(300));
    open();
    time.passAlarm(HALF);
    stub.request(StubService.KEEPALIVE);
    time.passAlarm(Duration.ofSeconds(5));
    stub.request(StubService.KEEPALIVE);
    time.passAlarm(HALF);
    stub.request(StubService.KEEPALIVE);
  }

  @Test
  void temporaryFailuresAreRetried() throws Exception {
    stub.once(
        StubService.KEEPALIVE,
        StubReply.json(500, "{\"error\":\"internal\"}"),
        StubReply.cut(),
        StubReply.html(502),
        StubReply.json(429, "{\"error\":\"slow_down\"}"),
        StubReply.json(200, "garbage"));
    OvershootStream stream = open();
    time.passAlarm(HALF);
    for (int wait : new int[] {1, 2, 4, 4, 4}) {
      time.passAlarm(Duration.ofSeconds(wait));
    }
    RecordingStreamListener.next(heard.renewals);
    assertThat(stream.counts().failedRenewals()).isEqualTo(5);
    assertThat(RecordingStreamListener.next(heard.dangers).left()).isEqualTo(HALF);
    time.passAlarm(HALF);
    RecordingStreamListener.next(heard.renewals);
    assertThat(heard.ends).isEmpty();
  }

  @Test
  void aHangingRenewalIsRetried() throws Exception {
    stub.lease(6);
    renewsFor(6);
    stub.once(StubService.KEEPALIVE, StubReply.hang(stub.over));
    open();
    time.passAlarm(Duration.ofSeconds(3));
    // The request times out after one second of real time, the minimum time-out.
    assertThat(RecordingStreamListener.next(heard.dangers).why())
        .startsWith("Timeout connecting to Overshoot.ai");
    time.passAlarm(Duration.ofMillis(600));
    RecordingStreamListener.next(heard.renewals);
  }

  @Test
  void itExpiresWithoutARenewalInTime() throws Exception {
    stub.always(StubService.KEEPALIVE, StubReply.json(503, "{\"error\":\"busy\"}"));
    open();
    time.passAlarm(HALF);
    for (int wait : new int[] {1, 2, 4, 4, 4, 4, 1}) {
      time.passAlarm(Duration.ofSeconds(wait));
    }
    assertThat(heard.end())
        .isInstanceOfSatisfying(
            V02StreamEnd.Ended.class,
            end -> {
              assertThat(end.reason()).isEqualTo(StopReason.LEASE_EXPIRED);
              assertThat(end.restartable()).isTrue();
            });
    assertThat(stub.unasked(StubService.KEEPALIVE)).isEqualTo(7);
  }

  @Test
  void aForgottenStreamHasExpired() throws Exception {
    stub.always(StubService.KEEPALIVE, StubReply.json(404, "{\"error\":\"stream_not_found\"}"));
    open();
    stub.socket();
    time.awaitAlarm(Duration.ofSeconds(15));
    time.passAlarm(HALF);
    assertThat(heard.end())
        .isInstanceOfSatisfying(
            V02StreamEnd.Ended.class,
            end -> assertThat(end.reason()).isEqualTo(StopReason.LEASE_EXPIRED));
    time.awaitNoAlarm();
  }

  @Test
  void noCreditEndsTheStream() throws Exception {
    stub.always(StubService.KEEPALIVE, StubReply.json(402, "{\"error\":\"insufficient_credits\"}"));
    open();
    time.passAlarm(HALF);
    assertThat(heard.end())
        .isInstanceOfSatisfying(
            V02StreamEnd.Ended.class,
            end -> {
              assertThat(end.reason()).isEqualTo(StopReason.INSUFFICIENT_CREDITS);
              assertThat(end.restartable()).isFalse();
              assertThat(end.text()).contains("add credits");
            });
  }

  @ParameterizedTest
  @CsvSource({"401, unauthorized", "410, api_retired", "422, invalid_request"})
  void permanentErrorsEndTheStream(int status, String code) throws Exception {
    stub.always(StubService.KEEPALIVE, StubReply.json(status, "{\"error\":\"no\"}"));
    open();
    time.passAlarm(HALF);
    V02StreamEnd end = heard.end();
    assertThat(end).isInstanceOf(V02StreamEnd.Failed.class);
    OvershootException error = ((V02StreamEnd.Failed) end).error();
    assertThat(error.code()).isEqualTo(code);
    assertThat(stub.unasked(StubService.KEEPALIVE)).isEqualTo(1);
  }

  @Test
  void withoutALeaseNothingIsRenewed() throws Exception {
    stub.lease(0);
    open();
    stub.socket();
    time.awaitAlarm(Duration.ofSeconds(15));
    assertThat(time.delays()).containsExactly(Duration.ofSeconds(15));
  }

  private void renewsFor(int seconds) {
    stub.always(StubService.KEEPALIVE, renewal(seconds));
  }

  private static StubReply renewal(int seconds) {
    return StubReply.json(
        200, "{\"status\":\"ok\",\"stream_id\":\"s1\",\"ttl_seconds\":" + seconds + "}");
  }
}
