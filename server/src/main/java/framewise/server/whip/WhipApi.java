package framewise.server.whip;

import framewise.engine.keep.KeepSettings;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.LiveSource;
import framewise.engine.source.PeerSource;
import framewise.engine.source.ReturningSource;
import framewise.server.access.AccessControl;
import framewise.server.access.Caller;
import framewise.server.access.Keys;
import framewise.server.access.SessionGrants;
import framewise.server.access.StreamPlaces;
import framewise.server.access.secret.KeyHash;
import framewise.server.api.SessionPath;
import framewise.server.api.request.KeepField;
import framewise.server.config.Settings;
import framewise.server.http.Problem;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.peer.OfferLimits;
import framewise.server.peer.OffererAddress;
import framewise.server.peer.Offers;
import framewise.time.WallClock;
import framewise.webrtc.Peers;
import framewise.webrtc.SenderTimeouts;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The calls of WHIP: a sender posts its offer and gets an answer and the URL of its connection,
 * which it deletes at the end. Offers and answers are complete: there is no trickle ICE and no
 * restart. A sender whose network changed posts another offer to its session, and so does one that
 * reconnects after the session's end.
 */
public final class WhipApi implements AutoCloseable {
  private static final String ENDPOINT = "/whip";
  private static final String SESSION = ENDPOINT + "/{" + SessionPath.PARAMETER + "}";
  private static final String RESOURCE_ID = "resource_id";
  private static final String RESOURCE = SESSION + "/{" + RESOURCE_ID + "}";

  private final Sessions sessions;
  private final Keys keys;
  private final SessionGrants grants;
  private final StreamPlaces places;
  private final Offers offers;
  private final List<String> iceLinks;
  private final Duration grace;
  private final WallClock clock;
  private final WhipStreams streams = new WhipStreams();

  /** Starts a session with the sender's video. */
  private interface Start {
    Session with(LiveSource source) throws InterruptedException;
  }

  /**
   * @param peers receive the video; closed after this
   * @param limits maximum number of offers
   */
  public WhipApi(
      Settings settings,
      Sessions sessions,
      AccessControl access,
      StreamPlaces places,
      Peers peers,
      OfferLimits limits,
      WallClock clock) {
    this.sessions = sessions;
    this.keys = access.keys();
    this.grants = access.grants();
    this.places = places;
    this.offers = new Offers(peers, SenderTimeouts.DEFAULT, limits);
    this.iceLinks = IceLinks.of(settings.mediaNetwork().iceServers());
    this.grace = settings.sourceGrace();
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.post(ENDPOINT, RouteAccess.OPERATOR, this::create),
        Route.options(ENDPOINT, this::tell),
        Route.post(SESSION, RouteAccess.OPERATOR, this::comeBack),
        Route.options(SESSION, this::tell),
        Route.patch(RESOURCE, RouteAccess.OPERATOR, this::change),
        Route.delete(RESOURCE, RouteAccess.OPERATOR, this::end));
  }

  @Override
  public void close() {
    offers.close();
  }

  private void create(Context context) throws IOException, InterruptedException {
    Optional<KeyHash> key = keys.admit(context);
    String offer = OfferBody.read(context);
    WhipOrder order = WhipOrder.read(context.queryParamMap());
    Optional<KeepSettings> keep =
        KeepField.read(context.queryParamMap(), sessions.frames().defaults());
    begin(
        context,
        key,
        offer,
        "whip/",
        source -> sessions.stream(order.kind(), order.name(), source, order.settings(), keep));
  }

  private void comeBack(Context context) throws IOException, InterruptedException {
    Optional<KeyHash> key = keys.admit(context);
    Session session = SessionPath.session(sessions, context);
    if (!grants.sees(Caller.of(context), session.id())) {
      // Callers that may not see the session get 404: 409 and 403 would reveal that it exists.
      throw SessionPath.unknown(context);
    }
    Optional<String> ifMatch = Optional.ofNullable(context.header("If-Match"));
    Optional<WhipStream> open = streams.open(session, key);
    if (session.view().source().isPublished() && !grants.owns(Caller.of(context), session.id())) {
      throw WhipStreams.notOwner();
    }
    if (open.isEmpty()) {
      open = session.awaited().map(source -> streams.adopt(session, source, key));
    }
    if (open.isPresent()) {
      requireCurrent(open.get(), ifMatch);
      replaceConnection(
          context, open.get(), offers.take(OfferBody.read(context), OffererAddress.of(context)));
    } else if (ifMatch.isPresent() || !session.view().source().isPublished()) {
      throw WhipStreams.videoNotAccepted();
    } else {
      beginAgain(context, key, session);
    }
  }

  private void beginAgain(Context context, Optional<KeyHash> key, Session session)
      throws IOException, InterruptedException {
    begin(
        context,
        key,
        OfferBody.read(context),
        "../whip/",
        source -> {
          StreamSettings _ = session.publishAgain(source);
          return session;
        });
  }

  private void begin(Context context, Optional<KeyHash> key, String offer, String base, Start start)
      throws IOException, InterruptedException {
    sessions.requirePlace();
    try (StreamPlaces.Claim _ = places.claim(Caller.of(context))) {
      publish(context, key, offers.take(offer, OffererAddress.of(context)), base, start);
    }
  }

  private void publish(
      Context context, Optional<KeyHash> key, Offers.AcceptedOffer taken, String base, Start start)
      throws InterruptedException {
    var source = new ReturningSource(new PeerSource(taken.receiver()), grace, clock);
    boolean running = false;
    try {
      Session session = start.with(source);
      running = true;
      var stream = new WhipStream(session, source, key);
      streams.add(stream);
      grants.made(session.id(), Caller.of(context));
      answer(context, stream, taken, base + session.id());
    } finally {
      if (!running) {
        source.close();
      }
    }
  }

  private void replaceConnection(Context context, WhipStream stream, Offers.AcceptedOffer taken) {
    var source = new PeerSource(taken.receiver());
    boolean continues = false;
    try {
      continues = stream.take(source);
      if (!continues) {
        throw WhipStreams.videoNotAccepted();
      }
      answer(context, stream, taken, "../whip/" + stream.session().id());
    } finally {
      if (!continues) {
        source.close();
      }
    }
  }

  /** RFC 9725, section 4.3.1: a server without trickle ICE and restarts has no PATCH. */
  private void change(Context context) {
    WhipStream _ = stream(context);
    throw Problem.of(
            HttpStatus.NOT_IMPLEMENTED_501,
            "patch_unsupported",
            "This service supports neither trickled candidates nor ICE restarts: send an"
                + " offer with all candidates. After a change of the network, send another one"
                + " to this session's address.")
        .asException();
  }

  private void end(Context context) {
    stream(context).finish();
    context.status(HttpStatus.OK_200);
  }

  private void tell(Context context) {
    context.header("Accept-Post", OfferBody.TYPE);
    // Browsers send this request without their key, and must get an answer; relays are only for
    // callers with a key.
    Caller caller = Caller.of(context);
    boolean shown = caller.subject().isPresent() || context.header("Authorization") != null;
    if (caller.may(RouteAccess.OPERATOR) && (keys.isOpen() || shown)) {
      Optional<KeyHash> _ = keys.admit(context);
      links(context);
    }
    context.status(HttpStatus.OK_200);
  }

  private WhipStream stream(Context context) {
    Optional<KeyHash> key = keys.admit(context);
    return streams.named(
        context.pathParam(SessionPath.PARAMETER), context.pathParam(RESOURCE_ID), key);
  }

  /**
   * @param base the session's path, relative to that of the request, so that it works behind a
   *     proxy that serves everything under a path; it also works from the root, against which OBS
   *     resolves every relative path
   */
  private void answer(Context context, WhipStream stream, Offers.AcceptedOffer taken, String base) {
    context.status(HttpStatus.CREATED_201);
    context.header("Location", base + "/" + stream.resource());
    context.header("ETag", stream.tag());
    context.header("Cache-Control", "no-store");
    links(context);
    context.contentType(OfferBody.TYPE);
    context.result(taken.answer().getBytes(StandardCharsets.UTF_8));
  }

  private void links(Context context) {
    iceLinks.forEach(link -> context.res().addHeader("Link", link));
  }

  /** Only the sender itself may replace a connection that is still open. */
  private static void requireCurrent(WhipStream stream, Optional<String> ifMatch) {
    if (ifMatch.isPresent() && !stream.matchesCurrent(ifMatch.get())) {
      throw Problem.of(
              HttpStatus.PRECONDITION_FAILED_412,
              "precondition_failed",
              "If-Match names another connection than this session's: leave it out once"
                  + " that connection has closed.")
          .asException();
    }
    if (ifMatch.isEmpty() && stream.hasSender()) {
      throw Problem.of(
              HttpStatus.CONFLICT_409,
              "sender_connected",
              "This session already has a sender: replace it with If-Match and the ETag"
                  + " of its connection, or try again once it has left.")
          .asException();
    }
  }
}
