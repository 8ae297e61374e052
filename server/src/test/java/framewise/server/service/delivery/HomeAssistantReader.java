package framewise.server.service.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.TestClient;
import framewise.testing.Mosquitto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/**
 * Follows discovery as Home Assistant's MQTT integration does: it knows only the discovery prefix,
 * and takes every topic from the announcements that it finds there.
 */
final class HomeAssistantReader implements AutoCloseable {
  private static final String PREFIX = "homeassistant/";
  private static final Set<String> COMPONENTS = Set.of("binary_sensor", "sensor", "image", "event");

  private final MqttClient client;
  private final Map<String, byte[]> last = new ConcurrentHashMap<>();
  private final Map<String, List<String>> all = new ConcurrentHashMap<>();

  HomeAssistantReader(Mosquitto broker) throws MqttException {
    client =
        new MqttClient("tcp://127.0.0.1:" + broker.port(), "assistant", new MemoryPersistence());
    var options = new MqttConnectionOptions();
    options.setUserName(Mosquitto.USER);
    options.setPassword(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8));
    client.connect(options);
    client.subscribe(
        new MqttSubscription[] {new MqttSubscription("#", 1)},
        new IMqttMessageListener[] {this::arrived});
  }

  /** An entity, by its announcement. */
  record Entity(String component, JsonNode config) {
    String name() {
      return config.path("name").asText();
    }
  }

  /** All entities that are announced, each checked as Home Assistant checks it. */
  List<Entity> entities() throws IOException {
    List<Entity> entities = new ArrayList<>();
    for (Map.Entry<String, byte[]> each : last.entrySet()) {
      String[] levels = each.getKey().split("/");
      boolean announces = each.getKey().startsWith(PREFIX) && each.getKey().endsWith("/config");
      if (announces && each.getValue().length > 0) {
        assertThat(levels).as(each.getKey()).hasSize(5);
        assertThat(each.getKey()).matches("[a-zA-Z0-9_/-]+");
        JsonNode config = TestClient.JSON.readTree(each.getValue());
        entities.add(checked(new Entity(levels[1], config)));
      }
    }
    assertThat(entities)
        .extracting(entity -> entity.config().path("unique_id").asText())
        .doesNotHaveDuplicates();
    return entities;
  }

  /** The entity of a device with this name, if it is announced. */
  Optional<Entity> find(String component, String name) throws IOException {
    return entities().stream()
        .filter(one -> one.component().equals(component) && one.name().equals(name))
        .findFirst();
  }

  boolean isAvailable(Entity entity) {
    return text(entity.config().path("availability_topic")).equals("online");
  }

  /** The newest state, as text; empty if there was none. */
  String state(Entity entity) {
    String state = text(entity.config().path("state_topic"));
    if (entity.config().has("state_class") && !state.isEmpty() && !state.equals("None")) {
      assertThat(Double.parseDouble(state)).as("a measurement is a number").isFinite();
    }
    return state;
  }

  /** All received states, the oldest first. */
  List<String> states(Entity entity) {
    return all.getOrDefault(entity.config().path("state_topic").asText(), List.of());
  }

  JsonNode attributes(Entity entity) throws IOException {
    return TestClient.JSON.readTree(text(entity.config().path("json_attributes_topic")));
  }

  byte[] image(Entity entity) {
    return last.getOrDefault(entity.config().path("image_topic").asText(), new byte[0]);
  }

  /** Topics with messages on the broker. */
  List<String> topics() {
    return last.entrySet().stream()
        .filter(each -> each.getValue().length > 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1_000, false);
    client.close();
  }

  private static Entity checked(Entity entity) {
    JsonNode config = entity.config();
    assertThat(COMPONENTS).contains(entity.component());
    assertThat(config.path("name").asText()).isNotBlank();
    assertThat(config.path("unique_id").asText()).isNotBlank();
    assertThat(config.path("availability_topic").asText()).isNotBlank();
    assertThat(config.at("/device/identifiers/0").asText()).isNotBlank();
    assertThat(config.at("/device/name").asText()).isNotBlank();
    assertThat(config.at("/origin/name").asText()).isEqualTo("Framewise");
    if (entity.component().equals("image")) {
      assertThat(config.has("image_topic")).isNotEqualTo(config.has("url_topic"));
    } else {
      assertThat(config.path("state_topic").asText()).isNotBlank();
    }
    if (entity.component().equals("event")) {
      assertThat(config.path("event_types")).isNotEmpty();
    }
    return entity;
  }

  private String text(JsonNode topic) {
    return new String(last.getOrDefault(topic.asText(), new byte[0]), StandardCharsets.UTF_8);
  }

  private void arrived(String topic, MqttMessage message) {
    last.put(topic, message.getPayload());
    all.computeIfAbsent(topic, one -> new CopyOnWriteArrayList<>())
        .add(new String(message.getPayload(), StandardCharsets.UTF_8));
  }
}
