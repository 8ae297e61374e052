package framewise.server.livekit;

import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.server.access.AccessControl;
import framewise.server.access.PublishTokens;
import framewise.server.access.secret.ShownSession;
import framewise.server.config.Settings;
import framewise.server.http.Problem;
import framewise.server.http.ProblemException;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.Socket;
import framewise.server.http.WebSocketOnly;
import framewise.server.livekit.Participant.Signalling;
import framewise.server.livekit.SignalResponse.Action;
import framewise.server.livekit.SignalResponse.Leave;
import framewise.server.livekit.SignalResponse.Reason;
import framewise.server.peer.OfferLimits;
import framewise.server.peer.OffererAddress;
import framewise.server.peer.Offers;
import framewise.time.WallClock;
import framewise.webrtc.Peers;
import framewise.webrtc.SenderTimeouts;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * Publishing with LiveKit's clients: the sockets at {@code /rtc/v1} and, for older clients, {@code
 * /rtc}, and the calls with which a client learns why its socket was refused. Each needs a token of
 * {@link PublishTokens} and no other key.
 */
public final class LiveKitApi implements AutoCloseable {
  private static final String OLDER = "/rtc";
  private static final String PATH = "/rtc/v1";
  private static final String VALIDATE = "/validate";
  private static final String SCHEME = "Bearer ";

  private final Sessions sessions;
  private final PublishTokens tokens;
  private final Offers offers;
  private final Participants participants = new Participants();
  private final Signalling signalling;
  private final SignalSocket socket;

  /**
   * @param peers receive the video; closed after this
   * @param limits maximum number of offers
   * @param open the streams to publish into
   */
  public LiveKitApi(
      Settings settings,
      Sessions sessions,
      AccessControl access,
      Peers peers,
      OfferLimits limits,
      OpenStreams open,
      WallClock clock) {
    this.sessions = sessions;
    this.tokens = access.publishTokens();
    this.offers = new Offers(peers, SenderTimeouts.DEFAULT, limits);
    var streams = new PublishedStreams(settings.sourceGrace(), clock);
    this.signalling = new Signalling(offers, open, streams, participants, clock);
    this.socket = new SignalSocket(signalling, tokens, settings.mediaNetwork().iceServers());
  }

  /** Whether a path belongs to this API: open to pages of any origin, because it needs a token. */
  public static boolean covers(String path) {
    return path.equals(OLDER) || path.startsWith(OLDER + "/");
  }

  /** The calls, without the sockets. */
  public List<Route> routes() {
    return List.of(
        Route.get(OLDER, RouteAccess.PUBLIC, WebSocketOnly::refuse),
        Route.get(PATH, RouteAccess.PUBLIC, WebSocketOnly::refuse),
        Route.get(OLDER + VALIDATE, RouteAccess.PUBLIC, this::validate),
        Route.get(PATH + VALIDATE, RouteAccess.PUBLIC, this::validate));
  }

  public List<Socket> sockets() {
    return List.of(
        new Socket(OLDER, RouteAccess.PUBLIC, this::stream, this::admit, socket),
        new Socket(PATH, RouteAccess.PUBLIC, this::stream, this::admit, socket));
  }

  /** Asks all clients to reconnect, because the service stops. */
  public void askToReconnect() {
    participants
        .all()
        .forEach(one -> one.send(new Leave(Reason.SERVER_SHUTDOWN, Action.RECONNECT)));
  }

  @Override
  public void close() {
    participants
        .all()
        .forEach(
            one ->
                one.end(
                    new Leave(Reason.SERVER_SHUTDOWN, Action.RECONNECT),
                    "The service is stopping."));
    offers.close();
  }

  /** Clients call this after their socket was refused, and display the text. */
  private void validate(Context context) {
    context.contentType("text/plain; charset=utf-8");
    context.header("Cache-Control", "no-store");
    try {
      var _ = session(token(context));
      context.result("success");
    } catch (ProblemException e) {
      context.status(e.problem().status());
      context.result(e.problem().detail());
    }
  }

  private void admit(Context context) {
    ShownSession token = token(context);
    Session session = session(token);
    if (!session.isRunning()) {
      sessions.requirePlace();
    }
    try {
      var entry =
          new SignalEntry(token, session, JoinRequest.read(context), OffererAddress.of(context));
      context.attribute(SignalSocket.ENTRY, entry);
    } catch (MalformedSignalException e) {
      throw Problem.of(400, "invalid_request", String.valueOf(e.getMessage())).asException();
    }
  }

  /** The stream of an accepted token. */
  private Optional<SessionId> stream(Context context) {
    return found(context).map(ShownSession::session);
  }

  private Optional<ShownSession> found(Context context) {
    return Optional.ofNullable(context.queryParam("access_token"))
        .or(
            () ->
                Optional.ofNullable(context.header("Authorization"))
                    .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                    .map(header -> header.substring(SCHEME.length()).strip()))
        .flatMap(tokens::read);
  }

  private ShownSession token(Context context) {
    return found(context)
        .orElseThrow(
            () ->
                Problem.of(
                        401,
                        "unauthorized",
                        "The token is missing, wrong or expired: use publish.token of POST"
                            + " /v1beta/streams, or a fresh one of the stream's keepalive.")
                    .asException());
  }

  private Session session(ShownSession token) {
    return signalling
        .open()
        .find(token.session())
        .orElseThrow(
            () ->
                // Clients check for the first words: after any other 404 they try an older
                // protocol.
                Problem.of(
                        404,
                        "stream_not_found",
                        "requested room does not exist: the stream has ended. Create another with"
                            + " POST /v1beta/streams.")
                    .asException());
  }
}
