package framewise.server.livekit;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.source.Ending;
import framewise.server.http.ProblemException;
import framewise.server.livekit.SignalRequest.AddTrack;
import framewise.server.livekit.SignalResponse.Action;
import framewise.server.livekit.SignalResponse.Leave;
import framewise.server.livekit.SignalResponse.Reason;
import framewise.server.peer.Offers;
import framewise.server.peer.TokenBucket;
import framewise.time.WallClock;
import framewise.webrtc.StepwiseReceiver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that publishes into a stream: its peer connection, which it owns, and its socket,
 * which the client may replace. It ends when the client leaves or stays away, with its stream, and
 * with the rights of its token. Safe for any number of threads.
 */
final class Participant {
  /** How long a client without a socket may return to its peer connection. */
  private static final Duration SIGNAL_GRACE = Duration.ofSeconds(30);

  /** Maximum number of offers of one client at once, and the interval of further ones. */
  private static final int MAX_OFFERS = 20;

  private static final Duration OFFER_PACE = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Participant.class);

  private final String sid;
  private final Session session;
  private final Signalling signalling;
  private final WallClock clock;
  private final PublishedTracks tracks = new PublishedTracks();

  /** Offers are answered one after the other; never held together with {@link #state}. */
  private final ReentrantLock answering = new ReentrantLock();

  private final TokenBucket offers;

  /** Guards the fields below; held only briefly. */
  private final ReentrantLock state = new ReentrantLock();

  private @Nullable SignalLink link;
  private @Nullable StepwiseReceiver receiver;
  private @Nullable ParticipantVideo video;
  private @Nullable Thread waiting;
  private boolean ended;

  /** Objects that all participants share. */
  record Signalling(
      Offers offers,
      OpenStreams open,
      PublishedStreams streams,
      Participants participants,
      WallClock clock) {}

  Participant(String sid, Session session, SignalLink link, Signalling signalling) {
    this.sid = sid;
    this.session = session;
    this.link = link;
    this.signalling = signalling;
    this.clock = signalling.clock();
    this.offers = new TokenBucket(MAX_OFFERS, OFFER_PACE, clock.nanos());
  }

  String sid() {
    return sid;
  }

  SessionId stream() {
    return session.id();
  }

  /** Whether it has an open socket. */
  boolean hasClient() {
    return locked(() -> link != null && !ended);
  }

  /**
   * Replaces the socket, when the client has opened another one.
   *
   * @return false when the participant has ended
   */
  boolean resume(SignalLink next) {
    Optional<SignalLink> before =
        locked(
            () -> {
              SignalLink old = link;
              if (!ended) {
                link = next;
                stopWaiting();
              }
              return Optional.ofNullable(old);
            });
    before.ifPresent(SignalLink::close);
    return locked(() -> link == next);
  }

  /** Handles a closed socket: unless the client has another one, it may return for a while. */
  void socketClosed(SignalLink gone) {
    boolean _ =
        locked(
            () -> {
              if (link != gone || ended) {
                return false;
              }
              link = null;
              stopWaiting();
              waiting = Thread.ofVirtual().name("livekit-wait-" + stream()).start(this::await);
              return true;
            });
  }

  /** Announces a track, so that the client offers it. */
  void add(AddTrack track) {
    send(new SignalResponse.TrackPublished(track, tracks.add(track)));
  }

  void mute(String track, boolean muted) {
    tracks.mute(track, muted);
    applyMute();
  }

  /** Tries an ICE candidate of the client. */
  void candidate(SignalLink from, TrickledCandidate candidate) {
    Optional<StepwiseReceiver> peer = locked(() -> Optional.ofNullable(receiver));
    peer.ifPresent(one -> one.candidate(candidate.candidate(), from.from()));
  }

  /** Answers an offer, and begins to receive its video. */
  void answer(SignalLink from, SignalRequest.Offer offer) throws InterruptedException {
    answering.lockInterruptibly();
    try {
      if (!offers.take(clock.nanos())) {
        fail("The publisher sends more than one offer a second.");
        return;
      }
      StepwiseReceiver peer = peer(from);
      var answer = signalling.offers().answer(peer, offer.sdp(), from.from());
      List<String> unwanted = tracks.offered(answer.video(), answer.others());
      if (answer.video().isPresent()) {
        receive(peer);
      }
      from.send(new SignalResponse.Answer(answer.answer(), offer.id()));
      unwanted.forEach(track -> from.send(new SignalResponse.TrackUnpublished(track)));
      applyMute();
    } catch (ProblemException e) {
      fail(e.problem().detail());
    } catch (RefusedException e) {
      fail(e.refusal().detail());
    } catch (IOException | IllegalStateException closed) {
      LOG.debug("an offer arrived too late: {}", closed.toString());
    } finally {
      answering.unlock();
    }
  }

  void send(SignalResponse message) {
    Optional<SignalLink> now = locked(() -> Optional.ofNullable(link));
    now.ifPresent(one -> one.send(message));
  }

  /**
   * Ends a participant whose peer connection is lost or was never made; without video, nothing else
   * would end it.
   */
  void check() {
    Optional<StepwiseReceiver> peer = locked(() -> Optional.ofNullable(receiver));
    peer.flatMap(StepwiseReceiver::disconnectReason)
        .ifPresent(lost -> end(new Leave(Reason.MEDIA_FAILURE, Action.RECONNECT), lost.detail()));
  }

  /** Handles a client that leaves: the stream's run ends without waiting for its return. */
  void leave() {
    String why = "The publisher left.";
    // Another client may publish into the stream once this one has ended.
    if (end(Optional.empty(), why)) {
      signalling.streams().finish(stream(), why);
    }
  }

  /**
   * Ends the connection; later calls do nothing.
   *
   * @param farewell for the client
   * @param why a sentence for people
   */
  void end(Leave farewell, String why) {
    boolean _ = end(Optional.of(farewell), why);
  }

  /**
   * @return false when it had ended before
   */
  private boolean end(Optional<Leave> farewell, String why) {
    record Resources(
        Optional<SignalLink> link,
        Optional<StepwiseReceiver> receiver,
        Optional<ParticipantVideo> video) {}
    Optional<Resources> rest =
        locked(
            () -> {
              if (ended) {
                return Optional.empty();
              }
              ended = true;
              stopWaiting();
              var all =
                  new Resources(
                      Optional.ofNullable(link),
                      Optional.ofNullable(receiver),
                      Optional.ofNullable(video));
              link = null;
              return Optional.of(all);
            });
    if (rest.isEmpty()) {
      return false;
    }
    LOG.info("Publisher {} left stream {}: {}", sid, stream(), why);
    rest.get().video().ifPresent(one -> one.participantLeft(why));
    rest.get()
        .link()
        .ifPresent(
            one -> {
              farewell.ifPresent(one::send);
              one.close();
            });
    rest.get().receiver().ifPresent(StepwiseReceiver::close);
    signalling.participants().remove(this);
    return true;
  }

  /** Ends a participant whose offer can't be answered. */
  private void fail(String why) {
    end(new Leave(Reason.JOIN_FAILURE, Action.DISCONNECT), why);
  }

  private StepwiseReceiver peer(SignalLink from) throws IOException, InterruptedException {
    Optional<StepwiseReceiver> known = locked(() -> Optional.ofNullable(receiver));
    if (known.isPresent()) {
      return known.get();
    }
    StepwiseReceiver made = signalling.offers().begin(from.from());
    boolean kept =
        locked(
            () -> {
              receiver = ended ? null : made;
              return !ended;
            });
    if (!kept) {
      made.close();
      throw new IllegalStateException("the participant has ended");
    }
    return made;
  }

  /** Gives the session its video, unless it has it already. */
  private void receive(StepwiseReceiver peer) throws InterruptedException {
    Optional<ParticipantVideo> begun =
        locked(
            () -> {
              if (video != null || ended) {
                return Optional.empty();
              }
              video = new ParticipantVideo(peer, this::unwanted);
              return Optional.of(video);
            });
    if (begun.isPresent()) {
      signalling.streams().publish(session, begun.get());
    }
  }

  /**
   * Ends the participant after the session closed its video, because the run is over or the client
   * counts as lost.
   */
  private void unwanted(ParticipantVideo closed) {
    boolean lost = closed.ending().isPresent();
    boolean open = signalling.open().find(stream()).isPresent();
    if (session.isMoving()) {
      end(new Leave(Reason.SERVER_SHUTDOWN, Action.RECONNECT), "The stream moves to another node.");
      return;
    }
    end(
        lost
            ? new Leave(Reason.MEDIA_FAILURE, Action.RECONNECT)
            : new Leave(open ? Reason.PARTICIPANT_REMOVED : Reason.ROOM_DELETED, Action.DISCONNECT),
        closed.ending().map(Ending::reason).orElse("The stream accepts no more video."));
  }

  private void applyMute() {
    boolean muted = tracks.isMuted();
    locked(() -> Optional.ofNullable(receiver)).ifPresent(peer -> peer.pause(muted));
    locked(() -> Optional.ofNullable(video)).ifPresent(one -> one.mute(muted));
  }

  /** Ends a participant whose client does not return. */
  private void await() {
    try {
      clock.sleep(SIGNAL_GRACE);
      boolean _ = end(Optional.empty(), "The publisher did not reopen its socket.");
    } catch (InterruptedException back) {
      LOG.debug("publisher {} has reconnected, or left", sid);
    }
  }

  /** Call this with the state locked. */
  private void stopWaiting() {
    Thread before = waiting;
    waiting = null;
    if (before != null && before != Thread.currentThread()) {
      before.interrupt();
    }
  }

  private <T> T locked(Supplier<T> step) {
    state.lock();
    try {
      return step.get();
    } finally {
      state.unlock();
    }
  }
}
