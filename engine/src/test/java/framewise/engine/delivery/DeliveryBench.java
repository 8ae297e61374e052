package framewise.engine.delivery;

import static org.awaitility.Awaitility.await;

import framewise.engine.delivery.web.WebhookSender;
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
import framewise.media.network.HttpPost;
import framewise.media.network.Network;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Deliveries with a separate database and a clock that a test advances. */
public final class DeliveryBench implements AutoCloseable {
  public static final Duration PATIENT = Duration.ofSeconds(60);

  private static final AtomicLong NUMBER = new AtomicLong();

  public final ManualClock clock;
  public final Database database;
  public final Notices notices;
  public final Deliveries deliveries;

  /**
   * @param limit time-out of a request, in real time
   */
  public DeliveryBench(Path folder, ManualClock clock, Duration limit) {
    this(folder, clock, limit, Audience.EVERYTHING);
  }

  /** Creates one for owners who may see only part of the data. */
  DeliveryBench(Path folder, ManualClock clock, Duration limit, Audience audience) {
    this.clock = clock;
    this.database = TestDatabase.open(folder);
    this.notices = new Notices(database);
    var post = new HttpPost(Network.of(AllowedAddresses.ANY), limit, SendResult.MAX_ANSWER_LENGTH);
    var bodies = new NoticeBody(Links.NONE);
    this.deliveries =
        new Deliveries(
            database,
            notices,
            audience,
            kind -> new WebhookSender(post, bodies, clock),
            Duration.ofDays(30),
            new Random(1),
            clock);
    deliveries.start();
  }

  public DeliveryBench(Path folder) {
    this(folder, new ManualClock(), PATIENT);
  }

  public Endpoint hook(String url) {
    return hook("hook", url, List.of("incident.*"));
  }

  public Endpoint hook(String name, String url, List<String> types) {
    return deliveries
        .add(
            new NewEndpoint(
                name,
                EndpointKind.WEBHOOK,
                EndpointAddress.parse(EndpointKind.WEBHOOK, url),
                EndpointOptions.NONE,
                SigningSecrets.of(SigningSecrets.generate()),
                types,
                true,
                ""),
            Deliveries.MAX_ENDPOINTS)
        .orElseThrow();
  }

  /** Stores a notice about an incident. */
  public long notice(String type, String incident) {
    return notices.add(
        new NewNotice(
            type,
            clock.now(),
            Optional.empty(),
            incident,
            "{\"id\":\"%s\",\"type\":\"%s\",\"n\":%d}"
                .formatted(incident, type, NUMBER.incrementAndGet()),
            Optional.empty()));
  }

  /**
   * Waits until the delivery of a notice is in this state after this number of attempts, and
   * returns it.
   */
  public Delivery awaitDelivery(Endpoint endpoint, long notice, DeliveryState state, int attempts) {
    await()
        .atMost(PATIENT)
        .until(
            () ->
                find(endpoint, notice)
                    .filter(one -> one.state() == state && one.attempts() == attempts)
                    .isPresent());
    return find(endpoint, notice).orElseThrow();
  }

  public Optional<Delivery> find(Endpoint endpoint, long notice) {
    return deliveries.page(List.of(endpoint.id()), Optional.empty(), Long.MAX_VALUE, 500).stream()
        .filter(one -> one.notice() == notice)
        .findFirst();
  }

  /** Stops like a killed process: deliveries in progress can no longer store anything. */
  public void crash() {
    database.close();
    deliveries.close();
  }

  @Override
  public void close() {
    deliveries.close();
    database.close();
  }
}
