package framewise.engine.delivery;

import static framewise.engine.delivery.HookReceiver.send;
import static framewise.engine.delivery.HookReceiver.status;
import static framewise.engine.delivery.HookReceiver.untilGone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointState;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receivers fail in eleven ways, over real sockets. */
@Timeout(300)
class FailingReceiversAreHandledTest {
  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir Path folder;

  /** Returns the stored delivery after the first attempt. */
  private Delivery tried(HookReceiver.Answer answer, DeliveryState state, Duration limit)
      throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder, new ManualClock(), limit)) {
      receiver.answer(answer);
      Endpoint hook = bench.hook(receiver.url());
      return bench.awaitDelivery(hook, bench.notice("incident.opened", "inc"), state, 1);
    }
  }

  private Delivery failed(HookReceiver.Answer answer) throws Exception {
    return tried(answer, DeliveryState.WAITING, DeliveryBench.PATIENT);
  }

  @Test
  void oneThatRefusesTheConnection() throws Exception {
    String nowhere;
    try (var receiver = new HookReceiver()) {
      nowhere = receiver.url();
    }
    try (var bench = new DeliveryBench(folder)) {
      Endpoint hook = bench.hook(nowhere);
      Delivery delivery =
          bench.awaitDelivery(
              hook, bench.notice("incident.opened", "inc"), DeliveryState.WAITING, 1);
      assertThat(delivery.error()).get().asString().contains("refuses connections");
      assertThat(delivery.status()).isEmpty();
    }
  }

  @Test
  void oneThatResetsTheConnection() throws Exception {
    Delivery delivery =
        failed(
            socket -> {
              socket.setSoLinger(true, 0);
              socket.close();
            });
    assertThat(delivery.error()).get().asString().contains("lost");
  }

  @Test
  void oneThatHangsBeforeItsHeaders() throws Exception {
    Delivery delivery = tried(socket -> untilGone(socket), DeliveryState.WAITING, SHORT);
    assertThat(delivery.error()).get().asString().contains("did not answer within 500 ms");
  }

  @Test
  void oneThatHangsInTheBodyOfAFailure() throws Exception {
    Delivery delivery =
        tried(
            socket -> {
              send(socket, "HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nthe start");
              untilGone(socket);
            },
            DeliveryState.WAITING,
            SHORT);
    assertThat(delivery.status()).hasValue(500);
    assertThat(delivery.answer()).contains("the start");
  }

  @Test
  void oneThatRedirects() throws Exception {
    try (var other = new HookReceiver()) {
      Delivery delivery = failed(status(301, "Location: " + other.url()));
      assertThat(delivery.status()).hasValue(301);
      assertThat(delivery.error()).get().asString().contains("does not follow redirects");
      assertThat(other.rest()).isEmpty();
    }
  }

  @Test
  void oneWithAnUnknownName() throws Exception {
    Delivery delivery = failed(status(404));
    assertThat(delivery.status()).hasValue(404);
    assertThat(delivery.answer()).contains("body");
  }

  @Test
  void oneThatAnswers410IsDisabled() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      receiver.answer(status(410));
      Endpoint hook = bench.hook(receiver.url());
      bench.awaitDelivery(hook, bench.notice("incident.opened", "inc"), DeliveryState.FAILED, 1);
      Endpoint off = bench.deliveries.endpoint(hook.id()).orElseThrow();
      assertThat(off.state()).isEqualTo(EndpointState.OFF);
      assertThat(off.reason()).get().asString().contains("410");
      long next = bench.notice("incident.opened", "another");
      Delivery dead = bench.awaitDelivery(hook, next, DeliveryState.FAILED, 0);
      assertThat(dead.error()).get().asString().contains("disabled");
      assertThat(receiver.rest()).hasSize(1);
    }
  }

  @Test
  void oneThatSendsRetryAfterIsPaused() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      receiver.answer(status(429, "Retry-After: 90"));
      Endpoint hook = bench.hook(receiver.url());
      long first = bench.notice("incident.opened", "inc");
      bench.awaitDelivery(hook, first, DeliveryState.WAITING, 1);
      Endpoint slowed = bench.deliveries.endpoint(hook.id()).orElseThrow();
      assertThat(slowed.state()).isEqualTo(EndpointState.SLOWED);
      assertThat(slowed.pausedUntil()).contains(bench.clock.now().plusSeconds(90));
      receiver.rest();
      receiver.answer(HookReceiver::ok);
      long other = bench.notice("incident.opened", "another");
      await().atMost(DeliveryBench.PATIENT).until(() -> bench.find(hook, other).isPresent());
      bench.clock.advance(Duration.ofSeconds(89));
      assertThat(bench.find(hook, other).orElseThrow().attempts()).isZero();
      bench.clock.advance(Duration.ofSeconds(1));
      bench.awaitDelivery(hook, first, DeliveryState.DELIVERED, 2);
      bench.awaitDelivery(hook, other, DeliveryState.DELIVERED, 1);
      await()
          .atMost(DeliveryBench.PATIENT)
          .until(
              () ->
                  bench.deliveries.endpoint(hook.id()).orElseThrow().state()
                      == EndpointState.ACTIVE);
    }
  }

  @Test
  void oneThatFailsAndThenAccepts() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      receiver.answer(status(500));
      Endpoint hook = bench.hook(receiver.url());
      long notice = bench.notice("incident.opened", "inc");
      bench.awaitDelivery(hook, notice, DeliveryState.WAITING, 1);
      String id = receiver.next().header("webhook-id");
      receiver.answer(HookReceiver::ok);
      bench.clock.advance(Duration.ofSeconds(6));
      bench.awaitDelivery(hook, notice, DeliveryState.DELIVERED, 2);
      assertThat(receiver.next().header("webhook-id")).isEqualTo(id);
    }
  }

  @Test
  void oneThatSendsItsHeadersByteByByte() throws Exception {
    Delivery delivery =
        tried(
            socket -> {
              send(socket, "HTTP/1.1 200 OK\r\n");
              for (int i = 0; true; i++) {
                send(socket, "X-%d: y\r\n".formatted(i));
                Thread.sleep(50);
              }
            },
            DeliveryState.WAITING,
            SHORT);
    assertThat(delivery.error()).isPresent();
  }

  @Test
  void oneThatAcceptsAndSendsAnEndlessBody() throws Exception {
    Delivery delivery =
        tried(
            socket -> {
              send(socket, "HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                send(socket, "x".repeat(10_000));
              }
            },
            DeliveryState.DELIVERED,
            DeliveryBench.PATIENT);
    assertThat(delivery.answer()).isEmpty();
  }
}
