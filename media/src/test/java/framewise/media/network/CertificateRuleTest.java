package framewise.media.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateRuleTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.1.20, false",
    "10.0.0.1, false",
    "127.0.0.1, false",
    "fd12::1, false",
    "fe80::1, false",
    "8.8.8.8, true",
    "2606:4700::1111, true"
  })
  void trustLanChecksPublicAddresses(String address, boolean checked) {
    InetAddress at = InetAddress.ofLiteral(address);
    assertThat(CertificateRule.TRUST_LAN.verifies(at)).isEqualTo(checked);
    assertThat(CertificateRule.VERIFY.verifies(at)).isTrue();
    assertThat(CertificateRule.TRUST.verifies(at)).isFalse();
  }
}
