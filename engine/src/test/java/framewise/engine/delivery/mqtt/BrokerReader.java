package framewise.engine.delivery.mqtt;

import framewise.testing.Mosquitto;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/** A subscriber to all topics of a broker, including retained messages. */
final class BrokerReader implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final MqttClient client;
  private final Map<String, String> last = new ConcurrentHashMap<>();
  private final Map<String, LinkedBlockingQueue<String>> all = new ConcurrentHashMap<>();

  BrokerReader(Mosquitto broker) throws MqttException {
    client = new MqttClient("tcp://127.0.0.1:" + broker.port(), "reader", new MemoryPersistence());
    var options = new MqttConnectionOptions();
    options.setUserName(Mosquitto.USER);
    options.setPassword(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8));
    client.connect(options);
    client.subscribe(
        new MqttSubscription[] {new MqttSubscription("#", 1)},
        new IMqttMessageListener[] {this::arrived});
  }

  /** The newest message of a topic; empty text if it was removed or never existed. */
  String last(String topic) {
    return last.getOrDefault(topic, "");
  }

  /** Waits for the next message of a topic and returns it. */
  String next(String topic) throws InterruptedException {
    String text =
        all.computeIfAbsent(topic, one -> new LinkedBlockingQueue<>())
            .poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing came on " + topic + "; topics: " + last.keySet());
    }
    return text;
  }

  private void arrived(String topic, MqttMessage message) {
    String text = new String(message.getPayload(), StandardCharsets.UTF_8);
    last.put(topic, text);
    all.computeIfAbsent(topic, one -> new LinkedBlockingQueue<>()).add(text);
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1_000, false);
    client.close();
  }
}
