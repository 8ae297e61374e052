package framewise.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores parts of an endpoint as JSON. */
final class EndpointJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EndpointJson() {}

  static String write(EndpointOptions options) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode headers = json.putObject("headers");
    options.headers().forEach(headers::put);
    options.token().ifPresent(token -> json.put("token", token));
    options.user().ifPresent(user -> json.put("user", user));
    options.password().ifPresent(password -> json.put("password", password));
    json.put("topic", options.topic());
    options.discovery().ifPresent(prefix -> json.put("discovery", prefix));
    return json.toString();
  }

  static EndpointOptions options(String text) {
    JsonNode json = read(text);
    Map<String, String> headers = new HashMap<>();
    json.path("headers")
        .properties()
        .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asText()));
    return new EndpointOptions(
        headers,
        text(json, "token"),
        text(json, "user"),
        text(json, "password"),
        text(json, "topic").orElse(EndpointOptions.DEFAULT_TOPIC),
        text(json, "discovery"));
  }

  static String write(SigningSecrets secrets) {
    ArrayNode json = JSON.createArrayNode();
    for (SigningSecrets.SigningSecret secret : secrets.all()) {
      ObjectNode one = json.addObject().put("text", secret.text());
      secret.until().ifPresent(end -> one.put("until", end.toEpochMilli()));
    }
    return json.toString();
  }

  static SigningSecrets secrets(String text) {
    List<SigningSecrets.SigningSecret> secrets = new ArrayList<>();
    for (JsonNode one : read(text)) {
      secrets.add(
          new SigningSecrets.SigningSecret(
              one.path("text").asText(),
              one.has("until")
                  ? Optional.of(Instant.ofEpochMilli(one.path("until").asLong()))
                  : Optional.empty()));
    }
    return new SigningSecrets(secrets);
  }

  static String write(List<String> types) {
    ArrayNode json = JSON.createArrayNode();
    types.forEach(json::add);
    return json.toString();
  }

  static List<String> types(String text) {
    List<String> types = new ArrayList<>();
    read(text).forEach(type -> types.add(type.asText()));
    return types;
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored endpoint is damaged", e);
    }
  }
}
