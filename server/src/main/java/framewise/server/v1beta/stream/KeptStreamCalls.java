package framewise.server.v1beta.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.source.SourceKind;
import framewise.server.access.Caller;
import framewise.server.access.ForwardedCallers;
import framewise.server.access.PublishTokens;
import framewise.server.access.SessionGrants;
import framewise.server.access.StreamPlaces;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.server.http.SignedBody;
import framewise.time.WallClock;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Creates streams, reports their status, keeps them alive and ends them. */
public final class KeptStreamCalls {
  /** The parameter of a path that names the stream. */
  public static final String STREAM = "stream_id";

  private final Sessions sessions;
  private final SessionGrants grants;
  private final StreamPlaces places;
  private final StreamLeases leases;
  private final Supplier<List<URI>> publicUrls;
  private final PulledStreams pulled;
  private final PublishTokens tokens;

  /**
   * @param tokens for publishers
   * @param publicUrls addresses of the service for other machines; may be empty
   */
  public KeptStreamCalls(
      Sessions sessions,
      SessionGrants grants,
      StreamPlaces places,
      StreamLeases leases,
      PublishTokens tokens,
      Supplier<List<URI>> publicUrls,
      WallClock clock) {
    this.sessions = sessions;
    this.grants = grants;
    this.places = places;
    this.leases = leases;
    this.tokens = tokens;
    this.publicUrls = publicUrls;
    this.pulled = new PulledStreams(sessions, clock);
  }

  /** {@code POST /streams}: creates a stream, published or pulled from a camera. */
  public void create(Context context) throws IOException, InterruptedException {
    StreamOpening asked = StreamOpening.read(body(context), sessions.frames().defaults());
    Optional<String> caller = Caller.of(context).subject();
    Predicate<SessionId> own =
        session -> caller.isPresent() && grants.owner(session).equals(caller);
    Session session;
    StreamLease lease;
    try (StreamPlaces.Claim _ = places.claim(Caller.of(context));
        StreamLeases.Opening opening = leases.open(caller.orElse(""), own)) {
      session = asked.url().isPresent() ? pulled(asked) : published(asked);
      lease = leased(session, asked.ingest(), Caller.of(context), own, opening);
    }
    ObjectNode json = Reply.object();
    json.put("id", session.id().toString());
    json.put("state", "active");
    asked.type().ifPresent(type -> json.putObject("source").put("type", type));
    publish(json, context, session, lease.ingest());
    json.put("expires_at_ms", lease.expiresAt().toEpochMilli());
    json.put("ttl_seconds", StreamLease.SECONDS);
    context.status(201);
    Reply.json(context, json);
  }

  /**
   * Begins the lease of a stream. Deletes the stream if that fails, because nothing would end it.
   */
  private StreamLease leased(
      Session session,
      Ingest ingest,
      Caller caller,
      Predicate<SessionId> own,
      StreamLeases.Opening opening)
      throws IOException {
    boolean leased = false;
    try {
      // Stores the owner first, because each open lease must count for its owner when another
      // begins.
      grants.made(session.id(), caller);
      StreamLease lease = leases.begin(session.id(), ingest, own, opening);
      leased = true;
      return lease;
    } finally {
      if (!leased) {
        sessions.delete(session.id());
      }
    }
  }

  /** {@code GET /streams/{id}}: the stream's status and lease. */
  public void status(Context context) {
    Session session = session(context, false);
    Optional<StreamLease> lease = leases.find(session.id());
    boolean active =
        lease.map(StreamLease::isOpen).orElseGet(() -> session.isRunning() || isFile(session));
    Reply.json(
        context, KeptStream.write(session.view(), session.footage().extent(), lease, active));
  }

  /** {@code POST /streams/{id}/keepalive}: renews the lease. */
  public void keepAlive(Context context) {
    Session session = session(context, true);
    Optional<StreamLease> lease = leases.find(session.id());
    Optional<StreamLease> renewed = lease.map(one -> leases.renew(session.id(), one));
    if (renewed.filter(one -> !one.isOpen()).isPresent()) {
      throw noSuchStream();
    }
    ObjectNode json = Reply.object();
    json.put("id", session.id().toString());
    json.put("expires_at_ms", renewed.map(one -> one.expiresAt().toEpochMilli()).orElse(null));
    json.put("ttl_seconds", StreamLease.SECONDS);
    json.put("stream_time_ms", KeptStream.streamTime(session.footage().extent()));
    publish(json, context, session, lease.map(StreamLease::ingest).orElse(Ingest.WHIP));
    Reply.json(context, json);
  }

  /** {@code DELETE /streams/{id}}: ends the stream. */
  public void delete(Context context) {
    Session session = session(context, true);
    if (leases.find(session.id()).isEmpty()) {
      throw Problem.of(
              409,
              "wrong_status",
              "This session was not created over this API: stop or delete it in the"
                  + " console, or with"
                  + " DELETE /sessions/"
                  + session.id()
                  + ".")
          .asException();
    }
    leases.end(session.id(), "deleted");
    Reply.json(context, Reply.object().put("id", session.id().toString()).put("deleted", true));
  }

  /** {@code POST /streams/{id}/viewer-token}: refused, because streams are not watched this way. */
  public void viewerToken(Context context) {
    Session session = session(context, true);
    throw Problem.of(
            404,
            "not_found",
            ("This service does not support watching over LiveKit. GET"
                    + " /sessions/%s/preview shows the pictures.")
                .formatted(session.id()))
        .asException();
  }

  /** Treats an empty body as an empty object, whatever its content type. */
  private static Fields body(Context context) throws IOException {
    byte[] body = SignedBody.keep(context);
    return body.length == 0 ? Fields.of(Reply.object()) : JsonBody.of(body);
  }

  private Session published(StreamOpening asked) {
    SourceKind kind =
        switch (asked.ingest()) {
          case LIVEKIT -> SourceKind.LIVEKIT;
          case WHIP -> SourceKind.WHIP;
        };
    return sessions.addPublished(kind, "Stream", asked.keep());
  }

  private Session pulled(StreamOpening asked) throws IOException, InterruptedException {
    try {
      return pulled
          .open(asked.url().orElseThrow(), asked.keep())
          .orElseThrow(() -> unreachable(""));
    } catch (RefusedException e) {
      if (e.refusal().errors().isEmpty()) {
        throw e;
      }
      throw unreachable(": " + e.refusal().detail());
    }
  }

  private void publish(ObjectNode json, Context context, Session session, Ingest ingest) {
    if (!session.view().source().isPublished()) {
      json.putNull("publish");
      return;
    }
    ObjectNode publish = json.putObject("publish").put("type", ingest.wireName());
    String address = address(context);
    switch (ingest) {
      case LIVEKIT ->
          publish
              .put("url", address.replaceFirst("^http", "ws"))
              .put("token", tokens.issue(session.id(), Caller.of(context)));
      case WHIP -> publish.put("url", address + "/whip/" + session.id()).putNull("token");
    }
  }

  private String address(Context context) {
    return publicUrls.get().stream()
        .findFirst()
        .map(url -> url.toString().replaceAll("/(console/?)?$", ""))
        .orElseGet(() -> ForwardedCallers.address(context));
  }

  private Session session(Context context, boolean changes) {
    Optional<SessionId> id = SessionId.parse(context.pathParam(STREAM));
    Caller caller = Caller.of(context);
    boolean permitted =
        id.filter(one -> changes ? grants.owns(caller, one) : grants.sees(caller, one)).isPresent();
    if (!permitted) {
      throw noSuchStream();
    }
    return id.flatMap(sessions::find).orElseThrow(KeptStreamCalls::noSuchStream);
  }

  private static boolean isFile(Session session) {
    return session.view().source() == SourceKind.UPLOAD;
  }

  private static RuntimeException noSuchStream() {
    return Problem.of(404, "stream_not_found", "There is no such stream, or it has ended.")
        .asException();
  }

  /** The original's error, with the reason after it where this service refuses the URL. */
  private static RuntimeException unreachable(String reason) {
    return Problem.of(
            422,
            "source_unreachable",
            "Could not connect to source url (check reachability and credentials)" + reason)
        .asException();
  }
}
