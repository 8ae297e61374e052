package framewise.server.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.delivery.Delivery;
import framewise.engine.delivery.DeliveryState;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointKind;
import framewise.server.http.Reply;

/** Endpoints and deliveries as the API shows them: without their secrets. */
final class EndpointView {
  private EndpointView() {}

  static ObjectNode json(Endpoint endpoint) {
    ObjectNode json =
        Reply.object()
            .put("id", endpoint.id())
            .put("name", endpoint.name())
            .put("kind", endpoint.kind().wireName())
            .put("url", endpoint.address().toString());
    endpoint.types().forEach(json.putArray("types")::add);
    json.put("enabled", endpoint.enabled());
    json.put("state", endpoint.state().wireName());
    endpoint.reason().ifPresent(reason -> json.put("reason", reason));
    json.put("created_at", endpoint.createdAt().toString());
    json.put("failures", endpoint.failures());
    endpoint.failingSince().ifPresent(since -> json.put("failing_since", since.toString()));
    endpoint.pausedUntil().ifPresent(until -> json.put("paused_until", until.toString()));
    endpoint.secrets().hint().ifPresent(hint -> json.put("secret_ends_with", hint));
    endpoint.options().headers().keySet().stream().sorted().forEach(json.withArray("headers")::add);
    json.put(
        "credentials",
        endpoint.options().token().isPresent()
            || endpoint.options().password().isPresent()
            || endpoint.address().url().credentials().isPresent());
    if (endpoint.kind() == EndpointKind.MQTT) {
      json.put("topic", endpoint.options().topic());
      json.put("discovery", endpoint.options().discovery().orElse(""));
    }
    return json;
  }

  static ObjectNode json(Delivery delivery) {
    ObjectNode json =
        Reply.object()
            .put("id", delivery.number())
            .put("endpoint_id", delivery.endpoint())
            .put("notice", delivery.notice())
            .put("message_id", delivery.id())
            .put("type", delivery.type())
            .put("subject", delivery.subject())
            .put("state", delivery.state().wireName())
            .put("attempts", delivery.attempts())
            .put("created_at", delivery.createdAt().toString())
            .put("changed_at", delivery.changedAt().toString());
    if (delivery.state() == DeliveryState.WAITING) {
      json.put("next_attempt_at", delivery.nextAt().toString());
    }
    delivery.status().ifPresent(status -> json.put("status", status));
    delivery.answer().ifPresent(answer -> json.put("answer", answer));
    delivery.error().ifPresent(error -> json.put("error", error));
    return json;
  }
}
