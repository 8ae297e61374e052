package framewise.engine.money;

import framewise.engine.cluster.Cluster;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import framewise.vision.Usage;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Stored sums of spending, one row for each day and model. In a cluster, each node has rows of its
 * own: a transaction locks the row that it updates until its commit is on disk, so with shared rows
 * all nodes would wait for each other. Safe for any number of threads.
 */
final class SpendingRows {
  private final Database database;

  SpendingRows(Database database) {
    this.database = database;
  }

  /** Adds a charge, in the transaction of the handle. */
  void add(Handle handle, LocalDate day, Charge charge) {
    SpendingTotal spent = charge.spent();
    Optional<String> node = database.cluster().map(Cluster::id);
    var update =
        handle
            .createUpdate(
                node.isPresent()
                    ? sql("node_spending", "day, node", ":day, :node")
                    : sql("spending", "day", ":day"))
            .bind("day", day.toString())
            .bind("backend", charge.attempt().backend())
            .bind("model", charge.attempt().model())
            .bind("unpriced", spent.unpriced())
            .bind("input", spent.usage().inputTokens())
            .bind("output", spent.usage().outputTokens())
            .bind("cost", Dollars.billionths(spent.dollars()));
    node.ifPresent(id -> update.bind("node", id));
    update.execute();
  }

  /**
   * What all nodes spent on a day. Adds up in Java, where sums saturate; the database fails on
   * overflow.
   */
  SpendingTotal of(LocalDate day) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT unpriced, input_tokens, output_tokens, cost FROM %s WHERE day = :day"
                        .formatted(Dialect.of(handle).spending()))
                .bind("day", day.toString())
                .map(
                    (row, context) ->
                        new SpendingTotal(
                            new Usage(row.getLong("input_tokens"), row.getLong("output_tokens")),
                            Dollars.ofBillionths(row.getLong("cost")),
                            row.getLong("unpriced")))
                .list()
                .stream()
                .reduce(SpendingTotal.NOTHING, SpendingTotal::plus));
  }

  private static String sql(String table, String key, String values) {
    return """
    INSERT INTO %1$s
      (%2$s, backend, model, answers, unpriced, input_tokens, output_tokens, cost)
    VALUES (%3$s, :backend, :model, 1, :unpriced, :input, :output, :cost)
    ON CONFLICT (%2$s, backend, model) DO UPDATE SET
      answers = %1$s.answers + 1,
      unpriced = %1$s.unpriced + excluded.unpriced,
      input_tokens = %4$s,
      output_tokens = %5$s,
      cost = %6$s
    """
        .formatted(
            table,
            key,
            values,
            SaturatingSums.tokens(table + ".input_tokens", "excluded.input_tokens"),
            SaturatingSums.tokens(table + ".output_tokens", "excluded.output_tokens"),
            SaturatingSums.cost(table + ".cost", "excluded.cost"));
  }
}
