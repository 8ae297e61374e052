package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.http.Reply;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Lists the models that can be used. */
final class ModelCalls {
  private final Backends backends;
  private final Map<String, String> aliases;
  private final Instant started;

  ModelCalls(Backends backends, Map<String, String> aliases, Instant started) {
    this.backends = backends;
    this.aliases = Map.copyOf(aliases);
    this.started = started;
  }

  void list(Context context) {
    ObjectNode json = Reply.object().put("object", "list");
    ArrayNode data = json.putArray("data");
    Set<String> listed = new HashSet<>();
    for (Backend backend : backends.all()) {
      if (backend instanceof ClipBackend) {
        boolean ready = backend.readiness().ready();
        for (String name : ModelChoice.names(backend)) {
          if (listed.add(name)) {
            add(data, name, backend.name(), ready);
          }
        }
      }
    }
    aliases.keySet().stream()
        .sorted()
        .filter(listed::add)
        .forEach(
            name ->
                add(
                    data,
                    name,
                    "alias",
                    ModelChoice.isReady(backends, aliases.getOrDefault(name, name))));
    Reply.json(context, json);
  }

  private void add(ArrayNode data, String id, String owner, boolean ready) {
    data.addObject()
        .put("id", id)
        .put("object", "model")
        .put("created", started.getEpochSecond())
        .put("owned_by", owner)
        .put("status", ready ? "ready" : "unavailable");
  }
}
