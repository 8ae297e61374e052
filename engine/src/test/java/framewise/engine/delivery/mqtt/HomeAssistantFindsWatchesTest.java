package framewise.engine.delivery.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointOptions;
import framewise.testing.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Mosquitto, and a reader of the topics that Home Assistant reads. */
@Timeout(300)
class HomeAssistantFindsWatchesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENT = Duration.ofSeconds(60);
  @TempDir Path folder;
  private MqttFixture home;

  @BeforeEach
  void start() throws Exception {
    home = new MqttFixture(folder);
  }

  @AfterEach
  void stop() throws Exception {
    home.close();
  }

  @Test
  void aWatchIsADeviceUntilItIsDeleted() throws Exception {
    home.watches.add(new WatchList.WatchEntry("dock", "Dock"));
    Endpoint added = endpoint(Mosquitto.PASSWORD);
    try (BrokerReader reader = new BrokerReader(home.broker)) {
      assertThat(reader.next("framewise/status")).isEqualTo("online");
      JsonNode sensor =
          JSON.readTree(reader.next("homeassistant/binary_sensor/framewise_dock/incident/config"));
      assertThat(sensor.path("state_topic").asText()).isEqualTo("framewise/watch/dock/state");
      assertThat(sensor.path("availability_topic").asText()).isEqualTo("framewise/status");
      assertThat(sensor.path("device").path("name").asText()).isEqualTo("Dock");
      assertThat(
              JSON.readTree(reader.next("homeassistant/image/framewise_dock/picture/config"))
                  .path("image_topic")
                  .asText())
          .isEqualTo("framewise/watch/dock/picture");
      assertThat(
              JSON.readTree(reader.next("homeassistant/event/framewise_dock/event/config"))
                  .path("event_types"))
          .hasSize(3);
      assertThat(reader.next("homeassistant/sensor/framewise_dock/answer/config")).isNotEmpty();
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("OFF");

      home.notice("incident.opened", "inc1");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("ON");
      assertThat(reader.next("framewise/watch/dock/answer")).isEqualTo("blocked");
      assertThat(reader.next("framewise/watch/dock/attributes"))
          .contains("http://framewise.example/incidents/inc1/picture.jpg?token=T");
      assertThat(
              JSON.readTree(reader.next("framewise/watch/dock/event")).path("event_type").asText())
          .isEqualTo("opened");
      assertThat(
              JSON.readTree(reader.next("framewise/notices/incident.opened")).path("type").asText())
          .isEqualTo("incident.opened");
      home.notice("incident.opened", "inc2");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("ON");
      home.notice("incident.ended", "inc1");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("ON");
      home.notice("incident.ended", "inc2");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("OFF");
      home.notice("incident.updated", "inc2"); // the condition holds again after a short gap
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("ON");
      home.notice("incident.ended", "inc2");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("OFF");

      home.watches.clear();
      home.clock.advance(Duration.ofSeconds(11));
      await()
          .atMost(PATIENT)
          .until(
              () ->
                  reader
                          .last("homeassistant/binary_sensor/framewise_dock/incident/config")
                          .isEmpty()
                      && reader.last("framewise/watch/dock/state").isEmpty());
      home.deliveries.delete(added.id());
      await().atMost(PATIENT).until(() -> reader.last("framewise/status").isEmpty());
    }
    try (BrokerReader later = new BrokerReader(home.broker)) {
      assertThat(later.last("homeassistant/sensor/framewise_dock/answer/config")).isEmpty();
    }
  }

  /**
   * Seen: if an endpoint was disabled and then deleted, all its announcements remained on the
   * broker.
   */
  @Test
  void anEndpointDisabledBeforeLeavesNothingAtTheBroker() throws Exception {
    home.watches.add(new WatchList.WatchEntry("dock", "Dock"));
    Endpoint added = endpoint(Mosquitto.PASSWORD);
    try (BrokerReader reader = new BrokerReader(home.broker)) {
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("OFF");
      assertThat(home.deliveries.change(added.id(), HomeAssistantFindsWatchesTest::disabled, true))
          .isPresent();
      await().atMost(PATIENT).until(() -> reader.last("framewise/status").equals("offline"));
      home.deliveries.delete(added.id());
      await().atMost(PATIENT).until(() -> reader.last("framewise/status").isEmpty());
    }
    try (BrokerReader later = new BrokerReader(home.broker)) {
      assertThat(later.last("framewise/watch/dock/state")).isEmpty();
      for (String kind :
          List.of(
              "binary_sensor/framewise_dock/incident",
              "image/framewise_dock/picture",
              "event/framewise_dock/event",
              "sensor/framewise_dock/answer")) {
        assertThat(later.last("homeassistant/" + kind + "/config")).isEmpty();
      }
    }
  }

  private static Endpoint disabled(Endpoint one) {
    return new Endpoint(
        one.id(),
        one.name(),
        one.kind(),
        one.address(),
        one.options(),
        one.secrets(),
        one.types(),
        false,
        one.state(),
        one.reason(),
        one.owner(),
        one.createdAt(),
        one.failures(),
        one.failingSince(),
        one.pausedUntil());
  }

  /** Seen: of the fields 温度 and 湿度, only one got a sensor, because both topics ended with __. */
  @Test
  void namesInOtherScriptsHaveDistinctTopics() {
    var topics = new HomeAssistant(EndpointOptions.NONE);
    assertThat(topics.field("dock", "温度"))
        .isNotEqualTo(topics.field("dock", "湿度"))
        .isEqualTo(topics.field("dock", "温度"))
        .matches("framewise/watch/dock/field/[A-Za-z0-9_-]+");
    assertThat(topics.field("dock", "people/#+")).isEqualTo("framewise/watch/dock/field/people___");
    assertThat(topics.field("dock", "people")).isEqualTo("framewise/watch/dock/field/people");
  }

  @Test
  void aReturningBrokerGetsMissedMessages() throws Exception {
    Endpoint added = endpoint(Mosquitto.PASSWORD);
    try (BrokerReader reader = new BrokerReader(home.broker)) {
      assertThat(reader.next("framewise/status")).isEqualTo("online");
    }
    home.broker.stop();
    long missed = home.notice("incident.ended", "inc1");
    await()
        .atMost(PATIENT)
        .until(() -> home.find(added, missed).filter(one -> one.attempts() == 1).isPresent());
    home.broker.restart();
    try (BrokerReader reader = new BrokerReader(home.broker)) {
      home.clock.advance(Duration.ofSeconds(6));
      assertThat(reader.next("framewise/notices/incident.ended")).contains("inc1");
    }
  }

  @Test
  void aWrongPasswordIsReported() throws Exception {
    Endpoint added = endpoint("wrong");
    long number = home.notice("incident.opened", "inc1");
    await()
        .atMost(PATIENT)
        .until(() -> home.find(added, number).filter(one -> one.attempts() == 1).isPresent());
    assertThat(home.find(added, number).orElseThrow().error())
        .get()
        .asString()
        .containsAnyOf("refused the user and password", "refused this client");
  }

  @Test
  void theBrokerReportsOfflineWhenTheServiceIsGone() throws Exception {
    endpoint(Mosquitto.PASSWORD);
    try (BrokerReader reader = new BrokerReader(home.broker)) {
      assertThat(reader.next("framewise/status")).isEqualTo("online");
      home.deliveries.close();
      assertThat(reader.next("framewise/status")).isEqualTo("offline");
    }
  }

  private Endpoint endpoint(String password) {
    return home.endpoint("home", home.broker.url(), password);
  }
}
