package framewise.engine.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.cluster.Membership;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.TestDatabase;
import framewise.engine.store.postgres.PostgresDatabase;
import framewise.engine.store.postgres.PostgresUrl;
import framewise.time.WallClock;
import framewise.vision.Usage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes on one database in PostgreSQL. Seen: all nodes updated the same row for each model and day,
 * so that only one could store results at a time; and each node learned up to a second late what
 * the others had spent, so that three nodes exceeded a budget.
 */
@Timeout(120)
class TheDailyBudgetHoldsOverAllNodesTest {
  private static final int NODES = 3;
  private static final int SESSIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final BigDecimal BUDGET = BigDecimal.ONE;
  private static final Attempt ANSWERED =
      new Attempt(
          "openai",
          "gpt-5.4",
          "gpt-5.4",
          Optional.of(new Usage(1_000, 100)),
          true,
          Optional.empty());

  @TempDir Path folder;
  private final List<Database> databases = new ArrayList<>();
  private final List<Spending> nodes = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    PostgresUrl url = TestDatabase.newUrl();
    for (int i = 0; i < NODES; i++) {
      Database database =
          PostgresDatabase.openShared(
              url, DiskSpace.of(folder), new Membership("node-" + i, "http://node-" + i, "1"));
      databases.add(database);
      nodes.add(spending(database));
    }
  }

  @AfterEach
  void close() {
    databases.forEach(Database::close);
  }

  @Test
  void noNodeWaitsForTheResultsOfAnother() throws Exception {
    var added = new CountDownLatch(1);
    var mayCommit = new CountDownLatch(1);
    Thread first =
        Thread.ofPlatform()
            .start(
                () ->
                    databases
                        .getFirst()
                        .write(
                            handle -> {
                              nodes.getFirst().add(handle, charge());
                              added.countDown();
                              awaitIt(mayCommit);
                            }));
    awaitIt(added);
    Thread second =
        Thread.ofPlatform()
            .start(() -> databases.get(1).write(handle -> nodes.get(1).add(handle, charge())));
    assertThat(second.join(PATIENCE)).as("stored meanwhile").isTrue();
    mayCommit.countDown();
    first.join();
    assertThat(spending(databases.getLast()).today().dollars())
        .isEqualByComparingTo(cost().multiply(BigDecimal.TWO));
  }

  @Test
  void nodesThatAskAtTheSameTimeExceedItByOneAnswerAtMost() throws Exception {
    try (var sessions = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < NODES; i++) {
        for (int j = 0; j < SESSIONS; j++) {
          int node = i;
          sessions.execute(() -> spendAll(node));
        }
      }
    }
    BigDecimal spent = spending(databases.getFirst()).today().dollars();
    assertThat(spent)
        .as("spent of $%s with answers at $%s", BUDGET, cost())
        .isBetween(BUDGET, BUDGET.add(cost()));
    for (Spending node : nodes) {
      await().atMost(PATIENCE).until(() -> node.refusal().isPresent());
    }
  }

  @Test
  void whatANodeDoesNotUseIsFreeForOthers() throws Exception {
    Reservation held = nodes.getFirst().reserve(cost()).orElseThrow();
    held.close();
    Thread others = Thread.ofPlatform().start(() -> spendAll(1));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              nodes.getFirst().releaseUnused();
              return !others.isAlive();
            });
    assertThat(spending(databases.getFirst()).today().dollars())
        .isBetween(BUDGET, BUDGET.add(cost()));
  }

  @Test
  void thePartOfANodeThatIsGoneIsFree() throws Exception {
    assertThat(nodes.getFirst().reserve(cost())).isPresent();
    databases.removeFirst().close();
    spendAll(1);
    assertThat(spending(databases.getLast()).today().dollars())
        .isBetween(BUDGET, BUDGET.add(cost()));
  }

  /** Asks questions until the day's budget is spent. */
  private void spendAll(int node) {
    Spending spending = nodes.get(node);
    while (!isSpent(spending)) {
      Optional<Reservation> money = spending.reserve(cost());
      if (money.isPresent()) {
        databases
            .get(node + databases.size() - NODES)
            .write(handle -> spending.add(handle, charge()));
        money.get().close();
      } else {
        sleep();
      }
    }
  }

  /**
   * Whether the budget is still spent after the sums of all nodes were read again: an answer that
   * is stored during such a read counts twice until the next one, a second later.
   */
  private static boolean isSpent(Spending spending) {
    for (int i = 0; i < 3; i++) {
      if (spending.refusal().isEmpty()) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
    }
    return spending.refusal().isPresent();
  }

  private Charge charge() {
    return nodes.getLast().charge(ANSWERED, true);
  }

  private BigDecimal cost() {
    return charge().spent().dollars();
  }

  private static Spending spending(Database database) {
    return new Spending(database, PriceTable.builtIn(), Optional.of(BUDGET), WallClock.system());
  }

  private static void sleep() {
    try {
      WallClock.system().sleep(Duration.ofMillis(20));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
