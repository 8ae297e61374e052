package framewise.engine.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.testing.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A node in another process has a lease of an hour: only if that process ends may this node end the
 * lease.
 */
@Timeout(300)
class KilledNodesAreDetectedDuringTheirLeaseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * After this many renewals of its own, a node has checked the others' leases often enough to end
   * one.
   */
  private static final int RENEWALS = 20;

  private final PostgresServer server = PostgresServer.start();
  private final String address = server.newDatabase();
  private final String database = address.substring(address.lastIndexOf('/') + 1);
  private final PostgresUrl url = PostgresUrl.parse(address).orElseThrow();
  private SharedLease observer;
  private Process other;
  private String otherId;

  @BeforeEach
  void start() throws Exception {
    var _ = PostgresDatabase.prepare(url);
    observer = SharedNodeProcess.join(url, "observer");
    other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SharedNodeProcess.class.getName(),
                address)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader says = other.inputReader(StandardCharsets.UTF_8);
    otherId = String.valueOf(says.readLine());
    assertThat(nodes()).containsExactlyInAnyOrder(observer.id(), otherId);
  }

  @AfterEach
  void close() {
    other.destroyForcibly().onExit().join();
    observer.close();
    server.close();
  }

  @Test
  void aKilledNodeIsGone() {
    other.destroyForcibly().onExit().join();
    await().atMost(PATIENCE).until(() -> nodes().equals(List.of(observer.id())));
  }

  @Test
  void aPausedNodeIsNot() throws Exception {
    signal("STOP");
    awaitRenewals(observer.id(), RENEWALS);
    assertThat(nodes()).contains(otherId);
    signal("CONT");
    awaitRenewals(otherId, 2);
    assertThat(nodes()).containsExactlyInAnyOrder(observer.id(), otherId);
  }

  @Test
  void aNodeWithABrokenConnectionIsNot() {
    awaitRenewals(observer.id(), RENEWALS);
    String lock = presence();
    sql(
        """
        SELECT pg_terminate_backend(pid) FROM pg_locks, node
        WHERE locktype = 'advisory' AND node.id = '%s'
          AND classid::bigint = (presence >> 32 & 4294967295)
          AND objid::bigint = (presence & 4294967295)
        """
            .formatted(otherId));
    await().atMost(PATIENCE).until(() -> !presence().equals(lock));
    awaitRenewals(observer.id(), RENEWALS);
    assertThat(nodes()).containsExactlyInAnyOrder(observer.id(), otherId);
  }

  @Test
  void noNodeIsAfterARestartOfTheServer() {
    awaitRenewals(observer.id(), RENEWALS);
    server.stop();
    server.restart();
    awaitRenewals(observer.id(), RENEWALS);
    awaitRenewals(otherId, 2);
    assertThat(nodes()).containsExactlyInAnyOrder(observer.id(), otherId);
    other.destroyForcibly().onExit().join();
    await().atMost(PATIENCE).until(() -> nodes().equals(List.of(observer.id())));
  }

  private List<String> nodes() {
    return sql("SELECT id FROM node ORDER BY started_at").lines().toList();
  }

  private String presence() {
    return sql("SELECT presence FROM node WHERE id = '%s'".formatted(otherId));
  }

  private void awaitRenewals(String node, int count) {
    for (int i = 0; i < count; i++) {
      long before = leaseUntil(node);
      await().atMost(PATIENCE).until(() -> leaseUntil(node) > before);
    }
  }

  private long leaseUntil(String node) {
    return Long.parseLong(
        sql("SELECT lease_until FROM node WHERE id = '%s'".formatted(node)).strip());
  }

  private String sql(String statement) {
    return server.sql(database, statement);
  }

  private void signal(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(other.pid())).start().waitFor())
        .isZero();
  }
}
