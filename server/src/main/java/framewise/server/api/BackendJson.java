package framewise.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.backend.BackendGate;
import framewise.engine.backend.BreakerState;
import framewise.vision.Backend;
import framewise.vision.ClipBackend;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A back end as JSON. */
final class BackendJson {
  private BackendJson() {}

  /**
   * @param gate empty for a back end that has not been used yet
   */
  static void write(ObjectNode json, Backend backend, Optional<BackendGate> gate) {
    var readiness = backend.readiness();
    json.put("name", backend.name());
    json.put("ready", readiness.ready());
    readiness.reason().ifPresent(reason -> json.put("reason", reason));
    backend.models().forEach(json.putArray("models")::add);
    backend.capabilities().forEach(json.putArray("capabilities")::add);
    var refused = json.putArray("refused_parameters");
    backend
        .refusedParameters()
        .forEach(
            parameter ->
                refused
                    .addObject()
                    .put("model", parameter.model())
                    .put("parameter", parameter.parameter())
                    .put("instead", parameter.instead()));
    if (backend instanceof ClipBackend) {
      writeBreaker(
          json.putObject("breaker"), gate.map(BackendGate::breaker).orElse(BreakerState.UNUSED));
      var recent = json.putArray("recent");
      gate.map(BackendGate::recent)
          .orElse(List.of())
          .forEach(
              answer ->
                  recent
                      .addObject()
                      .put("at", answer.at().toString())
                      .put("latency_ms", answer.latency().toMillis())
                      .put("ok", answer.ok()));
    }
  }

  private static void writeBreaker(ObjectNode json, BreakerState breaker) {
    json.put("state", breaker.phase().name().toLowerCase(Locale.ROOT));
    json.put("failures", breaker.failures());
    breaker.code().ifPresent(code -> json.put("code", code));
    breaker.until().ifPresent(until -> json.put("until", until.toString()));
  }
}
