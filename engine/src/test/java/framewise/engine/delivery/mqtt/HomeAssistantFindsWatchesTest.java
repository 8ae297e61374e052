package framewise.engine.delivery.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.delivery.Audience;
import framewise.engine.delivery.Deliveries;
import framewise.engine.delivery.Delivery;
import framewise.engine.delivery.DeliveryState;
import framewise.engine.delivery.Links;
import framewise.engine.delivery.NoticeBody;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointAddress;
import framewise.engine.endpoint.EndpointKind;
import framewise.engine.endpoint.EndpointOptions;
import framewise.engine.endpoint.NewEndpoint;
import framewise.engine.endpoint.SigningSecrets;
import framewise.engine.notice.NewNotice;
import framewise.engine.notice.Notices;
import framewise.engine.store.Database;
import framewise.engine.store.TestDatabase;
import framewise.media.network.Network;
import framewise.media.network.Reach;
import framewise.testing.ManualClock;
import framewise.testing.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private static final SessionId SESSION = SessionId.random();
  private static final Links LINKS =
      new Links() {
        @Override
        public Optional<String> signed(String path, SessionId session, Endpoint endpoint) {
          return Optional.of("http://framewise.example" + path + "?token=T");
        }

        @Override
        public Optional<String> page(SessionId session) {
          return Optional.empty();
        }
      };

  @TempDir Path folder;
  private Mosquitto broker;
  private Database database;
  private Notices notices;
  private Deliveries deliveries;
  private final ManualClock clock = new ManualClock();
  private final List<WatchList.Watched> watches = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    broker = Mosquitto.in(folder);
    database = TestDatabase.open(folder);
    notices = new Notices(database);
    deliveries =
        new Deliveries(
            database,
            notices,
            Audience.EVERYTHING,
            kind ->
                new MqttSender(
                    Network.of(Reach.ANY),
                    new NoticeBody(LINKS),
                    endpoint -> Optional.of(List.copyOf(watches)),
                    database,
                    clock),
            Duration.ofDays(30),
            new Random(1),
            clock);
    deliveries.start();
  }

  @AfterEach
  void stop() throws Exception {
    deliveries.close();
    database.close();
    broker.close();
  }

  private Endpoint endpoint(String password) {
    return deliveries
        .add(
            new NewEndpoint(
                "home",
                EndpointKind.MQTT,
                EndpointAddress.parse(EndpointKind.MQTT, broker.url()),
                new EndpointOptions(
                    Map.of(),
                    Optional.empty(),
                    Optional.of(Mosquitto.USER),
                    Optional.of(password),
                    "framewise",
                    Optional.of("homeassistant")),
                SigningSecrets.NONE,
                Endpoint.USUAL_TYPES,
                true,
                ""),
            Deliveries.MOST_ENDPOINTS)
        .orElseThrow();
  }

  private long notice(String type, String incident) {
    return notices.add(
        new NewNotice(
            type,
            clock.now(),
            Optional.of(SESSION),
            incident,
            "{\"id\":\"%s\",\"watch_id\":\"dock\",\"watch\":\"Dock\",\"last\":{\"answer\":\"blocked\"}}"
                .formatted(incident),
            Optional.empty()));
  }

  @Test
  void aWatchBecomesADeviceThatFollowsItsIncidentsAndGoesWithIt() throws Exception {
    watches.add(new WatchList.Watched("dock", "Dock"));
    Endpoint home = endpoint(Mosquitto.PASSWORD);
    try (BrokerReader reader = new BrokerReader(broker)) {
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

      notice("incident.opened", "inc1");
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
      notice("incident.opened", "inc2");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("ON");
      notice("incident.ended", "inc1");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("ON");
      notice("incident.ended", "inc2");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("OFF");
      notice("incident.updated", "inc2"); // the condition holds again after a short gap
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("ON");
      notice("incident.ended", "inc2");
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("OFF");

      watches.clear();
      clock.advance(Duration.ofSeconds(11));
      await()
          .atMost(PATIENT)
          .until(
              () ->
                  reader
                          .last("homeassistant/binary_sensor/framewise_dock/incident/config")
                          .isEmpty()
                      && reader.last("framewise/watch/dock/state").isEmpty());
      deliveries.delete(home.id());
      await().atMost(PATIENT).until(() -> reader.last("framewise/status").isEmpty());
    }
    try (BrokerReader later = new BrokerReader(broker)) {
      assertThat(later.last("homeassistant/sensor/framewise_dock/answer/config")).isEmpty();
    }
  }

  /** Seen: the broker kept every announcement of an endpoint that was disabled, then deleted. */
  @Test
  void nothingStaysAtTheBrokerOfAnEndpointThatWasDisabledBefore() throws Exception {
    watches.add(new WatchList.Watched("dock", "Dock"));
    Endpoint home = endpoint(Mosquitto.PASSWORD);
    try (BrokerReader reader = new BrokerReader(broker)) {
      assertThat(reader.next("framewise/watch/dock/state")).isEqualTo("OFF");
      assertThat(deliveries.change(home.id(), HomeAssistantFindsWatchesTest::disabled, true))
          .isPresent();
      await().atMost(PATIENT).until(() -> reader.last("framewise/status").equals("offline"));
      deliveries.delete(home.id());
      await().atMost(PATIENT).until(() -> reader.last("framewise/status").isEmpty());
    }
    try (BrokerReader later = new BrokerReader(broker)) {
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

  /** Seen: of the fields 温度 and 湿度 one had no sensor, because both topics ended with __. */
  @Test
  void namesOfOtherAlphabetsHaveTopicsOfTheirOwn() {
    var topics = new HomeAssistant(EndpointOptions.NONE);
    assertThat(topics.field("dock", "温度"))
        .isNotEqualTo(topics.field("dock", "湿度"))
        .isEqualTo(topics.field("dock", "温度"))
        .matches("framewise/watch/dock/field/[A-Za-z0-9_-]+");
    assertThat(topics.field("dock", "people/#+")).isEqualTo("framewise/watch/dock/field/people___");
    assertThat(topics.field("dock", "people")).isEqualTo("framewise/watch/dock/field/people");
  }

  @Test
  void aBrokerThatComesBackGetsWhatItMissed() throws Exception {
    Endpoint home = endpoint(Mosquitto.PASSWORD);
    try (BrokerReader reader = new BrokerReader(broker)) {
      assertThat(reader.next("framewise/status")).isEqualTo("online");
    }
    broker.stop();
    long missed = notice("incident.ended", "inc1");
    await()
        .atMost(PATIENT)
        .until(() -> find(home, missed).filter(one -> one.attempts() == 1).isPresent());
    broker.restart();
    try (BrokerReader reader = new BrokerReader(broker)) {
      clock.advance(Duration.ofSeconds(6));
      assertThat(reader.next("framewise/notices/incident.ended")).contains("inc1");
    }
  }

  @Test
  void aWrongPasswordIsSaid() throws Exception {
    Endpoint home = endpoint("wrong");
    long number = notice("incident.opened", "inc1");
    await()
        .atMost(PATIENT)
        .until(() -> find(home, number).filter(one -> one.attempts() == 1).isPresent());
    assertThat(find(home, number).orElseThrow().error())
        .get()
        .asString()
        .containsAnyOf("does not accept the user and password", "does not permit");
  }

  @Test
  void theBrokerSaysOfflineWhenTheServiceIsGone() throws Exception {
    endpoint(Mosquitto.PASSWORD);
    try (BrokerReader reader = new BrokerReader(broker)) {
      assertThat(reader.next("framewise/status")).isEqualTo("online");
      deliveries.close();
      assertThat(reader.next("framewise/status")).isEqualTo("offline");
    }
  }

  private Optional<Delivery> find(Endpoint home, long notice) {
    return deliveries
        .page(List.of(home.id()), Optional.<DeliveryState>empty(), Long.MAX_VALUE, 100)
        .stream()
        .filter(one -> one.notice() == notice)
        .findFirst();
  }
}
