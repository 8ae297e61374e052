package framewise.engine.delivery.mqtt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.endpoint.EndpointOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Topics of an endpoint, and the messages that announce a watch to Home Assistant as a device with
 * a binary sensor, an image, an event, and sensors of the newest answer and its fields:
 * https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery.
 */
final class HomeAssistant {
  private static final int MAX_NAME_LENGTH = 100;

  private final EndpointOptions options;

  HomeAssistant(EndpointOptions options) {
    this.options = options;
  }

  /** Topic of the service's availability: {@code online} or {@code offline}. */
  String status() {
    return options.topic() + "/status";
  }

  /** Topic of all notices of a type, with the same body as webhooks. */
  String notices(String type) {
    return "%s/notices/%s".formatted(options.topic(), type);
  }

  /** Topic of a watch's state: {@code ON} while it has an open incident, otherwise {@code OFF}. */
  String state(String watch) {
    return watch(watch, "state");
  }

  /** Topic of the last incident. */
  String attributes(String watch) {
    return watch(watch, "attributes");
  }

  /** Topic of the newest answer that the watch tested. */
  String answer(String watch) {
    return watch(watch, "answer");
  }

  /** Topic of a field of that answer. */
  String field(String watch, String field) {
    return watch(watch, "field/" + part(field));
  }

  /** Topic of the last incident's picture, as JPEG. */
  String picture(String watch) {
    return watch(watch, "picture");
  }

  /** Topic of incident events: opened, updated and ended. */
  String event(String watch) {
    return watch(watch, "event");
  }

  /** Topics with retained messages of a watch, except its announcements. */
  List<String> retained(String watch) {
    return List.of(state(watch), attributes(watch), answer(watch), picture(watch));
  }

  /** Announcements of a watch, by their topic; empty where discovery is off. */
  Map<String, String> announcements(WatchList.WatchEntry watch) {
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
                  entity(watch, "Picture", "picture")
                      .put("image_topic", picture(id))
                      .put("content_type", "image/jpeg")
                      .toString());
              ObjectNode event =
                  entity(watch, "Incident event", "event").put("state_topic", event(id));
              event.putArray("event_types").add("opened").add("updated").add("ended");
              all.put(config(prefix, "event", id, "event"), event.toString());
            });
    return all;
  }

  /** Announcement of a field as a sensor; empty where discovery is off. */
  Optional<Map.Entry<String, String>> announcement(
      WatchList.WatchEntry watch, String field, boolean isNumber) {
    String what = "field_" + part(field);
    ObjectNode sensor =
        entity(watch, cut(field), what).put("state_topic", field(watch.id(), field));
    if (isNumber) {
      sensor.put("state_class", "measurement"); // Home Assistant then draws a graph
    }
    return options
        .discovery()
        .map(prefix -> Map.entry(config(prefix, "sensor", watch.id(), what), sensor.toString()));
  }

  private static String cut(String text) {
    return text.length() <= MAX_NAME_LENGTH ? text : text.substring(0, MAX_NAME_LENGTH);
  }

  private ObjectNode entity(WatchList.WatchEntry watch, String name, String what) {
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

  /**
   * An id or a name as a level of a topic. A hash distinguishes names in other alphabets, because
   * all their letters are replaced.
   */
  static String part(String id) {
    String plain = id.replaceAll("[^A-Za-z0-9_-]", "_");
    boolean foreign = id.chars().anyMatch(c -> c > 0x7f);
    return foreign ? "%s_%08x".formatted(plain, id.hashCode()) : plain;
  }
}
