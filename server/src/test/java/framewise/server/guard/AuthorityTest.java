package framewise.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  @ParameterizedTest
  @CsvSource({
    "localhost,localhost,-1,false",
    "LocalHost:8000,localhost,8000,false",
    "box.example.,box.example,-1,false",
    "127.0.0.1:1,127.0.0.1,1,true",
    "127.1,127.1,-1,true",
    "[::1]:8000,::1,8000,true",
    "[FE80::1%25eth0]:8000,fe80::1,8000,true",
    "[fe80::1%eth0],fe80::1,-1,true",
    "localhost:,localhost,-1,false",
    "my_box,my_box,-1,false",
    "1.2.3.4.example,1.2.3.4.example,-1,false",
  })
  void validAuthoritiesAreParsed(String text, String host, int port, boolean address) {
    Authority read = Authority.parse(text).orElseThrow();
    assertThat(read.host()).isEqualTo(host);
    assertThat(read.port()).isEqualTo(port < 0 ? OptionalInt.empty() : OptionalInt.of(port));
    assertThat(read.isAddress()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        ":80",
        "a b",
        "user@localhost",
        "localhost:65536",
        "localhost:123456",
        "localhost:x",
        "a/b",
        "localhost#",
        "[::1",
        "::1",
        "löcalhost",
        "localhost,evil.example"
      })
  void invalidAuthoritiesAreEmpty(String text) {
    assertThat(Authority.parse(text)).isEmpty();
  }
}
