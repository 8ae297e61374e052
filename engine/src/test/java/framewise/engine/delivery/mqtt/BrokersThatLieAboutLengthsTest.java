package framewise.engine.delivery.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.delivery.DeliveryState;
import framewise.engine.endpoint.Endpoint;
import framewise.testing.Mosquitto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seen: five bytes from a broker made the MQTT library allocate 256 MB, which ended the service,
 * again at each start.
 */
@Timeout(120)
class BrokersThatLieAboutLengthsTest {
  private static final Duration PATIENT = Duration.ofSeconds(60);
  @TempDir Path folder;
  private MqttFixture honest;

  /** Sends the same bytes on each connection, and keeps it open. */
  private record LyingBroker(ServerSocket socket, String answer) implements AutoCloseable {
    static LyingBroker saying(String hex) throws IOException {
      var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      var broker = new LyingBroker(socket, hex);
      Thread.ofVirtual().start(broker::serve);
      return broker;
    }

    String url() {
      return "mqtt://127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try {
          Socket client = socket.accept();
          Thread.ofVirtual().start(() -> answer(client));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void answer(Socket client) {
      try (client) {
        boolean first = true;
        byte[] buffer = new byte[4096];
        while (client.getInputStream().read(buffer) >= 0) {
          if (first) {
            client.getOutputStream().write(HexFormat.ofDelimiter(" ").parseHex(answer));
            first = false;
          }
        }
      } catch (IOException gone) {
        // The client closed it.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    honest = new MqttFixture(folder);
  }

  @AfterEach
  void stop() throws Exception {
    honest.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "20 ff ff ff 7f, 'a packet of 268,435,455 bytes, of at most 65,536'",
    "20 81 80 04, 'a packet of 65,537 bytes, of at most 65,536'",
    "20 03 00 00 00 40 ff ff ff 7f, 'a packet of 268,435,455 bytes, of at most 65,536'",
    "20 08 00 00 ff ff ff 7f 00 00, 'properties of 268,435,455 bytes in a packet that has 2 left'",
    "20 08 00 00 06 00 00 00 00 00, 'properties of 6 bytes in a packet that has 5 left'",
    "20 03 00 00 80, 'a length that does not end'",
    "20 07 00 00 ff ff ff ff 7f, 'a length that does not end'",
    "20 ff ff ff ff 7f, 'a length that does not end'",
    "20 03 00 00 00 40 05 00 01 00 ff 7f, 'properties of 16,383 bytes in a packet that has 0 left'",
    "20 03 00 00 00 e0 05 00 ff ff ff 7f, 'properties of 268,435,455 bytes'",
    "20 03 00 00 00 f0 05 00 ff ff ff 7f, 'properties of 268,435,455 bytes'",
    "48 54 54 50 2f 31 2e 31 20 34 30 30 0d 0a, 'not valid in MQTT 5'"
  })
  void onlyTheirEndpointFails(String answer, String reason) throws Exception {
    try (LyingBroker liar = LyingBroker.saying(answer)) {
      Endpoint lied = honest.endpoint("liar", liar.url(), Mosquitto.PASSWORD);
      Endpoint home = honest.endpoint("home", honest.broker.url(), Mosquitto.PASSWORD);
      long number = honest.notice("incident.opened", "inc1");
      await()
          .atMost(PATIENT)
          .until(() -> honest.find(lied, number).filter(one -> one.attempts() == 1).isPresent());
      assertThat(honest.find(lied, number).orElseThrow().error())
          .get()
          .asString()
          .startsWith(liar.url().substring("mqtt://".length()) + " sends ")
          .contains(reason);
      await()
          .atMost(PATIENT)
          .until(
              () ->
                  honest
                      .find(home, number)
                      .filter(one -> one.state() == DeliveryState.DELIVERED)
                      .isPresent());
    }
  }
}
