package framewise.engine.delivery.mqtt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.endpoint.EndpointOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Topics of an endpoint, and the messages that announce a watch to Home Assistant as a device with
 * a binary sensor, a sensor, an image and an event:
 * https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery.
 */
final class HomeAssistant {
  private final EndpointOptions options;

  HomeAssistant(EndpointOptions options) {
    this.options = options;
  }

  /** Says {@code online} or {@code offline}. */
  String status() {
    return options.topic() + "/status";
  }

  /** Gets every notice of a type, as webhooks do. */
  String notices(String type) {
    return "%s/notices/%s".formatted(options.topic(), type);
  }

  /** {@code ON} while the watch has an open incident, otherwise {@code OFF}. */
  String state(String watch) {
    return watch(watch, "state");
  }

  /** The last incident. */
  String attributes(String watch) {
    return watch(watch, "attributes");
  }

  /** The last answer that an incident has. */
  String answer(String watch) {
    return watch(watch, "answer");
  }

  /** Address of the last incident's picture. */
  String picture(String watch) {
    return watch(watch, "picture");
  }

  /** What happens to incidents, as it happens. */
  String event(String watch) {
    return watch(watch, "event");
  }

  /** Retained topics of a watch, without its announcements. */
  List<String> retained(String watch) {
    return List.of(state(watch), attributes(watch), answer(watch), picture(watch));
  }

  /** Announcements of a watch, by their topic; empty where discovery is off. */
  Map<String, String> announcements(WatchList.Watched watch) {
    Map<String, String> all = new LinkedHashMap<>();
    options
        .discovery()
        .ifPresent(
            prefix -> {
              String id = watch.id();
              all.put(
                  config(prefix, "binary_sensor", id, "incident"),
                  entity(watch, "Incident", "incident")
                      .put("state_topic", state(id))
                      .put("json_attributes_topic", attributes(id))
                      .put("device_class", "problem")
                      .toString());
              all.put(
                  config(prefix, "sensor", id, "answer"),
                  entity(watch, "Last answer", "answer").put("state_topic", answer(id)).toString());
              all.put(
                  config(prefix, "image", id, "picture"),
                  entity(watch, "Picture", "picture").put("url_topic", picture(id)).toString());
              ObjectNode event =
                  entity(watch, "Incident event", "event").put("state_topic", event(id));
              event.putArray("event_types").add("opened").add("updated").add("ended");
              all.put(config(prefix, "event", id, "event"), event.toString());
            });
    return all;
  }

  private ObjectNode entity(WatchList.Watched watch, String name, String what) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name);
    json.put("unique_id", "framewise_%s_%s".formatted(part(watch.id()), what));
    json.put("availability_topic", status());
    ObjectNode device = json.putObject("device");
    device.putArray("identifiers").add("framewise_" + part(watch.id()));
    device.put("name", watch.name()).put("manufacturer", "Framewise").put("model", "Watch");
    json.putObject("origin").put("name", "Framewise");
    return json;
  }

  private static String config(String prefix, String component, String watch, String what) {
    return "%s/%s/framewise_%s/%s/config".formatted(prefix, component, part(watch), what);
  }

  private String watch(String watch, String what) {
    return "%s/watch/%s/%s".formatted(options.topic(), part(watch), what);
  }

  /** An id as a level of a topic. */
  private static String part(String id) {
    return id.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
