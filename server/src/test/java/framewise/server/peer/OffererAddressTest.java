package framewise.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sender of an offer can make the service send packets only to its own address. */
class OffererAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.1.7, 192.168.1.7, true",
    "198.51.100.9, 198.51.100.9, true",
    "2001:db8::7, 2001:db8:0:0:0:0:0:7, true",
    "::ffff:192.168.1.7, 192.168.1.7, true",
    "192.168.1.7, 192.168.1.8, false",
    "192.168.1.7, 169.254.169.254, false",
    "192.168.1.7, 224.0.0.1, false",
    "127.0.0.1, 127.0.0.1, false",
    "::1, ::1, false",
    "0:0:0:0:0:0:0:1, 127.0.0.1, false",
    "169.254.169.254, 169.254.169.254, false",
    "fe80::1%eth0, fe80::1, false",
    "255.255.255.255, 255.255.255.255, false",
    "0.0.0.0, 0.0.0.0, false",
    "name.example, 192.168.1.7, false"
  })
  void isTheSendersAddress(String from, String candidate, boolean tried) {
    assertThat(OffererAddress.of(from, false).refusal(InetAddress.ofLiteral(candidate)).isEmpty())
        .isEqualTo(tried);
  }

  @Test
  void isUnknownBehindAProxy() {
    assertThat(OffererAddress.of("192.0.2.1", true).refusal(InetAddress.ofLiteral("192.0.2.1")))
        .isPresent();
  }

  @Test
  void groupsOffersBySender() {
    assertThat(OffererAddress.of("198.51.101.9", false).group()).contains("198.51.101.9");
    assertThat(OffererAddress.of("2606:4700::7", false).group())
        .isPresent()
        .isEqualTo(OffererAddress.of("2606:4700::ffff:8", false).group())
        .isNotEqualTo(OffererAddress.of("2606:4700:0:1::7", false).group());
    // A forwarding header indicates a proxy only if the connection comes from a non-public address.
    assertThat(OffererAddress.of("8.8.8.8", true).group()).contains("8.8.8.8");
    assertThat(OffererAddress.of("10.0.0.2", true).group()).isEmpty();
    assertThat(OffererAddress.of("127.0.0.1", true).isThisMachine()).isFalse();
    assertThat(OffererAddress.of("127.0.0.1", false).isThisMachine()).isTrue();
  }
}
