package framewise.server.overshoot;

import com.fasterxml.jackson.core.JsonProcessingException;
import framewise.overshoot.wire.WireJson;
import framewise.server.http.Reply;
import io.javalin.http.Context;

/** Sends the API's records. */
final class WireReply {
  private WireReply() {}

  static void send(Context context, Object record) {
    try {
      Reply.json(context, WireJson.mapper().writeValueAsString(record));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
