package framewise.server.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.files.StoredFile;
import framewise.engine.incident.Incident;
import framewise.engine.incident.IncidentFilter;
import framewise.engine.incident.IncidentJson;
import framewise.engine.incident.IncidentPictures;
import framewise.engine.incident.IncidentStore;
import framewise.engine.session.Sessions;
import framewise.engine.watch.Watches;
import framewise.server.access.Caller;
import framewise.server.access.RecheckedPermission;
import framewise.server.access.SessionGrants;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Problem;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.file.FileReply;
import framewise.time.WallClock;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;

/** Calls about incidents: lists, shows and acknowledges them, and serves their pictures. */
public final class IncidentsApi {
  private static final String ID = "incident_id";
  private static final String ONE = "/incidents/{" + ID + "}";
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_NOTE_LENGTH = 1_000;
  private static final int MAX_NAME_LENGTH = 100;
  private static final int MAX_ID_LENGTH = 64;

  private final Watches watches;
  private final IncidentStore incidents;
  private final IncidentPictures pictures;
  private final WatchAccess access;
  private final BiPredicate<Caller, SessionId> permission;
  private final WallClock clock;

  /**
   * @param permission whether a caller may still see a session
   */
  public IncidentsApi(
      Sessions sessions,
      SessionGrants grants,
      BiPredicate<Caller, SessionId> permission,
      WallClock clock) {
    this.watches = sessions.watches();
    this.incidents = watches.incidents();
    this.pictures = sessions.incidentPictures();
    this.access = new WatchAccess(sessions, grants);
    this.permission = permission;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/incidents", RouteAccess.SHOWN, this::list),
        Route.get(ONE, RouteAccess.SHOWN, this::one),
        Route.post(ONE + "/acknowledge", RouteAccess.OPERATOR, this::acknowledge),
        Route.get(ONE + "/picture.jpg", RouteAccess.SHOWN, this::picture),
        Route.get(ONE + "/clip.mp4", RouteAccess.SHOWN, this::clip));
  }

  private void list(Context context) {
    Caller caller = Caller.of(context);
    int limit =
        (int) Query.number("limit", given(context, "limit"), 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    Optional<String> before = given(context, "before");
    before.ifPresent(id -> requireKnown(caller, id));
    var filter =
        new IncidentFilter(
            access.visible(caller),
            given(context, "session").map(IncidentsApi::session),
            given(context, "watch"),
            given(context, "state").map(IncidentsApi::isOpen),
            given(context, "from").map(text -> Query.time("from", text)),
            given(context, "to").map(text -> Query.time("to", text)),
            before,
            Query.flag("acknowledged", given(context, "acknowledged")));
    ObjectNode json = Reply.object();
    var list = json.putArray("incidents");
    List<Incident> found = incidents.list(filter, limit + 1);
    found.stream().limit(limit).forEach(incident -> list.add(written(caller, incident)));
    json.put("more", found.size() > limit);
    json.put("limit", limit);
    Reply.json(context, json);
  }

  private void requireKnown(Caller caller, String id) {
    if (incidents.find(id).filter(one -> permission.test(caller, one.session())).isEmpty()) {
      throw Refusal.field(
              "before",
              "before is \"%s\" but must be the id of an incident"
                  .formatted(ShownText.of(id, MAX_ID_LENGTH)))
          .asException();
    }
  }

  private void one(Context context) {
    Caller caller = Caller.of(context);
    Reply.json(context, written(caller, access.incident(caller, context.pathParam(ID))));
  }

  private void acknowledge(Context context) throws IOException {
    Caller caller = Caller.of(context);
    Incident incident = access.ownIncident(caller, context.pathParam(ID));
    Fields fields = JsonBody.read(context);
    // Signed-in callers are named by their account; on a machine without accounts people give their
    // name.
    Optional<String> given =
        fields.line("by", MAX_NAME_LENGTH).filter(Predicate.not(ShownText::isBlank));
    Optional<String> note =
        fields.lines("note", MAX_NOTE_LENGTH).filter(Predicate.not(ShownText::isBlank));
    fields.requireSound();
    String by = given.filter(name -> caller.isFree()).orElseGet(caller::name);
    Incident acknowledged =
        watches.amend(
            incident.id(),
            before -> before.acknowledged(new Incident.Acknowledgement(by, clock.now(), note)));
    Reply.json(context, written(caller, acknowledged));
  }

  /** Clients ask for it each time, because another answer may become the peak. */
  private void picture(Context context) throws IOException {
    Incident incident = access.incident(Caller.of(context), context.pathParam(ID));
    StoredFile file =
        pictures
            .picture(incident)
            .orElseThrow(() -> missing("There is no stored picture of this incident."));
    byte[] jpeg;
    try {
      jpeg = file.bytes();
    } catch (NoSuchFileException replaced) {
      throw missing("Another picture of this incident is being saved. Try again in a moment.");
    }
    context.contentType("image/jpeg");
    context.header("Cache-Control", "private, no-cache");
    if (!context.req().getMethod().equals("HEAD")) {
      context.result(jpeg);
    }
  }

  private static RuntimeException missing(String sentence) {
    return Problem.of(HttpStatus.NOT_FOUND_404, "no_picture", sentence).asException();
  }

  private void clip(Context context) throws IOException {
    Caller caller = Caller.of(context);
    Incident incident = access.incident(caller, context.pathParam(ID));
    StoredFile file =
        pictures
            .clip(incident)
            .orElseThrow(
                () ->
                    missing(
                        "There is no stored clip of this incident. Framewise creates it"
                            + " some seconds after the incident opens, from the stored pictures"
                            + " of the session."));
    FileReply.send(
        context,
        file,
        "video/mp4",
        "\"%s\"".formatted(incident.id()),
        new RecheckedPermission(() -> permission.test(caller, incident.session())));
  }

  private ObjectNode written(Caller caller, Incident incident) {
    ObjectNode json = IncidentJson.write(incident);
    json.put("picture", pictures.picture(incident).isPresent());
    json.put("clip", pictures.clip(incident).isPresent());
    json.put("own", access.changes(caller, incident));
    return json;
  }

  private static boolean isOpen(String state) {
    return switch (state) {
      case "open" -> true;
      case "ended" -> false;
      default ->
          throw Refusal.field(
                  "state",
                  "state is \"%s\" but must be open or ended".formatted(ShownText.of(state, 20)))
              .asException();
    };
  }

  static SessionId session(String text) {
    return SessionId.parse(text)
        .orElseThrow(
            () ->
                Refusal.field(
                        "session",
                        "session is \"%s\" but must be the id of a session"
                            .formatted(ShownText.of(text, 40)))
                    .asException());
  }

  private static Optional<String> given(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isBlank());
  }
}
