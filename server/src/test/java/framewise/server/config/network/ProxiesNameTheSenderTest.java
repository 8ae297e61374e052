package framewise.server.config.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesNameTheSenderTest {
  private static final ProxyTrust TRUST =
      new ProxyTrust(
          AddressRange.parseAll("10.0.0.0/8,2001:db8:1::/48").orElseThrow(), "X-Forwarded-User");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7|203.0.113.7",
        "203.0.113.7, 10.1.2.3|203.0.113.7",
        "198.51.100.1, 203.0.113.7|203.0.113.7",
        "203.0.113.7:51234|203.0.113.7",
        "2001:db8::7|2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]:443, 2001:db8:1::5|2001:db8:0:0:0:0:0:7",
        "::ffff:203.0.113.7|203.0.113.7",
        // addresses before an invalid one are ignored
        "203.0.113.7, unknown|10.0.0.1",
        "203.0.113.7, unknown, 10.1.2.3|10.1.2.3",
        "localhost|10.0.0.1",
        "10.1.1.1, 10.2.2.2|10.1.1.1",
      })
  void withXForwardedFor(String header, String sender) {
    assertThat(sender("10.0.0.1", Map.of("X-Forwarded-For", List.of(header)))).isEqualTo(sender);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=203.0.113.7|203.0.113.7",
        "For=\"203.0.113.7:4711\";proto=https;by=10.0.0.1|203.0.113.7",
        "proto=https;for=203.0.113.7, for=10.1.2.3|203.0.113.7",
        "for=198.51.100.1, for=\"[2001:db8::7]:4711\"|2001:db8:0:0:0:0:0:7",
        "for=_hidden|10.0.0.1",
        "proto=https|10.0.0.1",
      })
  void withForwarded(String header, String sender) {
    assertThat(sender("10.0.0.1", Map.of("Forwarded", List.of(header)))).isEqualTo(sender);
  }

  @Test
  void overSeveralLines() {
    assertThat(
            sender("10.0.0.1", Map.of("X-Forwarded-For", List.of("198.51.100.1", "203.0.113.7"))))
        .isEqualTo("203.0.113.7");
  }

  @Test
  void theOtherHeaderIsIgnored() {
    assertThat(
            sender(
                "10.0.0.1",
                Map.of(
                    "X-Forwarded-For",
                    List.of("203.0.113.7"),
                    "Forwarded",
                    List.of("for=198.51.100.1"))))
        .isEqualTo("203.0.113.7");
  }

  @Test
  void headersOfOthersAreIgnored() {
    assertThat(sender("203.0.113.9", Map.of("X-Forwarded-For", List.of("198.51.100.1"))))
        .isEqualTo("203.0.113.9");
  }

  private static String sender(String peer, Map<String, List<String>> headers) {
    return TRUST
        .sender(InetAddress.ofLiteral(peer), name -> headers.getOrDefault(name, List.of()))
        .getHostAddress();
  }
}
