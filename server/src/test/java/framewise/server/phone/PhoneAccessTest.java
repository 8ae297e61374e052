package framewise.server.phone;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.tls.MachineNames;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneAccessTest {
  private static final MachineNames MACHINE =
      new MachineNames(
          List.of("localhost", "den"),
          List.of(
              InetAddress.ofLiteral("192.168.1.5"),
              InetAddress.ofLiteral("10.1.2.3"),
              InetAddress.ofLiteral("127.0.0.1")));

  @Test
  void addressesAreListedLikeliestFirst() {
    PhoneAccess access = PhoneAccess.of("0.0.0.0", 8000, MACHINE, Optional.empty());
    assertThat(access.urls())
        .containsExactly("http://192.168.1.5:8000/console/", "http://10.1.2.3:8000/console/");
    assertThat(access.advice()).contains("FRAMEWISE_TLS=self-signed");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,http://10.1.2.3:80/console/",
    "2001:db8::1,http://[2001:db8:0:0:0:0:0:1]:80/console/",
  })
  void onlyListeningAddressesAreListed(String host, String url) {
    assertThat(PhoneAccess.of(host, 80, MACHINE, Optional.empty()).urls()).containsExactly(url);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "localhost", "::1"})
  void aLoopbackServiceExplainsWhy(String host) {
    PhoneAccess access = PhoneAccess.of(host, 80, MACHINE, Optional.empty());
    assertThat(access.urls()).isEmpty();
    assertThat(access.advice()).contains("BACKEND_HOST=0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "https://framewise.example,https://framewise.example/console/,true",
    "https://framewise.example/,https://framewise.example/console/,true",
    "https://example.org/video,https://example.org/video/console/,true",
    "https://framewise.example/console/,https://framewise.example/console/,true",
    "http://framewise.example:8080,http://framewise.example:8080/console/,false",
  })
  void configuredNamesComeFirst(String named, String url, boolean secure) {
    PhoneAccess local = PhoneAccess.of("127.0.0.1", 80, MACHINE, Optional.empty());
    PhoneAccess access = local.behind(List.of(URI.create(named)));
    assertThat(access.urls()).containsExactly(url);
    assertThat(access.isSecure()).isEqualTo(secure);
    assertThat(access.advice().contains("FRAMEWISE_TLS")).isNotEqualTo(secure);
  }
}
