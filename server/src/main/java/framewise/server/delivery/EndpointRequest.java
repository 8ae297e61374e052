package framewise.server.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.ShownText;
import framewise.engine.endpoint.BadAddressException;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointAddress;
import framewise.engine.endpoint.EndpointKind;
import framewise.engine.endpoint.EndpointOptions;
import framewise.engine.endpoint.NewEndpoint;
import framewise.engine.endpoint.SigningSecrets;
import framewise.media.network.Network;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.server.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the fields of an endpoint, and checks each against its limit. */
final class EndpointRequest {
  static final int MAX_NAME_LENGTH = 100;
  static final int MAX_URL_LENGTH = 2_048;
  static final int MAX_TEXT_LENGTH = 1_000;
  static final int MAX_HEADERS = 10;
  static final int MAX_TYPES = 20;

  private static final int MAX_HEADER_NAME_LENGTH = 64;
  private static final int MAX_TOPIC_LENGTH = 100;
  private static final int MAX_SECRET_LENGTH = 100;
  private static final Pattern TYPE =
      Pattern.compile(
          "[a-z][a-z0-9_]{0,30}(?:\\.[a-z][a-z0-9_]{0,30}){0,2}\\.(?:\\*|[a-z][a-z0-9_]{0,30})");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "host",
          "user-agent",
          "accept",
          "accept-encoding",
          "content-type",
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "te",
          "trailer",
          "expect");

  private final Network network;

  EndpointRequest(Network network) {
    this.network = network;
  }

  /**
   * A new endpoint.
   *
   * @throws framewise.engine.RefusedException naming every bad field
   */
  NewEndpoint create(Fields fields, String owner) {
    Optional<String> name = fields.requiredLine("name", MAX_NAME_LENGTH);
    Optional<EndpointKind> kind =
        fields
            .requiredString("kind")
            .flatMap(
                text -> {
                  Optional<EndpointKind> known = EndpointKind.ofWireName(text);
                  if (known.isEmpty()) {
                    fields.add("kind", "kind must be webhook, mqtt or ntfy");
                  }
                  return known;
                });
    Optional<String> url = fields.requiredString("url", MAX_URL_LENGTH);
    Optional<EndpointAddress> address =
        kind.flatMap(of -> url.flatMap(at -> address(fields, of, at)));
    SigningSecrets secrets = secrets(fields, kind);
    EndpointOptions options =
        kind.map(of -> options(fields, of, EndpointOptions.NONE)).orElse(EndpointOptions.NONE);
    List<String> types = types(fields).orElse(Endpoint.DEFAULT_TYPES);
    boolean enabled = fields.flag("enabled").orElse(true);
    fields.requireSound();
    return new NewEndpoint(
        name.orElseThrow(),
        kind.orElseThrow(),
        address.orElseThrow(),
        options,
        secrets,
        types,
        enabled,
        owner);
  }

  /** An endpoint with the fields that a request has; others stay as they are. */
  Endpoint change(Fields fields, Endpoint before) {
    Optional<String> name =
        fields.has("name") ? fields.requiredLine("name", MAX_NAME_LENGTH) : Optional.empty();
    Optional<EndpointAddress> address =
        fields.string("url", MAX_URL_LENGTH).flatMap(url -> address(fields, before.kind(), url));
    EndpointOptions options = options(fields, before.kind(), before.options());
    Optional<List<String>> types = types(fields);
    Optional<Boolean> enabled = fields.flag("enabled");
    fields.requireSound();
    return new Endpoint(
        before.id(),
        name.orElse(before.name()),
        before.kind(),
        address.orElse(before.address()),
        options,
        before.secrets(),
        types.orElse(before.types()),
        enabled.orElse(before.enabled()),
        before.state(),
        before.reason(),
        before.owner(),
        before.createdAt(),
        before.failures(),
        before.failingSince(),
        before.pausedUntil());
  }

  private Optional<EndpointAddress> address(Fields fields, EndpointKind kind, String text) {
    try {
      EndpointAddress address = EndpointAddress.parse(kind, text);
      requirePermitted(fields, address);
      return Optional.of(address);
    } catch (BadAddressException e) {
      fields.add("url", "url " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Refuses a forbidden address early; every connection is checked as well. */
  private void requirePermitted(Fields fields, EndpointAddress address) {
    try (var outbound = new OutboundConnections(network)) {
      outbound.requirePermitted(address.url());
    } catch (UrlFault e) {
      if (e.kind() == UrlFault.Kind.FORBIDDEN) {
        fields.add("url", "url is refused: " + e.sentence());
      }
    }
  }

  private static SigningSecrets secrets(Fields fields, Optional<EndpointKind> kind) {
    Optional<String> given = fields.string("secret", MAX_SECRET_LENGTH);
    if (given.filter(Predicate.not(SigningSecrets::isSound)).isPresent()) {
      fields.add(
          "secret",
          "secret must be whsec_ and %d to %d bytes in base64, or absent for a new one"
              .formatted(SigningSecrets.MIN_BYTES, SigningSecrets.MAX_BYTES));
    }
    return kind.filter(of -> of == EndpointKind.WEBHOOK).isPresent()
        ? SigningSecrets.of(given.orElseGet(SigningSecrets::generate))
        : SigningSecrets.NONE;
  }

  private static EndpointOptions options(Fields fields, EndpointKind kind, EndpointOptions before) {
    return switch (kind) {
      case WEBHOOK ->
          new EndpointOptions(
              headers(fields).orElse(before.headers()),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              before.topic(),
              before.discovery());
      case NTFY ->
          new EndpointOptions(
              Map.of(),
              secret(fields, "token", before.token()),
              Optional.empty(),
              Optional.empty(),
              before.topic(),
              before.discovery());
      case MQTT ->
          new EndpointOptions(
              Map.of(),
              Optional.empty(),
              secret(fields, "user", before.user()),
              secret(fields, "password", before.password()),
              topic(fields, "topic").orElse(before.topic()),
              fields.mentions("discovery")
                  ? topic(fields, "discovery").filter(Predicate.not(String::isEmpty))
                  : before.discovery());
    };
  }

  /** Text that goes into a header or a login; {@code ""} removes it. */
  private static Optional<String> secret(Fields fields, String name, Optional<String> before) {
    Optional<String> given = fields.string(name, MAX_TEXT_LENGTH);
    if (given.filter(Predicate.not(EndpointRequest::isPrintable)).isPresent()) {
      fields.add(name, "%s must be of printable ASCII characters".formatted(name));
    }
    return given.isEmpty() ? before : given.filter(Predicate.not(String::isEmpty));
  }

  private static Optional<String> topic(Fields fields, String name) {
    Optional<String> topic = fields.string(name, MAX_TOPIC_LENGTH);
    boolean mayBeEmpty = name.equals("discovery");
    if (topic
        .filter(text -> !(mayBeEmpty && text.isEmpty()) && !TOPIC.matcher(text).matches())
        .isPresent()) {
      fields.add(name, "%s must be letters, digits, _ and -, with / between them".formatted(name));
    }
    return topic;
  }

  private static Optional<List<String>> types(Fields fields) {
    if (!fields.has("types")) {
      return Optional.empty();
    }
    List<String> types = fields.strings("types", MAX_TYPES, 64);
    if (types.stream().anyMatch(type -> !TYPE.matcher(type).matches())) {
      fields.add(
          "types", "types must be types such as incident.opened, or groups such as incident.*");
    }
    return Optional.of(types);
  }

  private static Optional<Map<String, String>> headers(Fields fields) {
    Optional<JsonNode> given = fields.object("headers");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> header : given.get().properties()) {
      String name = header.getKey();
      String value = header.getValue().asText();
      String lower = name.toLowerCase(Locale.ROOT);
      if (name.length() > MAX_HEADER_NAME_LENGTH
          || !HEADER.matcher(name).matches()
          || OWN_HEADERS.contains(lower)
          || lower.startsWith("webhook-")) {
        fields.add("headers", "headers may not name \"%s\"".formatted(ShownText.of(name, 40)));
      }
      if (!header.getValue().isTextual()
          || value.isEmpty()
          || value.length() > MAX_TEXT_LENGTH
          || !isPrintable(value)) {
        fields.add(
            "headers",
            "headers must have values of 1 to %d printable ASCII characters"
                .formatted(MAX_TEXT_LENGTH));
      }
      headers.put(name, value);
    }
    if (headers.size() > MAX_HEADERS) {
      fields.add("headers", "headers must be at most %d".formatted(MAX_HEADERS));
    }
    return Optional.of(headers);
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }
}
