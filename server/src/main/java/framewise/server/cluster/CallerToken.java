package framewise.server.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import framewise.server.access.Caller;
import framewise.server.access.account.Role;
import framewise.server.access.account.SignIn;
import framewise.server.access.secret.KeyHash;
import framewise.server.access.secret.ShownSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** A caller as text, for the node to which its call is forwarded. The signature protects it. */
final class CallerToken {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CallerToken() {}

  /**
   * The caller in base64url.
   *
   * @param key hash of its API key, where the call needs one
   * @param address under which it reaches the service
   */
  static String write(Caller caller, Optional<KeyHash> key, String address) {
    ObjectNode json = JSON.createObjectNode();
    json.put("kind", caller.kind().name());
    json.put("id", caller.id());
    json.put("name", caller.name());
    caller.role().ifPresent(role -> json.put("role", role.wireName()));
    json.put("address", caller.address());
    caller.signIn().ifPresent(signIn -> json.set("sign_in", write(signIn)));
    caller.shown().ifPresent(shown -> json.set("shown", write(shown)));
    key.ifPresent(hash -> json.put("key", hash.sha256()));
    json.put("at", address);
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a text from {@link #write}; empty for the format of another version. */
  static Optional<Caller> read(String text) {
    try {
      JsonNode json =
          JSON.readTree(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
      return Optional.of(
          new Caller(
              Caller.Kind.valueOf(json.path("kind").asText()),
              json.path("id").asText(),
              json.path("name").asText(),
              Optional.of(json.path("role"))
                  .filter(JsonNode::isTextual)
                  .map(role -> Role.ofWireName(role.asText()).orElseThrow()),
              json.path("address").asText(),
              Optional.of(json.path("sign_in")).filter(JsonNode::isObject).map(CallerToken::signIn),
              Optional.of(json.path("shown")).filter(JsonNode::isObject).map(CallerToken::shown)));
    } catch (IOException | RuntimeException anotherVersion) {
      return Optional.empty();
    }
  }

  /** The hash of the caller's API key. */
  static Optional<KeyHash> key(String text) {
    return field(text, "key").map(KeyHash::new);
  }

  /** The address under which the caller reaches the service. */
  static Optional<String> address(String text) {
    return field(text, "at");
  }

  private static Optional<String> field(String text, String name) {
    try {
      JsonNode json =
          JSON.readTree(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
      return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    } catch (IOException | RuntimeException anotherVersion) {
      return Optional.empty();
    }
  }

  /** Omits the page's CSRF token, which the node that received the call has checked. */
  private static ObjectNode write(SignIn signIn) {
    return JSON.createObjectNode()
        .put("id", signIn.id())
        .put("account", signIn.accountId())
        .put("created_at", signIn.createdAt().toEpochMilli())
        .put("seen_at", signIn.seenAt().toEpochMilli());
  }

  private static SignIn signIn(JsonNode json) {
    return new SignIn(
        json.path("id").asText(),
        json.path("account").asText(),
        "",
        Instant.ofEpochMilli(json.path("created_at").asLong()),
        Instant.ofEpochMilli(json.path("seen_at").asLong()));
  }

  private static ObjectNode write(ShownSession shown) {
    ObjectNode json = JSON.createObjectNode();
    json.put("session", shown.session().toString());
    shown.link().ifPresent(link -> json.put("link", link));
    json.put("by", shown.by());
    json.put("generation", shown.generation());
    json.put("until", shown.until().toEpochMilli());
    shown.ownedSince().ifPresent(since -> json.put("owned_since", since));
    shown.path().ifPresent(one -> json.put("path", one.path()).put("endpoint", one.endpoint()));
    return json;
  }

  private static ShownSession shown(JsonNode json) {
    return new ShownSession(
        SessionId.parse(json.path("session").asText()).orElseThrow(),
        Optional.of(json.path("link")).filter(JsonNode::isTextual).map(JsonNode::asText),
        json.path("by").asText(),
        json.path("generation").asInt(),
        Instant.ofEpochMilli(json.path("until").asLong()),
        Optional.of(json.path("path"))
            .filter(JsonNode::isTextual)
            .map(path -> new ShownSession.OnePath(path.asText(), json.path("endpoint").asText())),
        json.has("owned_since")
            ? OptionalLong.of(json.path("owned_since").asLong())
            : OptionalLong.empty());
  }
}
