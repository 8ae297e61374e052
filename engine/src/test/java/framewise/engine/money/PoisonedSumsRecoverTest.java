package framewise.engine.money;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.store.Database;
import framewise.engine.store.TestDatabase;
import framewise.time.WallClock;
import framewise.vision.Usage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen: after one answer with 9223372036854775807 tokens every later answer of the day failed,
 * because the database refused the sum; after a restart the day's spending was negative.
 */
@Timeout(60)
class PoisonedSumsRecoverTest {
  private static final Attempt ANSWERED =
      new Attempt(
          "openai",
          "gpt-5.4",
          "gpt-5.4",
          Optional.of(new Usage(1_000, 100)),
          true,
          Optional.empty());

  @TempDir Path folder;

  @Test
  void impossibleSumsDontBlockFurtherAnswers() throws Exception {
    try (Database database = TestDatabase.open(folder)) {
      put(database, "gpt-5.4", Long.MAX_VALUE, Long.MIN_VALUE, -5_250);
      put(database, "gpt-other", Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
      Spending after = spending(database);
      assertSane(after.today());
      for (int i = 0; i < 3; i++) {
        database.write(handle -> book(after, handle));
      }
      assertSane(after.today());
      assertSane(spending(database).today());
      assertThat(spending(database).today().usage().inputTokens()).isEqualTo(Usage.MAX_TOKENS);
    }
  }

  @Test
  void normalSumsAreExact() throws Exception {
    try (Database database = TestDatabase.open(folder)) {
      Spending spending = spending(database);
      for (int i = 0; i < 3; i++) {
        database.write(handle -> book(spending, handle));
      }
      SpendingTotal stored = spending(database).today();
      assertThat(stored.usage()).isEqualTo(new Usage(3_000, 300));
      assertThat(stored.dollars()).isPositive().isEqualByComparingTo(spending.today().dollars());
    }
  }

  @Test
  void costsSaturate() {
    BigDecimal most = Dollars.ofBillionths(Long.MAX_VALUE);
    assertThat(most).isEqualByComparingTo("1000000000");
    assertThat(Dollars.billionths(most.add(BigDecimal.ONE))).isEqualTo(Dollars.MAX_BILLIONTHS);
    assertThat(Dollars.ofBillionths(-1)).isZero();
    assertThat(Dollars.billionths(new BigDecimal("0.0012"))).isEqualTo(1_200_000);
  }

  private static void book(Spending spending, Handle handle) {
    spending.add(handle, spending.charge(ANSWERED, false));
  }

  private static void assertSane(SpendingTotal spent) {
    assertThat(spent.usage().inputTokens()).isBetween(0L, Usage.MAX_TOKENS);
    assertThat(spent.usage().outputTokens()).isBetween(0L, Usage.MAX_TOKENS);
    assertThat(spent.dollars()).isBetween(BigDecimal.ZERO, new BigDecimal("2000000000"));
  }

  private static Spending spending(Database database) {
    return new Spending(database, PriceTable.builtIn(), Optional.empty(), WallClock.system());
  }

  private static void put(Database database, String model, long input, long output, long cost) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO spending
                      (day, backend, model, answers, unpriced, input_tokens, output_tokens, cost)
                    VALUES (:day, 'openai', :model, 1, 0, :input, :output, :cost)
                    """)
                .bind("day", LocalDate.now(ZoneId.systemDefault()).toString())
                .bind("model", model)
                .bind("input", input)
                .bind("output", output)
                .bind("cost", cost)
                .execute());
  }
}
