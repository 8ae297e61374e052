package framewise.server.delivery;

import framewise.engine.SessionId;
import framewise.engine.delivery.Deliveries;
import framewise.engine.delivery.NoticeBody;
import framewise.engine.delivery.Sender;
import framewise.engine.delivery.mqtt.MqttSender;
import framewise.engine.delivery.mqtt.WatchList;
import framewise.engine.delivery.web.NtfySender;
import framewise.engine.delivery.web.WebhookSender;
import framewise.engine.endpoint.EndpointKind;
import framewise.engine.incident.IncidentPictures;
import framewise.engine.notice.Notices;
import framewise.engine.store.Database;
import framewise.engine.watch.Watches;
import framewise.media.network.HttpPost;
import framewise.media.network.Network;
import framewise.server.access.AccessControl;
import framewise.server.access.Caller;
import framewise.server.http.LongAnswers;
import framewise.server.http.Route;
import framewise.server.http.Socket;
import framewise.server.metrics.Metrics;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Endpoints and deliveries of the service: creates their parts and connects them. */
public final class DeliveryService implements AutoCloseable {
  /** How long notices and their deliveries are kept. */
  private static final Duration RETENTION = Duration.ofDays(30);

  /** Standard Webhooks: an endpoint that answers later than this has failed. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(15);

  private static final int ANSWER_BYTES = 1_024;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

  private final Deliveries deliveries;
  private final OwnEndpoints own;
  private final Network network;
  private final NoticeBody bodies;
  private final HttpPost post;
  private final WatchList watches;
  private final Database database;
  private final NoticeStream events;
  private final EndpointsApi endpointsApi;
  private final DeliveriesApi deliveriesApi;
  private final WallClock clock;

  /**
   * @param network decides which addresses endpoints may have
   * @param watches for discovery by Home Assistant
   * @param pictures of incidents, for Home Assistant as well
   * @param base the service's address, as others reach it
   * @param names display names of sessions
   * @param answers ends streams of events when the service stops
   */
  public DeliveryService(
      Database database,
      Notices notices,
      AccessControl access,
      Network network,
      Watches watches,
      IncidentPictures pictures,
      Supplier<Optional<String>> base,
      Function<SessionId, Optional<String>> names,
      LongAnswers answers,
      Metrics metrics,
      WallClock clock) {
    this.database = database;
    this.network = network;
    this.watches = new AnnouncedWatches(watches, pictures, access);
    this.clock = clock;
    this.bodies = new NoticeBody(new SignedLinks(access, base, names));
    this.post = new HttpPost(network, TIME_LIMIT, ANSWER_BYTES);
    this.deliveries =
        new Deliveries(
            database,
            notices,
            new OwnerAudience(access),
            this::sender,
            RETENTION,
            RandomGenerator.getDefault(),
            clock);
    this.events = new NoticeStream(notices, access, answers, HEARTBEAT, SOCKET_TIMEOUT);
    access.connect(id -> deliveries.endpoint(id).isPresent());
    this.own = new OwnEndpoints(deliveries);
    this.endpointsApi =
        new EndpointsApi(deliveries, watches, own, new EndpointRequest(network), clock);
    this.deliveriesApi = new DeliveriesApi(deliveries, own);
    new DeliveryMeters(metrics, deliveries, clock).register();
  }

  /** Starts sending. */
  public void start() {
    deliveries.start();
  }

  public List<Route> routes() {
    return Stream.of(endpointsApi.routes(), deliveriesApi.routes(), List.of(events.route()))
        .flatMap(List::stream)
        .toList();
  }

  /** Whether a caller may have notices sent to an endpoint. */
  public boolean sees(Caller caller, String endpoint) {
    return own.sees(caller, endpoint);
  }

  public Socket socket() {
    return events.socket();
  }

  @Override
  public void close() {
    deliveries.close();
  }

  private Sender sender(EndpointKind kind) {
    return switch (kind) {
      case WEBHOOK -> new WebhookSender(post, bodies, clock);
      case NTFY -> new NtfySender(post, bodies, clock);
      case MQTT -> new MqttSender(network, bodies, watches, database, clock);
    };
  }
}
