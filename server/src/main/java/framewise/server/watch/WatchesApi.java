package framewise.server.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.incident.IncidentFilter;
import framewise.engine.incident.IncidentJson;
import framewise.engine.session.Sessions;
import framewise.engine.watch.Condition;
import framewise.engine.watch.Watch;
import framewise.engine.watch.WatchJson;
import framewise.engine.watch.Watches;
import framewise.engine.watch.words.WordsCheck;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.time.WallClock;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import org.eclipse.jetty.http.HttpStatus;

/** Calls that create, list, change and try watches. */
public final class WatchesApi {
  private static final String ID = "watch_id";
  private static final String ONE = "/watches/{" + ID + "}";

  /** A month. */
  private static final int MAX_SNOOZE = 31 * 86_400;

  private final Watches watches;
  private final WatchAccess access;
  private final WordsCheck words;
  private final TryApi trial;
  private final BiPredicate<Caller, String> endpoints;
  private final WallClock clock;

  /**
   * @param endpoints whether a caller may have notices sent to an endpoint
   */
  public WatchesApi(
      Sessions sessions,
      SessionGrants grants,
      BiPredicate<Caller, String> endpoints,
      WallClock clock) {
    this.endpoints = endpoints;
    this.watches = sessions.watches();
    this.access = new WatchAccess(sessions, grants);
    this.words = new WordsCheck(sessions.backends());
    this.trial = new TryApi(sessions, grants);
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/watches", RouteAccess.VIEWER, this::list),
        Route.post("/watches", RouteAccess.OPERATOR, this::create),
        Route.post("/watches/try", RouteAccess.OPERATOR, this::tryNew),
        Route.get(ONE, RouteAccess.VIEWER, this::one),
        Route.patch(ONE, RouteAccess.OPERATOR, this::change),
        Route.delete(ONE, RouteAccess.OPERATOR, this::delete),
        Route.post(ONE + "/snooze", RouteAccess.OPERATOR, this::snooze),
        Route.post(ONE + "/try", RouteAccess.OPERATOR, this::tryStored));
  }

  private void list(Context context) {
    Caller caller = Caller.of(context);
    Optional<SessionId> session =
        Optional.ofNullable(context.queryParam("session")).map(IncidentsApi::session);
    ObjectNode json = Reply.object();
    var list = json.putArray("watches");
    watches.all().stream()
        .filter(watch -> session.map(watch::covers).orElse(true))
        .flatMap(watch -> access.shown(caller, watch).stream())
        .forEach(watch -> list.add(written(caller, watch)));
    json.put("total", list.size());
    Reply.json(context, json);
  }

  private void create(Context context) throws IOException, InterruptedException {
    Caller caller = Caller.of(context);
    Watch watch = read(JsonBody.read(context), caller);
    access.requireSessions(caller, watch);
    requireEndpoints(caller, watch, List.of());
    requireAnswerable(watch);
    watch.secondOpinion().ifPresent(words::require);
    Watch made = watches.add(watch, caller.ownsAll() ? Watches.MAX_COUNT : Watches.MAX_PER_OWNER);
    context.status(HttpStatus.CREATED_201);
    context.header("Location", "/watches/" + made.id());
    Reply.json(context, written(caller, made));
  }

  private void one(Context context) {
    Caller caller = Caller.of(context);
    Watch watch = access.require(caller, context.pathParam(ID));
    Reply.json(context, written(caller, access.shown(caller, watch).orElse(watch)));
  }

  private void change(Context context) throws IOException, InterruptedException {
    Caller caller = Caller.of(context);
    Watch before = access.requireOwn(caller, context.pathParam(ID));
    Fields fields = JsonBody.read(context);
    Watch after = changed(before, fields);
    access.requireSessions(caller, after);
    requireEndpoints(caller, after, before.deliverTo().orElse(List.of()));
    if (!after.when().toString().equals(before.when().toString())) {
      requireAnswerable(after);
    }
    if (!after.secondOpinion().equals(before.secondOpinion())) {
      after.secondOpinion().ifPresent(words::require);
    }
    // Merged again: somebody else may have changed other fields meanwhile.
    Watch stored =
        watches.change(
            before.id(),
            now -> changed(now, fields),
            other -> access.shown(caller, other).isPresent());
    Reply.json(context, written(caller, stored));
  }

  private Watch read(Fields fields, Caller caller) {
    return WatchRequest.read(fields, caller.name(), caller.subject().orElse(""), clock.now());
  }

  /**
   * Checks that the caller may have notices sent to the endpoints of a watch.
   *
   * @param before endpoints that it already has, which somebody else may have set
   */
  private void requireEndpoints(Caller caller, Watch watch, List<String> before) {
    watch.deliverTo().stream()
        .flatMap(List::stream)
        .filter(id -> !before.contains(id) && !endpoints.test(caller, id))
        .findFirst()
        .ifPresent(
            id -> {
              throw Refusal.field(
                      "deliver_to",
                      ("deliver_to has \"%s\" but must have ids of your endpoints, as GET"
                              + " /endpoints lists them")
                          .formatted(ShownText.of(id, 64)))
                  .asException();
            });
  }

  private Watch changed(Watch before, Fields fields) {
    ObjectNode merged = WatchJson.write(before);
    fields
        .names()
        .forEach(
            name -> {
              if (fields.isNull(name)) {
                merged.remove(name);
              } else {
                fields.json(name).ifPresent(value -> merged.set(name, value));
              }
            });
    return WatchRequest.read(merged, before, clock.now());
  }

  private void delete(Context context) {
    watches.delete(access.requireOwn(Caller.of(context), context.pathParam(ID)).id());
    context.status(HttpStatus.NO_CONTENT_204);
  }

  private void snooze(Context context) throws IOException {
    Caller caller = Caller.of(context);
    Watch watch = access.requireOwn(caller, context.pathParam(ID));
    Fields fields = JsonBody.read(context);
    OptionalInt seconds = fields.wholeNumber("seconds", 0, MAX_SNOOZE);
    Optional<Instant> until = fields.string("until").map(text -> Query.time("until", text));
    Optional<String> by =
        fields
            .line("by", Watch.MAX_NAME_LENGTH)
            .filter(name -> !ShownText.isBlank(name) && caller.isFree());
    fields.requireSound();
    Optional<Instant> end =
        seconds.isPresent() ? Optional.of(clock.now().plusSeconds(seconds.getAsInt())) : until;
    Watch snoozed =
        watches.snooze(watch.id(), end.filter(clock.now()::isBefore), by.orElseGet(caller::name));
    Reply.json(context, written(caller, access.shown(caller, snoozed).orElse(snoozed)));
  }

  private void tryNew(Context context) throws IOException {
    Caller caller = Caller.of(context);
    Fields fields = JsonBody.read(context);
    Watch watch = read(fields, caller);
    trial.run(context, fields, watch);
  }

  private void tryStored(Context context) throws IOException {
    Caller caller = Caller.of(context);
    Watch watch = access.require(caller, context.pathParam(ID));
    // Only on the sessions that the caller sees; a fault would name the others.
    trial.run(context, JsonBody.read(context), access.shown(caller, watch).orElse(watch));
  }

  private void requireAnswerable(Watch watch) throws InterruptedException {
    if (watch.when() instanceof Condition.Words condition) {
      words.require(condition);
    }
  }

  private ObjectNode written(Caller caller, Watch watch) {
    ObjectNode json = WatchJson.write(watch);
    json.put("triggers", watch.triggers());
    json.put("state", watch.state(clock.now()).name().toLowerCase(Locale.ROOT));
    last(caller, watch).ifPresent(incident -> json.set("last_incident", incident));
    json.put("own", access.changes(caller, watches.get(watch.id())));
    return json;
  }

  /** The incident that opened last, of those that the caller may see. */
  private Optional<ObjectNode> last(Caller caller, Watch watch) {
    return watches
        .incidents()
        .list(IncidentFilter.of(watch.id(), access.visible(caller)), 1)
        .stream()
        .map(IncidentJson::write)
        .findFirst();
  }
}
