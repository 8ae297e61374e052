package framewise.server.livekit;

import framewise.server.access.PublishTokens;
import framewise.server.access.secret.PublishSignatures;
import framewise.server.access.secret.ShownSession;
import framewise.server.livekit.Participant.Signalling;
import framewise.server.livekit.SignalResponse.Action;
import framewise.server.livekit.SignalResponse.Leave;
import framewise.server.livekit.SignalResponse.Reason;
import framewise.webrtc.IceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the messages of one socket: the client joins or resumes, then its messages are handled in
 * order on a separate thread.
 */
final class SignalVisit {
  /** Messages that wait; a browser sends some twenty candidates at once. */
  private static final int MAX_WAITING = 64;

  /** How often the rights of an open connection are checked, whatever its client sends. */
  private static final Duration CHECK = Duration.ofSeconds(2);

  private static final Duration RENEWAL = PublishTokens.VALIDITY.multipliedBy(2).dividedBy(5);
  private static final byte[] END = {};
  private static final Logger LOG = LoggerFactory.getLogger(SignalVisit.class);

  private final SignalEntry entry;
  private final SignalLink link;
  private final Signalling signalling;
  private final PublishTokens tokens;
  private final List<IceServer> iceServers;
  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Thread handler = Thread.ofVirtual().name("livekit-visit").unstarted(this::run);

  private Instant tokenSent;
  private long checked;

  SignalVisit(
      SignalEntry entry,
      SignalLink link,
      Signalling signalling,
      PublishTokens tokens,
      List<IceServer> iceServers) {
    this.entry = entry;
    this.link = link;
    this.signalling = signalling;
    this.tokens = tokens;
    this.iceServers = iceServers;
    this.tokenSent = entry.token().until().minus(PublishTokens.VALIDITY);
    this.checked = signalling.clock().nanos();
  }

  void start() {
    link.start();
    handler.start();
  }

  /**
   * Queues a message that has arrived.
   *
   * @return false when too many wait
   */
  boolean take(byte[] message) {
    return message.length == 0 || waiting.offer(message);
  }

  /** Ends the visit, because the socket is closed. Drops the messages that still wait. */
  void over() {
    waiting.clear();
    boolean _ = waiting.offer(END);
    link.stop();
  }

  private void run() {
    Optional<Participant> participant = Optional.empty();
    try {
      participant = entry.join().resume() ? resumed() : joined();
      if (participant.isPresent()) {
        handle(participant.get());
      }
    } catch (MalformedSignalException e) {
      String why = String.valueOf(e.getMessage());
      participant.ifPresent(
          one -> one.end(new Leave(Reason.STATE_MISMATCH, Action.DISCONNECT), why));
    } catch (InterruptedException e) {
      LOG.debug("stopped handling a publisher's messages");
    } catch (RuntimeException e) {
      LOG.error("stream {}: a publisher's WebSocket failed", entry.session().id(), e);
      participant.ifPresent(
          one ->
              one.end(
                  new Leave(Reason.STATE_MISMATCH, Action.RECONNECT),
                  "An internal error occurred."));
    } finally {
      participant.ifPresent(one -> one.socketClosed(link));
      link.close();
    }
  }

  private Optional<Participant> joined() throws InterruptedException {
    var next =
        new Participant(
            "PA_" + UUID.randomUUID().toString().replace("-", ""),
            entry.session(),
            link,
            signalling);
    if (signalling.streams().isTaken(entry.session()) || !signalling.participants().add(next)) {
      link.send(new Leave(Reason.DUPLICATE_IDENTITY, Action.DISCONNECT));
      return Optional.empty();
    }
    link.send(
        new SignalResponse.Join(
            entry.session().id().toString(),
            next.sid(),
            PublishSignatures.IDENTITY,
            signalling.clock().now(),
            iceServers));
    entry.join().tracks().forEach(next::add);
    Optional<SignalRequest.Offer> offer = entry.join().offer();
    if (offer.isPresent()) {
      next.answer(link, offer.get());
    }
    return Optional.of(next);
  }

  private Optional<Participant> resumed() {
    Optional<Participant> before =
        signalling.participants().find(entry.session().id(), entry.join().sid());
    if (before.isPresent()) {
      // The client accepts nothing else as the first message.
      link.send(new SignalResponse.Resumed(iceServers));
    }
    Optional<Participant> same = before.filter(one -> one.resume(link));
    if (same.isEmpty()) {
      link.send(new Leave(Reason.STATE_MISMATCH, Action.RECONNECT));
    }
    return same;
  }

  private void handle(Participant participant)
      throws MalformedSignalException, InterruptedException {
    for (byte[] next = next(participant); next.length > 0; next = next(participant)) {
      switch (SignalRequest.read(next)) {
        case SignalRequest.Offer offer -> participant.answer(link, offer);
        case SignalRequest.Trickle trickle ->
            TrickledCandidate.read(trickle.candidateInit())
                .ifPresent(candidate -> participant.candidate(link, candidate));
        case SignalRequest.AddTrack track -> participant.add(track);
        case SignalRequest.Mute mute -> participant.mute(mute.sid(), mute.muted());
        case SignalRequest.Leave _ -> participant.leave();
        case SignalRequest.Ping ping ->
            link.send(new SignalResponse.Pong(ping.timestamp(), signalling.clock().now()));
        case SignalRequest.PlainPing ping ->
            link.send(new SignalResponse.PlainPong(ping.timestamp()));
        case SignalRequest.Ignored ignored -> LOG.debug("ignored a message: {}", ignored);
      }
    }
  }

  /** Waits for a message. Checks the connection before returning it, and while none arrives. */
  private byte[] next(Participant participant) throws InterruptedException {
    byte @Nullable [] next;
    do {
      next = waiting.poll(CHECK.toNanos(), TimeUnit.NANOSECONDS);
      check(participant);
    } while (next == null);
    return next;
  }

  /** Ends the connection with its stream or its rights, and renews its token in time. */
  private void check(Participant participant) {
    long nanos = signalling.clock().nanos();
    if (nanos - checked < CHECK.toNanos()) {
      return;
    }
    checked = nanos;
    participant.check();
    ShownSession token = entry.token();
    Instant now = signalling.clock().now();
    if (signalling.open().find(token.session()).isEmpty()) {
      participant.end(new Leave(Reason.ROOM_DELETED, Action.DISCONNECT), "The stream has ended.");
    } else if (!tokens.isGood(token)) {
      participant.end(
          new Leave(Reason.PARTICIPANT_REMOVED, Action.DISCONNECT),
          "The creator of the token may no longer publish.");
    } else if (!now.isBefore(tokenSent.plus(RENEWAL))) {
      tokenSent = now;
      link.send(new SignalResponse.RefreshToken(tokens.renew(token)));
    }
  }
}
