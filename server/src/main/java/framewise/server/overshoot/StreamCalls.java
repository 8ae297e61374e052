package framewise.server.overshoot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.RefusedException;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.PeerSource;
import framewise.engine.source.SourceKind;
import framewise.overshoot.Secret;
import framewise.overshoot.wire.PromptConfig;
import framewise.overshoot.wire.SdpMessage;
import framewise.overshoot.wire.StopReason;
import framewise.overshoot.wire.answer.CreateStreamResponse;
import framewise.overshoot.wire.answer.KeepaliveResponse;
import framewise.overshoot.wire.answer.StatusResponse;
import framewise.overshoot.wire.answer.TurnServer;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.access.StreamPlaces;
import framewise.server.access.secret.KeyHash;
import framewise.server.config.ApiAccess;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Problem;
import framewise.server.peer.OffererAddress;
import framewise.server.peer.Offers;
import framewise.time.WallClock;
import framewise.webrtc.IceServer;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Calls that create, renew, change and end a stream. */
final class StreamCalls {
  /** Large enough that an offer of a megabyte reaches the check that reports its length. */
  static final int BODY_LIMIT = 2 << 20;

  /** Nothing is charged here; clients that check their credit must never run out. */
  private static final long CREDIT_CENTS = 1_000_000;

  private final Sessions sessions;
  private final SessionGrants grants;
  private final StreamPlaces places;
  private final HostedStreams streams;
  private final Offers offers;
  private final Duration lease;
  private final Optional<List<TurnServer>> relays;
  private final WallClock clock;

  /**
   * @param iceServers clients get the relays among these
   */
  StreamCalls(
      Sessions sessions,
      SessionGrants grants,
      StreamPlaces places,
      HostedStreams streams,
      Offers offers,
      ApiAccess access,
      List<IceServer> iceServers,
      WallClock clock) {
    this.sessions = sessions;
    this.grants = grants;
    this.places = places;
    this.streams = streams;
    this.offers = offers;
    this.lease = access.lease();
    this.relays = relays(iceServers);
    this.clock = clock;
  }

  void create(Context context, KeyHash key) throws IOException, InterruptedException {
    StreamOrder order = StreamOrder.read(JsonBody.read(context, BODY_LIMIT));
    streams.take(key);
    boolean made = false;
    try (StreamPlaces.Claim _ = places.claim(Caller.of(context))) {
      BackendChoice choice = BackendChoice.of(sessions.backends(), order.model(), order.backend());
      sessions.requirePlace();
      Offers.AcceptedOffer taken = offers.take(order.offer(), OffererAddress.of(context));
      HostedStream stream = stream(key, order, choice, taken);
      grants.made(stream.session().id(), Caller.of(context));
      made = true;
      context.status(HttpStatus.CREATED_201);
      WireReply.send(
          context,
          new CreateStreamResponse(
              stream.id(),
              Optional.of(SdpMessage.answer(taken.answer())),
              Optional.of(new framewise.overshoot.wire.answer.Lease(stream.lease().seconds())),
              relays,
              Optional.empty()));
    } finally {
      if (!made) {
        streams.free(key);
      }
    }
  }

  void keepalive(Context context, KeyHash key) {
    HostedStream stream = StreamPath.open(streams, context, key);
    stream.lease().renew();
    WireReply.send(
        context,
        new KeepaliveResponse(
            "ok",
            stream.id(),
            stream.lease().seconds(),
            Optional.of(CREDIT_CENTS),
            Optional.of(0.0),
            Optional.of(0.0),
            Optional.of(stream.state()),
            Optional.empty()));
  }

  void updatePrompt(Context context, KeyHash key) throws IOException {
    HostedStream stream = StreamPath.open(streams, context, key);
    Fields fields = JsonBody.read(context, JsonBody.LIMIT);
    Optional<Prompt> prompt =
        fields.requiredString("prompt").flatMap(text -> fields.make(() -> new Prompt(text)));
    fields.requireSound();
    try {
      stream.session().updatePrompt(prompt.orElseThrow());
    } catch (RefusedException e) {
      if (e.refusal().code() == Refusal.Code.WRONG_STATUS) {
        throw Problem.of(HttpStatus.NOT_FOUND_404, "stream_not_found", e.refusal().detail())
            .asException();
      }
      throw e;
    }
    WireReply.send(context, config(stream, prompt.orElseThrow().text()));
  }

  /** Sends the response first: {@link ResultsEndpoint} closes the socket a moment later. */
  void close(Context context, KeyHash key) {
    HostedStream stream = StreamPath.any(streams, context, key);
    if (streams.end(stream, StopReason.CLIENT_REQUESTED)) {
      WireReply.send(context, StatusResponse.OK);
    } else {
      context.status(HttpStatus.NO_CONTENT_204);
    }
  }

  private HostedStream stream(
      KeyHash key, StreamOrder order, BackendChoice choice, Offers.AcceptedOffer taken)
      throws InterruptedException {
    var source = new MeteredSource(new PeerSource(taken.receiver()), clock);
    boolean running = false;
    try {
      Session session =
          sessions.stream(
              SourceKind.WEBRTC, StreamName.of(order.requestId()), source, settings(order, choice));
      running = true;
      var stream =
          new HostedStream(key, session, order, source, new StreamExpiry(clock, lease), clock);
      streams.add(stream);
      return stream;
    } finally {
      if (!running) {
        source.close();
      }
    }
  }

  private static StreamSettings settings(StreamOrder order, BackendChoice choice) {
    return StreamSettings.of(
            PromptSettings.of(order.prompt())
                .withBackend(Optional.of(choice.backend()))
                .withModel(choice.model())
                .withOutputSchema(order.outputSchema())
                .withMaxOutputTokens(order.maxOutputTokens()))
        .withSampling(order.samplingRequest().sampling());
  }

  private PromptConfig config(HostedStream stream, String prompt) {
    StreamSettings applied = stream.session().view().settings().orElseThrow();
    return new PromptConfig(
        stream.configId(),
        stream.id(),
        prompt,
        stream.order().model().or(applied::model).orElse(applied.backend().orElse("")),
        Optional.of(stream.order().backend()),
        stream.order().outputSchema().map(ObjectNode.class::cast),
        Optional.of(stream.createdAt().toString()),
        Optional.of(clock.now().toString()));
  }

  private static Optional<List<TurnServer>> relays(List<IceServer> iceServers) {
    List<TurnServer> relays =
        iceServers.stream()
            .filter(server -> server.urls().getFirst().toLowerCase(Locale.ROOT).startsWith("turn"))
            .map(
                server ->
                    new TurnServer(
                        server.urls(),
                        server.username().orElse(""),
                        Secret.of(server.credential().orElse(""))))
            .toList();
    return Optional.of(relays).filter(list -> !list.isEmpty());
  }
}
