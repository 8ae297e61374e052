package framewise.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** Sends JSON. */
public final class Reply {
  private Reply() {}

  /** Creates an empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static void json(Context context, ObjectNode json) {
    json(context, json.toString());
  }

  /** Sends text that is JSON already. */
  public static void json(Context context, String json) {
    context.contentType("application/json");
    context.header("Cache-Control", "no-store");
    context.result(json.getBytes(StandardCharsets.UTF_8));
  }
}
