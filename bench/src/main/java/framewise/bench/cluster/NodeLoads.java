package framewise.bench.cluster;

import framewise.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGConnection;

/** Measures the throughput of one, two and three nodes, and how much PostgreSQL does for them. */
final class NodeLoads {
  private static final int MAX_NODES = 3;
  private static final int SESSIONS = 6;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final int NOTES = 2_000;

  /** Asks about every clip, as fast as the model answers. */
  private static final String START =
      "{\"prompt\":\"What happens?\",\"backend\":\"local\",\"pace\":\"fast\",\"delay_seconds\":0.2}";

  private static final String STATEMENTS =
      """
      SELECT coalesce(sum(calls), 0), coalesce(sum(total_exec_time), 0), coalesce(sum(wal_bytes), 0)
      FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'
      """;
  private static final String COSTLIEST =
      """
      SELECT '| ' || calls || ' | ' || round(total_exec_time) || ' | '
        || left(regexp_replace(replace(query, '|', ''), '\\s+', ' ', 'g'), 110) || ' |'
      FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'
      ORDER BY total_exec_time DESC LIMIT 6
      """;

  private final Path folder;
  private final Duration length;

  /**
   * @param length of each measurement
   */
  NodeLoads(Path folder, Duration length) {
    this.folder = folder;
    this.length = length;
  }

  /** The counters that are read at the start and at the end of a measurement. */
  private record Totals(
      long nanos,
      long results,
      double nodeCpu,
      double serverCpu,
      double calls,
      double millis,
      double wal,
      double transactions) {}

  /** Lines of Markdown: results a second while sessions ask as fast as they can. */
  List<String> atWork() throws IOException, InterruptedException {
    List<String> table = new ArrayList<>();
    table.add(
        "| nodes | sessions | models | results/s | nodes: CPU, percent of a core | PostgreSQL: CPU, percent of a core | ms of it a result |"
            + " statements a result | WAL bytes a result |");
    table.add("|---|---|---|---|---|---|---|---|---|");
    for (int nodes = 1; nodes <= MAX_NODES; nodes++) {
      table.add(measured(nodes, SESSIONS, "constant", table));
    }
    // Here each node uses another model, so that no two nodes update the same row of the spending
    // table.
    table.add(measured(MAX_NODES, SESSIONS, "constant-NODE", table));
    return table;
  }

  /** Lines of Markdown: the cost of idle nodes. */
  List<String> atRest() throws IOException, InterruptedException {
    List<String> table = new ArrayList<>();
    table.add(
        "| nodes at rest | statements/s each | transactions/s each | WAL bytes/s each | connections each |"
            + " PostgreSQL: CPU, percent of a core each |");
    table.add("|---|---|---|---|---|---|");
    for (int nodes = 1; nodes <= MAX_NODES; nodes++) {
      table.add(measured(nodes, 0, "constant", table));
    }
    return table;
  }

  private String measured(int count, int sessions, String models, List<String> table)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, "load");
    Map<String, String> settings = new HashMap<>();
    try (var postgres =
            PostgresServer.start("fsync=on", "shared_preload_libraries=pg_stat_statements");
        var model = new ConstantModel(Duration.ZERO)) {
      settings.putAll(model.settings());
      settings.put("LOCAL_MODEL", models);
      String address = postgres.newDatabase();
      String database = address.substring(address.lastIndexOf('/') + 1);
      postgres.sql(database, "CREATE EXTENSION pg_stat_statements");
      try (var nodes = new BenchNodes(own, address, count, settings)) {
        for (int i = 0; i < sessions; i++) {
          String _ = nodes.process(i % count).stream(LongFilm.in(folder), START);
        }
        Thread.sleep(WARM_UP);
        postgres.sql(database, "SELECT pg_stat_statements_reset()");
        Totals before = totals(postgres, database, nodes);
        Thread.sleep(length);
        Totals after = totals(postgres, database, nodes);
        String row =
            sessions > 0
                ? workRow(count, sessions, models.equals("constant") ? 1 : count, before, after)
                : restRow(count, connections(postgres, database), before, after);
        if (count == MAX_NODES) {
          table.add(
              0,
              "| calls | ms in all | statement, "
                  + count
                  + " nodes |\n|---|---|---|\n"
                  + postgres.sql(database, COSTLIEST));
        }
        return row;
      }
    }
  }

  private static Totals totals(PostgresServer postgres, String database, BenchNodes nodes) {
    String[] statements = postgres.sql(database, STATEMENTS).strip().split("\\|", -1);
    double cpu = 0;
    for (int i = 0; i < nodes.count(); i++) {
      cpu += seconds(nodes.process(i).cpu());
    }
    return new Totals(
        System.nanoTime(),
        Long.parseLong(
            postgres.sql(database, "SELECT coalesce(sum(results), 0) FROM tally").strip()),
        cpu,
        seconds(postgres.cpu()),
        Double.parseDouble(statements[0]),
        Double.parseDouble(statements[1]),
        Double.parseDouble(statements[2]),
        Double.parseDouble(
            postgres
                .sql(
                    database,
                    "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
                .strip()));
  }

  private static double connections(PostgresServer postgres, String database) {
    return Double.parseDouble(
        postgres
            .sql(
                database,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name = 'framewise'")
            .strip());
  }

  private static String workRow(int nodes, int sessions, int models, Totals before, Totals after) {
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    double results = after.results() - before.results();
    return String.format(
        Locale.ROOT,
        "| %d | %d | %d | %.0f | %.0f | %.0f | %.2f | %.1f | %.0f |",
        nodes,
        sessions,
        models,
        results / seconds,
        100 * (after.nodeCpu() - before.nodeCpu()) / seconds,
        100 * (after.serverCpu() - before.serverCpu()) / seconds,
        1_000 * (after.serverCpu() - before.serverCpu()) / results,
        (after.calls() - before.calls()) / results,
        (after.wal() - before.wal()) / results);
  }

  private static String restRow(int nodes, double connections, Totals before, Totals after) {
    double each = nodes * (after.nanos() - before.nanos()) / 1e9;
    return String.format(
        Locale.ROOT,
        "| %d | %.1f | %.1f | %.0f | %.1f | %.2f |",
        nodes,
        (after.calls() - before.calls()) / each,
        (after.transactions() - before.transactions()) / each,
        (after.wal() - before.wal()) / each,
        connections / nodes,
        100 * (after.serverCpu() - before.serverCpu()) / each);
  }

  /** Lines of Markdown: what NOTIFY costs the PostgreSQL server, by the number of listeners. */
  static List<String> announcements() throws SQLException {
    List<String> table = new ArrayList<>();
    table.add("| listeners | NOTIFY/s from one connection | PostgreSQL: CPU, µs an announcement |");
    table.add("|---|---|---|");
    for (int listeners : List.of(1, 10, 30, 80)) {
      try (var postgres = PostgresServer.start("fsync=on")) {
        table.add(announced(postgres, listeners));
      }
    }
    return table;
  }

  private static String announced(PostgresServer postgres, int listeners) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.port());
    List<Connection> open = new ArrayList<>();
    try {
      for (int i = 0; i <= listeners; i++) {
        open.add(DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD));
        if (i > 0) {
          try (Statement statement = open.getLast().createStatement()) {
            statement.execute("LISTEN framewise");
          }
        }
      }
      Duration before = postgres.cpu();
      long begin = System.nanoTime();
      try (Statement statement = open.getFirst().createStatement()) {
        for (int i = 0; i < NOTES; i++) {
          statement.execute("NOTIFY framewise, '" + i + "'");
        }
      }
      long nanos = System.nanoTime() - begin;
      int received = 0;
      while (received < NOTES) {
        received += open.getLast().unwrap(PGConnection.class).getNotifications(1_000).length;
      }
      double micros = postgres.cpu().minus(before).toNanos() / 1e3 / NOTES;
      return String.format(
          Locale.ROOT, "| %d | %.0f | %.0f |", listeners, NOTES * 1e9 / nanos, micros);
    } finally {
      for (Connection each : open) {
        each.close();
      }
    }
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
