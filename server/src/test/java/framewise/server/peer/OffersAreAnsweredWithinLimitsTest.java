package framewise.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import framewise.server.http.ProblemException;
import framewise.testing.ManualClock;
import framewise.time.WallClock;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Publisher;
import framewise.webrtc.SenderTimeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Thousands of offers, from one address or many, by senders that never connect. */
class OffersAreAnsweredWithinLimitsTest {
  private static final OffererAddress ONE = OffererAddress.of("203.0.113.1", false);
  private static final OffererAddress OTHER = OffererAddress.of("203.0.113.2", false);
  private static final OffererAddress HERE = OffererAddress.of("127.0.0.1", false);
  private static final OffererAddress PROXIED = OffererAddress.of("10.0.0.2", true);

  private final ManualClock clock = new ManualClock();
  private final List<String> refused = new ArrayList<>();
  private final OfferLimits limits = new OfferLimits(clock, refused::add);

  @Test
  void oneAddressHasALimitedShare() {
    List<OfferLimits.OfferPlace> places = new ArrayList<>();
    for (int i = 0; i < OfferLimits.MAX_WAITING_OF_ONE; i++) {
      places.add(limits.enter(ONE));
    }
    isRefused(ONE, 429, "too_many_waiting");
    limits.enter(OTHER).free();
    places.getFirst().free();
    places.getFirst().free();
    assertThat(limits.waiting()).isEqualTo(OfferLimits.MAX_WAITING_OF_ONE - 1);
    limits.enter(ONE);
    isRefused(ONE, 429, "too_many_waiting");
    assertThat(refused).containsOnly("too_many_waiting").hasSize(2);
  }

  @Test
  void theTotalIsLimitedForAWhile() {
    List<OfferLimits.OfferPlace> places = new ArrayList<>();
    for (int i = 0; i < OfferLimits.MAX_WAITING; i++) {
      places.add(limits.enter(i % 2 == 0 ? HERE : PROXIED));
    }
    isRefused(ONE, 503, "too_many_waiting");
    isRefused(HERE, 503, "too_many_waiting");
    places.forEach(OfferLimits.OfferPlace::free);
    assertThat(limits.waiting()).isZero();
    limits.enter(ONE).free();
  }

  @Test
  void fastAddressesAreRateLimitedAlone() {
    for (int i = 0; i < OfferLimits.BURST_OF_ONE; i++) {
      limits.enter(ONE).free();
    }
    isRefused(ONE, 429, "too_many_offers");
    limits.enter(OTHER).free();
    clock.advance(OfferLimits.PACE_OF_ONE);
    limits.enter(ONE).free();
    isRefused(ONE, 429, "too_many_offers");
  }

  @Test
  void theTotalRateSparesLoopback() {
    for (int i = 0; i < OfferLimits.BURST; i++) {
      limits.enter(OffererAddress.of("198.51.100." + i, false)).free();
    }
    isRefused(ONE, 503, "too_many_offers");
    for (int i = 0; i < 1_000; i++) {
      limits.enter(HERE).free();
    }
    clock.advance(OfferLimits.PACE);
    limits.enter(OTHER).free();
  }

  @Test
  void connectingOrTimingOutFreesThePlace() throws Exception {
    var few = new OfferLimits(2, 2, WallClock.system(), refused::add);
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Offers offers = new Offers(peers, SenderTimeouts.DEFAULT, few);
        Publisher publisher = peers.publisher(PeerListener.NONE)) {
      String offer = publisher.offer();
      var connects = offers.take(offer, HERE);
      var never = offers.take(offer, HERE);
      problem(assertThatThrownBy(() -> offers.take(offer, HERE)), 503, "too_many_waiting");
      publisher.accept(connects.answer());
      await().atMost(Duration.ofSeconds(60)).until(() -> few.waiting() == 1);
      never.receiver().close();
      await().atMost(Duration.ofSeconds(60)).until(() -> few.waiting() == 0);
      // An offer that can't be answered takes no slot.
      for (int i = 0; i < 5; i++) {
        problem(assertThatThrownBy(() -> offers.take("v=0", HERE)), 422, "sdp_no_video");
      }
      assertThat(few.waiting()).isZero();
      connects.receiver().close();
      assertThat(few.waiting()).isZero();
    }
  }

  private void isRefused(OffererAddress from, int status, String code) {
    problem(assertThatThrownBy(() -> limits.enter(from)), status, code);
  }

  private static void problem(
      AbstractThrowableAssert<?, ? extends Throwable> thrown, int status, String code) {
    thrown
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(ProblemException.class))
        .satisfies(e -> assertThat(e.problem().status()).isEqualTo(status))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
  }
}
