package framewise.engine.delivery.mqtt;

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
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.testing.ManualClock;
import framewise.testing.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real Mosquitto, and deliveries to it and other brokers. */
final class MqttFixture {
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

  final ManualClock clock = new ManualClock();
  final Mosquitto broker;
  final Deliveries deliveries;

  /** The watches that endpoints announce. */
  final List<WatchList.WatchEntry> watches = new CopyOnWriteArrayList<>();

  private final Database database;
  private final Notices notices;

  MqttFixture(Path folder) throws Exception {
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
                    Network.of(AllowedAddresses.ANY),
                    new NoticeBody(LINKS),
                    endpoint -> Optional.of(List.copyOf(watches)),
                    database,
                    clock),
            Duration.ofDays(30),
            new Random(1),
            clock);
    deliveries.start();
  }

  /** Adds an endpoint that announces the watches to Home Assistant. */
  Endpoint endpoint(String name, String url, String password) {
    return deliveries
        .add(
            new NewEndpoint(
                name,
                EndpointKind.MQTT,
                EndpointAddress.parse(EndpointKind.MQTT, url),
                new EndpointOptions(
                    Map.of(),
                    Optional.empty(),
                    Optional.of(Mosquitto.USER),
                    Optional.of(password),
                    "framewise",
                    Optional.of("homeassistant")),
                SigningSecrets.NONE,
                Endpoint.DEFAULT_TYPES,
                true,
                ""),
            Deliveries.MAX_ENDPOINTS)
        .orElseThrow();
  }

  /** Adds a notice about an incident of the watch "dock"; returns its number. */
  long notice(String type, String incident) {
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

  /** The delivery of a notice to an endpoint. */
  Optional<Delivery> find(Endpoint endpoint, long notice) {
    return deliveries
        .page(List.of(endpoint.id()), Optional.<DeliveryState>empty(), Long.MAX_VALUE, 100)
        .stream()
        .filter(one -> one.notice() == notice)
        .findFirst();
  }

  void close() throws Exception {
    deliveries.close();
    database.close();
    broker.close();
  }
}
