package framewise.server.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.access.ApiKeys;
import framewise.server.access.Caller;
import framewise.server.access.account.ApiKey;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.http.HttpStatus;

/** Calls for administrators to manage API keys. */
public final class KeysApi {
  private static final int MAX_NAME_LENGTH = 100;
  private static final int MAX_DAYS = 3_650;
  private static final String ID = "key_id";
  private static final String KEYS = "/access/keys";

  private final ApiKeys keys;

  public KeysApi(ApiKeys keys) {
    this.keys = keys;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(KEYS, RouteAccess.CREDENTIALS, this::list),
        Route.post(KEYS, RouteAccess.CREDENTIALS, this::create),
        Route.delete(KEYS + "/{" + ID + "}", RouteAccess.CREDENTIALS, this::revoke));
  }

  private void list(Context context) {
    var json = Reply.object();
    var list = json.putArray("keys");
    keys.all().forEach(key -> list.add(json(key)));
    Reply.json(context, json);
  }

  /** The only response that contains the key. */
  private void create(Context context) throws IOException {
    Fields fields = JsonBody.read(context);
    var name = fields.requiredLine("name", MAX_NAME_LENGTH);
    var text = fields.requiredString("role");
    var role = AccountsApi.role(fields, text);
    OptionalInt days = fields.wholeNumber("expires_in_days", 1, MAX_DAYS);
    fields.requireSound();
    Optional<Duration> life =
        days.isPresent() ? Optional.of(Duration.ofDays(days.getAsInt())) : Optional.empty();
    ApiKeys.NewApiKey made =
        keys.make(name.orElseThrow(), role.orElseThrow(), life, Caller.of(context).name());
    context.status(HttpStatus.CREATED_201);
    Reply.json(context, json(made.key()).put("key", made.text()));
  }

  private void revoke(Context context) {
    keys.revoke(context.pathParam(ID));
    context.status(HttpStatus.NO_CONTENT_204);
  }

  private static ObjectNode json(ApiKey key) {
    var json =
        Reply.object()
            .put("id", key.id())
            .put("name", key.name())
            .put("role", key.role().wireName())
            .put("created_at", key.createdAt().toString())
            .put("created_by", key.createdBy());
    key.expiresAt().ifPresent(at -> json.put("expires_at", at.toString()));
    key.usedAt().ifPresent(at -> json.put("used_at", at.toString()));
    return json;
  }
}
