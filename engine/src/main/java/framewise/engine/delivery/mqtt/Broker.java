package framewise.engine.delivery.mqtt;

import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointAddress;
import framewise.media.network.Credentials;
import framewise.media.network.Network;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to a broker, over MQTT 5. Used by one thread, except {@link #close}. */
final class Broker implements AutoCloseable {
  /** QoS 1, at least once: like a webhook, a message may arrive twice. */
  private static final int AT_LEAST_ONCE = 1;

  /** Reason codes from here on are failures: MQTT 5, section 2.4. */
  private static final int FAILURES = 0x80;

  private static final int BAD_LOGIN = 0x86;
  private static final int NOT_PERMITTED = 0x87;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** Maximum time for closing a connection. */
  private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** The library resolves this name but never connects to it: {@link GuardedSocket} connects. */
  private static final String ANYWHERE = "tcp://127.0.0.1:1883";

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  private final OutboundConnections outbound;
  private final EndpointAddress address;
  private final MqttAsyncClient client;

  /** Protocol error in the broker's packets, which the library does not always report. */
  private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

  private final StartGate gate = new StartGate();

  private Broker(OutboundConnections outbound, EndpointAddress address, MqttAsyncClient client) {
    this.outbound = outbound;
    this.address = address;
    this.client = client;
  }

  /**
   * Connects.
   *
   * @param will topic of the last will: the broker publishes {@code offline} there once this client
   *     is gone
   */
  static Broker connect(Network network, Endpoint endpoint, String will) throws BrokerException {
    EndpointAddress address = endpoint.address();
    var outbound = new OutboundConnections(network);
    Broker connecting = null;
    boolean starting = false;
    boolean connected = false;
    try {
      // Checked here as well, because the library would replace the message of the refusal by its
      // own.
      outbound.requirePermitted(address.url());
      var client =
          new MqttAsyncClient(ANYWHERE, "framewise-" + endpoint.id(), new MemoryPersistence());
      connecting = new Broker(outbound, address, client);
      IMqttToken attempt =
          client.connect(connecting.options(endpoint, will), null, connecting.opensGate());
      starting = true;
      attempt.waitForCompletion(TIMEOUT.toMillis());
      connected = true;
      return connecting;
    } catch (UrlFault e) {
      throw new BrokerException(e.sentence());
    } catch (MqttException e) {
      throw new BrokerException(
          sentence(address, e, connecting == null ? null : connecting.fault.get()));
    } finally {
      if (!connected && connecting != null) {
        connecting.cut(starting);
      }
    }
  }

  boolean isConnected() {
    return client.isConnected();
  }

  /** Publishes a message, and waits until the broker has acknowledged it. */
  void publish(String topic, String text, boolean retained) throws BrokerException {
    publish(topic, text.getBytes(StandardCharsets.UTF_8), retained);
  }

  /** Like {@link #publish(String, String, boolean)}, of any content. */
  void publish(String topic, byte[] content, boolean retained) throws BrokerException {
    var message = new MqttMessage(content);
    message.setQos(AT_LEAST_ONCE);
    message.setRetained(retained);
    try {
      IMqttToken token = client.publish(topic, message);
      token.waitForCompletion(TIMEOUT.toMillis());
      int[] codes = token.getReasonCodes();
      if (codes != null && codes.length > 0 && codes[0] >= FAILURES) {
        throw new BrokerException(
            "%s refused the topic %s (reason %d).".formatted(address.authority(), topic, codes[0]));
      }
    } catch (MqttException e) {
      throw new BrokerException(sentence(address, e, fault.get()));
    }
  }

  /** Sends DISCONNECT, waits briefly for its completion, and closes the connection. */
  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(DISCONNECT_TIMEOUT.toMillis());
      }
    } catch (MqttException e) {
      LOG.debug(
          "the connection to {} ended without DISCONNECT: {}", address.authority(), e.toString());
    }
    cut(false);
  }

  /**
   * Closes the socket first: a broker that continues to send must not keep the library waiting.
   *
   * @param starting whether the library may still be starting its threads, and must not be stopped
   *     meanwhile
   */
  private void cut(boolean starting) {
    outbound.close();
    if (starting) {
      awaitStart();
    }
    gate.open();
    try {
      client.disconnectForcibly(0, DISCONNECT_TIMEOUT.toMillis(), false);
    } catch (MqttException e) {
      LOG.debug("the connection to {} is already cut: {}", address.authority(), e.toString());
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      LOG.debug("the connection to {} is already closed: {}", address.authority(), e.toString());
    }
  }

  /** Waits until the library has started all its threads, or failed to. */
  private void awaitStart() {
    Deadline deadline = Deadline.after(TIMEOUT);
    boolean interrupted = Thread.interrupted();
    boolean over = false;
    while (!over) {
      try {
        over = gate.isOpenWithin(deadline.left()) || deadline.hasPassed();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Opens the gate when an attempt has ended; the library writes nothing if it can't connect. */
  private MqttActionListener opensGate() {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken attempt) {
        gate.open();
      }

      @Override
      public void onFailure(IMqttToken attempt, Throwable why) {
        gate.open();
      }
    };
  }

  private MqttConnectionOptions options(Endpoint endpoint, String will) {
    var options = new MqttConnectionOptions();
    options.setSocketFactory(
        GuardedSocket.factory(outbound, endpoint.address().url(), fault::set, gate));
    options.setMaximumPacketSize((long) PacketFilter.MAX_BYTES);
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setConnectionTimeout((int) TIMEOUT.toSeconds());
    var offline = new MqttMessage("offline".getBytes(StandardCharsets.UTF_8));
    offline.setQos(AT_LEAST_ONCE);
    offline.setRetained(true);
    options.setWill(will, offline);
    Optional<Credentials> inUrl = endpoint.address().url().credentials();
    endpoint
        .options()
        .user()
        .or(() -> inUrl.map(Credentials::user))
        .ifPresent(options::setUserName);
    endpoint
        .options()
        .password()
        .or(() -> inUrl.map(Credentials::password))
        .map(password -> password.getBytes(StandardCharsets.UTF_8))
        .ifPresent(options::setPassword);
    return options;
  }

  private static String sentence(EndpointAddress address, MqttException e, @Nullable String wrong) {
    if (wrong != null) {
      return address.authority() + " " + wrong + ".";
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UrlFault fault) {
        return fault.sentence();
      }
    }
    String broker = address.authority();
    return switch (e.getReasonCode()) {
      case BAD_LOGIN -> broker + " refused the user and password. Check them.";
      case NOT_PERMITTED -> broker + " refused this client. Check its permissions.";
      case MqttClientException.REASON_CODE_CLIENT_TIMEOUT ->
          "%s did not answer within %d s.".formatted(broker, TIMEOUT.toSeconds());
      default -> "The connection to %s failed (reason %d).".formatted(broker, e.getReasonCode());
    };
  }
}
