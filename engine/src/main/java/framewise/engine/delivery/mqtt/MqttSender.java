package framewise.engine.delivery.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.delivery.NoticeBody;
import framewise.engine.delivery.NoticeText;
import framewise.engine.delivery.SendResult;
import framewise.engine.delivery.Sender;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointAddress;
import framewise.engine.endpoint.EndpointOptions;
import framewise.engine.notice.Notice;
import framewise.engine.store.Database;
import framewise.media.network.Network;
import framewise.time.Deadline;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes notices to a broker, together with the retained messages that Home Assistant needs: the
 * availability of this service and, for each watch, its announcement, state, newest answer and
 * picture.
 */
public final class MqttSender implements Sender {
  private static final Duration RECONNECT = Duration.ofSeconds(10);

  /**
   * Interval between checks of the list of watches, which are few and change rarely. Answers are
   * published as they come.
   */
  private static final Duration WATCH_LIST_INTERVAL = Duration.ofSeconds(10);

  private static final Duration MAINTENANCE_INTERVAL = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(MqttSender.class);

  private final Network network;
  private final NoticeBody bodies;
  private final WatchList watches;
  private final AnnouncementStore announced;
  private final WallClock clock;
  private final WatchStates states;
  private final Map<String, String> names = new HashMap<>();
  private List<WatchList.WatchEntry> known = List.of();
  private volatile @Nullable Connection connection;
  private volatile boolean closed;
  private Deadline nextAttempt = Deadline.after(Duration.ZERO);
  private Instant nextLook = Instant.MIN;

  public MqttSender(
      Network network, NoticeBody bodies, WatchList watches, Database database, WallClock clock) {
    this.network = network;
    this.bodies = bodies;
    this.watches = watches;
    this.announced = new AnnouncementStore(database);
    this.states = new WatchStates(watches, announced);
    this.clock = clock;
  }

  /** A connection, with the settings that it was opened for. */
  private record Connection(
      Broker broker, EndpointAddress address, EndpointOptions options, HomeAssistant topics) {
    boolean isFor(Endpoint endpoint) {
      return broker.isConnected()
          && address.equals(endpoint.address())
          && options.equals(endpoint.options());
    }
  }

  @Override
  public SendResult send(Endpoint endpoint, Notice notice) {
    try {
      Connection open = connected(endpoint);
      ObjectNode body = bodies.json(notice, endpoint);
      String type = notice.content().type();
      open.broker().publish(open.topics().notices(type), body.toString(), false);
      String watch = body.path("data").path("watch_id").asText();
      if (type.startsWith("incident.") && !watch.isEmpty()) {
        publishIncident(endpoint, open, notice, body, watch);
      }
      return SendResult.delivered();
    } catch (BrokerException e) {
      return SendResult.failed(e.sentence());
    }
  }

  @Override
  public void maintain(Endpoint endpoint) {
    Connection open = connection;
    boolean fine = open != null && open.isFor(endpoint);
    if (!fine && !nextAttempt.hasPassed()) {
      return;
    }
    nextAttempt = Deadline.after(RECONNECT);
    try {
      Connection ready = connected(endpoint);
      Instant now = clock.now();
      boolean setBack = now.plus(WATCH_LIST_INTERVAL).isBefore(nextLook);
      if (setBack || !now.isBefore(nextLook)) {
        nextLook = now.plus(WATCH_LIST_INTERVAL);
        Optional<List<WatchList.WatchEntry>> all = watches.of(endpoint);
        if (all.isPresent()) {
          announce(endpoint, ready, all.get());
          known = all.get();
        }
      }
      for (WatchList.WatchEntry watch : known) {
        states.refresh(endpoint, ready.broker(), ready.topics(), watch);
      }
    } catch (BrokerException e) {
      LOG.debug("endpoint {} is not connected: {}", endpoint.id(), e.sentence());
    }
  }

  @Override
  public Duration maintenanceInterval() {
    return MAINTENANCE_INTERVAL;
  }

  @Override
  public void disconnect() {
    Connection open = connection;
    connection = null;
    names.clear();
    states.clear();
    known = List.of();
    nextLook = Instant.MIN;
    if (open != null) {
      publishOffline(open);
    }
  }

  @Override
  public void remove(Endpoint endpoint) {
    Set<String> left = announced.of(endpoint.id());
    Connection present = connection;
    boolean connected = present != null && present.broker().isConnected();
    if (!connected && left.isEmpty()) {
      return; // nothing was ever published to this broker
    }
    try {
      // A disabled endpoint has no connection, but the broker still retains its messages.
      Connection open = present != null && connected ? present : connected(endpoint);
      for (String watch : left) {
        withdraw(endpoint, open, watch);
      }
      open.broker().publish(open.topics().status(), "", true);
    } catch (BrokerException e) {
      LOG.info(
          "Deleted endpoint {} ({}), but its broker keeps its retained messages: {}",
          endpoint.name(),
          endpoint.id(),
          e.sentence());
    } finally {
      Connection last = connection;
      connection = null;
      if (last != null) {
        last.broker().close();
      }
    }
  }

  @Override
  public void close() {
    // The worker may still be connecting: a connection that it opens from now on is closed at once.
    closed = true;
    disconnect();
  }

  private Connection connected(Endpoint endpoint) throws BrokerException {
    Connection open = connection;
    if (open != null && open.isFor(endpoint)) {
      return open;
    }
    if (open != null && open.broker().isConnected()) {
      // Other topics or another broker: messages retained under the previous ones would stay
      // forever.
      remove(endpoint);
    }
    disconnect();
    if (closed) {
      throw new BrokerException("The endpoint is closed.");
    }
    var topics = new HomeAssistant(endpoint.options());
    Broker broker = Broker.connect(network, endpoint, topics.status());
    var fresh = new Connection(broker, endpoint.address(), endpoint.options(), topics);
    connection = fresh;
    if (closed) {
      connection = null;
      broker.close();
      throw new BrokerException("The endpoint is closed.");
    }
    broker.publish(topics.status(), "online", true);
    return fresh;
  }

  private void announce(Endpoint endpoint, Connection open, List<WatchList.WatchEntry> all)
      throws BrokerException {
    for (WatchList.WatchEntry watch : all) {
      announce(endpoint, open, watch);
    }
    Set<String> gone = announced.of(endpoint.id());
    all.forEach(watch -> gone.remove(watch.id()));
    for (String watch : gone) {
      withdraw(endpoint, open, watch);
    }
  }

  private void announce(Endpoint endpoint, Connection open, WatchList.WatchEntry watch)
      throws BrokerException {
    if (watch.name().equals(names.get(watch.id()))) {
      return;
    }
    announced.add(endpoint.id(), watch.id());
    for (Map.Entry<String, String> one : open.topics().announcements(watch).entrySet()) {
      open.broker().publish(one.getKey(), one.getValue(), true);
    }
    boolean isOpen = announced.isOpen(watch.id(), Long.MAX_VALUE);
    open.broker().publish(open.topics().state(watch.id()), isOpen ? "ON" : "OFF", true);
    states.announce(endpoint, open.broker(), open.topics(), watch);
    names.put(watch.id(), watch.name());
  }

  /** Removes a watch's retained messages from the broker, by publishing empty ones. */
  private void withdraw(Endpoint endpoint, Connection open, String watch) throws BrokerException {
    var former = new WatchList.WatchEntry(watch, "");
    for (String topic : open.topics().announcements(former).keySet()) {
      open.broker().publish(topic, "", true);
    }
    for (String topic : open.topics().retained(watch)) {
      open.broker().publish(topic, "", true);
    }
    states.withdraw(endpoint, open.broker(), open.topics(), former);
    announced.remove(endpoint.id(), watch);
    names.remove(watch);
  }

  private void publishIncident(
      Endpoint endpoint, Connection open, Notice notice, ObjectNode body, String watch)
      throws BrokerException {
    JsonNode data = body.path("data");
    if (watches.of(endpoint).isEmpty()) {
      String name = data.path("watch").asText(watch);
      announce(endpoint, open, new WatchList.WatchEntry(watch, name));
    }
    Broker broker = open.broker();
    HomeAssistant topics = open.topics();
    broker.publish(topics.attributes(watch), data.toString(), true);
    Optional<String> answer = NoticeText.lastAnswer(data);
    if (answer.isPresent() && watches.newest(endpoint, watch).isEmpty()) {
      broker.publish(topics.answer(watch), WatchStates.cut(answer.get()), true);
    }
    states.incident(watch, notice.content().subject());
    String what = notice.content().type().substring("incident.".length());
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("event_type", what)
            .put("incident_id", notice.content().subject())
            .put("at", notice.content().at().toString());
    broker.publish(topics.event(watch), event.toString(), false);
    boolean isOpen = announced.isOpen(watch, notice.number());
    broker.publish(topics.state(watch), isOpen ? "ON" : "OFF", true);
  }

  private static void publishOffline(Connection open) {
    try {
      if (open.broker().isConnected()) {
        open.broker().publish(open.topics().status(), "offline", true);
      }
    } catch (BrokerException e) {
      LOG.debug("the offline status was not published: {}", e.sentence());
    } finally {
      open.broker().close();
    }
  }
}
