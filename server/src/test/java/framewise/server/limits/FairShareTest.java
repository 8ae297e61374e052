package framewise.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {
  private final FairShare places = new FairShare(8);
  private final List<FairShare.FairPlace> held = new ArrayList<>();

  @Test
  void oneClientGetsHalfAndLoopbackThreeQuarters() {
    assertThat(takeAll("192.0.2.1")).isEqualTo(4);
    assertThat(takeAll("192.0.2.2")).isEqualTo(4);
    assertThat(takeAll("192.0.2.3")).isZero();
    assertThat(places.isFull()).isTrue();
    assertThat(new FairShare(8)).satisfies(other -> assertThat(count(other, "::1")).isEqualTo(6));
    assertThat(new FairShare(8)).satisfies(o -> assertThat(count(o, "127.0.0.9")).isEqualTo(6));
    assertThat(new FairShare(1)).satisfies(one -> assertThat(count(one, "192.0.2.1")).isEqualTo(1));
  }

  /** One client can use all addresses of its IPv6 network. */
  @Test
  void anIpv6NetworkCountsAsOneClient() {
    assertThat(takeAll("2001:db8::1")).isEqualTo(4);
    assertThat(takeAll("2001:db8::2:3:4:5%eth0")).isZero();
    assertThat(takeAll("2001:db8:0:1::1")).isEqualTo(4);
  }

  @Test
  void closingTwiceFreesOnePlace() {
    assertThat(takeAll("192.0.2.1")).isEqualTo(4);
    held.getFirst().close();
    held.getFirst().close();
    assertThat(places.used()).isEqualTo(3);
    assertThat(takeAll("192.0.2.1")).isEqualTo(1);
  }

  private int takeAll(String address) {
    return count(places, address);
  }

  private int count(FairShare from, String address) {
    int taken = 0;
    while (true) {
      var place = from.take(ClientAddress.of(address));
      if (place.isEmpty()) {
        return taken;
      }
      held.add(place.get());
      taken++;
    }
  }
}
