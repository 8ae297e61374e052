package framewise.engine.delivery;

import static framewise.engine.delivery.HookReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointState;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DeliveriesAreKeptApartAndInOrderTest {
  private static final List<String> INCIDENTS = List.of("incident.*");

  @TempDir Path folder;

  @Test
  void aHangingWebhookDelaysNoOther() throws Exception {
    try (var hanging = new HookReceiver();
        var fine = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      hanging.answer(HookReceiver::untilGone);
      Endpoint slow = bench.hook("slow", hanging.url(), INCIDENTS);
      Endpoint quick = bench.hook("quick", fine.url(), INCIDENTS);
      for (int i = 0; i < 20; i++) {
        long notice = bench.notice("incident.opened", "inc" + i);
        bench.awaitDelivery(quick, notice, DeliveryState.DELIVERED, 1);
      }
      assertThat(hanging.next().body()).contains("inc0");
      assertThat(
              bench.deliveries.page(
                  List.of(slow.id()), Optional.of(DeliveryState.DELIVERED), Long.MAX_VALUE, 100))
          .isEmpty();
      assertThat(bench.deliveries.backlog().waiting()).isEqualTo(20);
    }
  }

  @Test
  void aNewerNoticeOfTheIncidentReplacesARetriedOne() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      receiver.answer(status(500));
      Endpoint hook = bench.hook(receiver.url());
      long opened = bench.notice("incident.opened", "inc");
      bench.awaitDelivery(hook, opened, DeliveryState.WAITING, 1);
      long ended = bench.notice("incident.ended", "inc");
      Delivery given = bench.awaitDelivery(hook, opened, DeliveryState.SUPERSEDED, 1);
      assertThat(given.error()).get().asString().contains("newer notice", "answered 500");
      receiver.rest();
      receiver.answer(HookReceiver::ok);
      bench.clock.advance(Duration.ofSeconds(6));
      bench.awaitDelivery(hook, ended, DeliveryState.DELIVERED, 1);
      assertThat(receiver.rest())
          .singleElement()
          .satisfies(call -> assertThat(call.body()).contains("incident.ended"));
    }
  }

  @Test
  void theEndOfAnIncidentIsNeverReplaced() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      receiver.answer(status(500));
      Endpoint hook = bench.hook(receiver.url());
      long ended = bench.notice("incident.ended", "inc");
      bench.awaitDelivery(hook, ended, DeliveryState.WAITING, 1);
      long later = bench.notice("incident.opened", "inc");
      receiver.answer(HookReceiver::ok);
      bench.clock.advance(Duration.ofSeconds(6));
      bench.awaitDelivery(hook, ended, DeliveryState.DELIVERED, 2);
      bench.awaitDelivery(hook, later, DeliveryState.DELIVERED, 1);
    }
  }

  @Test
  void anEndpointThatFailsForADayIsDisabledAndReported() throws Exception {
    try (var failing = new HookReceiver();
        var fine = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      failing.answer(status(500));
      Endpoint bad = bench.hook("bad", failing.url(), INCIDENTS);
      bench.hook("good", fine.url(), INCIDENTS);
      long notice = bench.notice("incident.ended", "inc");
      for (int attempt = 1; attempt < 8; attempt++) {
        bench.awaitDelivery(bad, notice, DeliveryState.WAITING, attempt);
        Delivery delivery = bench.find(bad, notice).orElseThrow();
        bench.clock.advance(Duration.between(bench.clock.now(), delivery.nextAt()).plusMillis(1));
      }
      bench.awaitDelivery(bad, notice, DeliveryState.FAILED, 8);
      Endpoint off = bench.deliveries.endpoint(bad.id()).orElseThrow();
      assertThat(off.state()).isEqualTo(EndpointState.OFF);
      assertThat(off.reason()).get().asString().contains("24 hours");
      assertThat(fine.next().body()).contains("incident.ended");
      assertThat(fine.next().body()).contains("endpoint.disabled", "\"name\":\"bad\"");

      failing.rest();
      failing.answer(HookReceiver::ok);
      bench.deliveries.change(bad.id(), endpoint -> endpoint, true);
      Delivery dead = bench.find(bad, notice).orElseThrow();
      assertThat(bench.deliveries.replay(dead).state()).isEqualTo(DeliveryState.WAITING);
      bench.awaitDelivery(bad, notice, DeliveryState.DELIVERED, 9);
    }
  }

  @Test
  void missedNoticesAreReplayedSinceATime() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      Endpoint hook = bench.hook(receiver.url());
      long early = bench.notice("incident.ended", "early");
      bench.awaitDelivery(hook, early, DeliveryState.DELIVERED, 1);
      bench.clock.advance(Duration.ofMinutes(1));
      var since = bench.clock.now();
      receiver.answer(status(410));
      long late = bench.notice("incident.ended", "late");
      bench.awaitDelivery(hook, late, DeliveryState.FAILED, 1);
      receiver.rest();
      receiver.answer(HookReceiver::ok);
      Endpoint on = bench.deliveries.change(hook.id(), endpoint -> endpoint, true).orElseThrow();
      assertThat(bench.deliveries.replaySince(on, since, false)).isEqualTo(1);
      bench.awaitDelivery(hook, late, DeliveryState.DELIVERED, 2);
      assertThat(bench.deliveries.replaySince(on, since.minusSeconds(600), true)).isEqualTo(2);
      bench.awaitDelivery(hook, early, DeliveryState.DELIVERED, 2);
      bench.awaitDelivery(hook, late, DeliveryState.DELIVERED, 3);
    }
  }

  @Test
  void aClockSetBackDelaysNothing() throws Exception {
    try (var receiver = new HookReceiver()) {
      receiver.answer(status(500));
      Endpoint hook;
      long notice;
      var later = new ManualClock();
      later.advance(Duration.ofDays(30));
      try (var bench = new DeliveryBench(folder, later, DeliveryBench.PATIENT)) {
        hook = bench.hook(receiver.url());
        notice = bench.notice("incident.ended", "inc");
        bench.awaitDelivery(hook, notice, DeliveryState.WAITING, 1);
      }
      receiver.answer(HookReceiver::ok);
      try (var bench = new DeliveryBench(folder)) {
        bench.awaitDelivery(hook, notice, DeliveryState.DELIVERED, 2);
      }
    }
  }

  @Test
  void interruptedDeliveriesKeepTheOrderOfTheirIncident() throws Exception {
    var random = new Random(16);
    try (var receiver = new HookReceiver()) {
      List<HookReceiver.Call> calls = new ArrayList<>();
      List<Long> notices = new ArrayList<>();
      Endpoint hook;
      try (var bench = new DeliveryBench(folder)) {
        hook = bench.hook(receiver.url());
      }
      for (int round = 0; round < 10; round++) {
        var bench = new DeliveryBench(folder);
        for (int i = 0; i < 6; i++) {
          notices.add(bench.notice("incident.ended", "inc" + random.nextInt(2)));
        }
        int arrived = random.nextInt(6);
        for (int i = 0; i < arrived; i++) {
          calls.add(receiver.next());
        }
        bench.crash();
      }
      try (var bench = new DeliveryBench(folder)) {
        for (long notice : notices) {
          bench.awaitDelivery(hook, notice, DeliveryState.DELIVERED, 1);
        }
      }
      calls.addAll(receiver.rest());
      assertThat(calls.stream().map(call -> call.header("webhook-id")).distinct())
          .hasSize(notices.size());
      for (String incident : List.of("inc0", "inc1")) {
        assertThat(
                calls.stream()
                    .map(HookReceiver.Call::body)
                    .filter(body -> body.contains(incident))
                    .map(body -> Long.parseLong(body.replaceAll(".*\"n\":([0-9]+).*", "$1"))))
            .isSorted();
      }
    }
  }
}
