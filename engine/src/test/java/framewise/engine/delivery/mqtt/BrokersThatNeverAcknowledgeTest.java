package framewise.engine.delivery.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen: if a broker accepted a connection but acknowledged the wrong messages, connections of
 * deleted endpoints stayed open, each with four threads.
 */
@Timeout(120)
class BrokersThatNeverAcknowledgeTest {
  private static final byte[] ACCEPTED = {0x20, 3, 0, 0, 0};
  private static final byte[] OF_ANOTHER = {0x40, 2, 0, 1};

  @TempDir Path folder;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private MqttFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new MqttFixture(folder);
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void areDisconnectedWithTheirEndpoint() throws Exception {
    try (var broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(broker, 100));
      Endpoint endpoint =
          fixture.endpoint("never", "mqtt://127.0.0.1:" + broker.getLocalPort(), "secret");
      long _ = fixture.notice("incident.opened", "inc1");
      await().atMost(Duration.ofSeconds(30)).until(() -> !connections.isEmpty());
      fixture.deliveries.delete(endpoint.id());
      await("it hangs up")
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(connections).isEmpty();
                assertThat(threads()).isEmpty();
              });
    }
  }

  @Test
  void floodingBrokersAreDisconnected() throws Exception {
    try (var broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(broker, 0));
      Endpoint endpoint =
          fixture.endpoint("flood", "mqtt://127.0.0.1:" + broker.getLocalPort(), "secret");
      long number = fixture.notice("incident.opened", "inc1");
      awaitError(endpoint, number, "more than 20,000 packets");
    }
  }

  /** Seen: each attempt to connect left a thread that waited for the end of its start. */
  @Test
  void thoseThatHangUpAtOnceLeaveNoThreads() throws Exception {
    try (var broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(broker));
      Endpoint endpoint =
          fixture.endpoint("gone", "mqtt://127.0.0.1:" + broker.getLocalPort(), "secret");
      long number = fixture.notice("incident.opened", "inc1");
      awaitError(endpoint, number, "");
      fixture.deliveries.delete(endpoint.id());
      await("all threads end")
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(threads()).isEmpty());
    }
  }

  /** Waits until a delivery has failed with an error that contains this. */
  private void awaitError(Endpoint endpoint, long number, String part) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                fixture
                    .find(endpoint, number)
                    .flatMap(delivery -> delivery.error())
                    .filter(why -> why.contains(part))
                    .isPresent());
  }

  private static void hangUp(ServerSocket broker) {
    while (!broker.isClosed()) {
      try (Socket _ = broker.accept()) {
        // The client connected: that is all.
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("MQTT"))
        .toList();
  }

  private void serve(ServerSocket broker, long pauseMillis) {
    while (!broker.isClosed()) {
      try {
        Socket client = broker.accept();
        connections.add(client);
        Thread.ofVirtual().start(() -> answer(client, pauseMillis));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket client, long pauseMillis) {
    try (client) {
      byte[] buffer = new byte[4096];
      int _ = client.getInputStream().read(buffer);
      client.getOutputStream().write(ACCEPTED);
      while (true) {
        client.getOutputStream().write(OF_ANOTHER);
        if (pauseMillis > 0) {
          Thread.sleep(pauseMillis);
        }
      }
    } catch (IOException | InterruptedException gone) {
      connections.remove(client);
    }
  }
}
