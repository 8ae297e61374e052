package framewise.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.SessionId;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.notice.NewNotice;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seen: a replay sent the answers of a session that was no longer shared. */
@Timeout(120)
class ReplaysRespectRevokedSharesTest {
  @TempDir Path folder;

  private final AtomicBoolean shared = new AtomicBoolean(true);
  private final SessionId session = SessionId.random();
  private final Audience audience =
      new Audience() {
        @Override
        public boolean sees(String owner, SessionId one) {
          return shared.get();
        }

        @Override
        public boolean seesAll(String owner) {
          return true;
        }
      };

  @Test
  void noticesOfUnsharedSessionsAreNotReplayed() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder, new ManualClock(), DeliveryBench.PATIENT, audience)) {
      store(bench);
      receiver.answer(HookReceiver::ok);
      Endpoint hook = bench.hook(receiver.url());
      Instant since = bench.clock.now();
      long about = notice(bench);
      long other = bench.notice("incident.ended", "other");
      bench.awaitDelivery(hook, about, DeliveryState.DELIVERED, 1);
      bench.awaitDelivery(hook, other, DeliveryState.DELIVERED, 1);

      shared.set(false);
      assertThat(bench.deliveries.isStillShown(bench.find(hook, about).orElseThrow())).isFalse();
      assertThat(bench.deliveries.isStillShown(bench.find(hook, other).orElseThrow())).isTrue();
      assertThat(bench.deliveries.replaySince(hook, since, true)).isEqualTo(1);
      bench.awaitDelivery(hook, other, DeliveryState.DELIVERED, 2);
      bench.awaitDelivery(hook, about, DeliveryState.DELIVERED, 1);

      shared.set(true);
      assertThat(bench.deliveries.replaySince(hook, since, true)).isEqualTo(2);
      bench.awaitDelivery(hook, about, DeliveryState.DELIVERED, 2);
    }
  }

  @Test
  void ownersStillGetNoticesOfDeletedSessions() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder, new ManualClock(), DeliveryBench.PATIENT, audience)) {
      receiver.answer(HookReceiver::ok);
      Endpoint hook = bench.hook(receiver.url());
      Instant since = bench.clock.now();
      long about = notice(bench);
      bench.awaitDelivery(hook, about, DeliveryState.DELIVERED, 1);
      shared.set(false);
      assertThat(bench.deliveries.replaySince(hook, since, true)).isEqualTo(1);
      bench.awaitDelivery(hook, about, DeliveryState.DELIVERED, 2);
    }
  }

  private long notice(DeliveryBench bench) {
    return bench.notices.add(
        new NewNotice(
            "incident.ended",
            bench.clock.now(),
            Optional.of(session),
            "inc",
            "{\"id\":\"inc\"}",
            Optional.empty()));
  }

  private void store(DeliveryBench bench) {
    bench.database.write(
        handle ->
            handle.execute(
                """
                INSERT INTO session (id, filename, file_size, video, created_at, status, dropped)
                VALUES (?, 'a.mp4', 1, '{}', 1, 'finished', 0)
                """,
                session.toString()));
  }
}
