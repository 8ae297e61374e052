package framewise.media.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "::1",
        "::",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::169.254.169.254",
        "2002:7f00:0001::1",
        "2001:0:0:0:0:0:80ff:fffe",
        "169.254.169.254",
        "169.254.1.1",
        "fe80::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "100.100.100.200",
        "168.63.129.16",
        "224.0.0.1",
        "255.255.255.255",
        "ff02::1"
      })
  void lanAndPublicExcludeLoopbackAndMetadataAddresses(String address) {
    assertThat(AllowedAddresses.LAN.refusal(InetAddress.ofLiteral(address))).isPresent();
    assertThat(AllowedAddresses.PUBLIC.refusal(InetAddress.ofLiteral(address))).isPresent();
    assertThat(AllowedAddresses.OFF.refusal(InetAddress.ofLiteral(address))).isPresent();
    assertThat(AllowedAddresses.ANY.refusal(InetAddress.ofLiteral(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.20",
        "100.64.0.1",
        "fd12:3456::1",
        "64:ff9b::10.0.0.1"
      })
  void onlyLanAllowsPrivateAddresses(String address) {
    assertThat(AllowedAddresses.LAN.refusal(InetAddress.ofLiteral(address))).isEmpty();
    assertThat(AllowedAddresses.PUBLIC.refusal(InetAddress.ofLiteral(address))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "126.255.255.255",
        "128.0.0.1",
        "172.32.0.1",
        "169.253.255.255",
        "2606:4700::1111",
        "64:ff9b::8.8.8.8"
      })
  void bothAllowPublicAddresses(String address) {
    assertThat(AllowedAddresses.LAN.refusal(InetAddress.ofLiteral(address))).isEmpty();
    assertThat(AllowedAddresses.PUBLIC.refusal(InetAddress.ofLiteral(address))).isEmpty();
  }

  @Test
  void namesMatchTheSetting() {
    assertThat(AllowedAddresses.ofWireName("LAN")).hasValue(AllowedAddresses.LAN);
    assertThat(AllowedAddresses.ofWireName("everything")).isEmpty();
    for (AllowedAddresses reach : AllowedAddresses.values()) {
      assertThat(AllowedAddresses.ofWireName(reach.wireName())).hasValue(reach);
    }
  }
}
