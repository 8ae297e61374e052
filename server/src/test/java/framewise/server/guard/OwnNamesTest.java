package framewise.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Set<String> machine = Set.of("box");
  private final OwnNames names =
      new OwnNames(
          () -> Set.of("Framewise.Example", "*.cert.example"),
          () -> {
            looks.incrementAndGet();
            return machine;
          },
          nanos::get);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "app.localhost",
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "[::1]",
        "[2001:db8::1]",
        "framewise.example",
        "a.cert.example",
        "FRAMEWISE.example.:443"
      })
  void includesNamesThatOthersCannotRegister(String host) {
    assertThat(names.covers(Authority.parse(host).orElseThrow())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "evillocalhost",
        "a.framewise.example",
        "cert.example",
        "a.b.cert.example",
        "127.0.0.1.evil.example"
      })
  void excludesOtherNames(String host) {
    assertThat(names.covers(Authority.parse(host).orElseThrow())).isFalse();
  }

  @Test
  void namesAreRefreshed() {
    Authority renamed = Authority.parse("renamed").orElseThrow();
    names.refresh();
    await().until(() -> looks.get() == 1 && names.covers(Authority.parse("box").orElseThrow()));
    machine = Set.of("renamed");
    assertThat(names.covers(renamed)).isFalse();
    assertThat(looks).as("not at every request").hasValue(1);

    nanos.addAndGet(10_000_000_000L);
    await().until(() -> names.covers(renamed));
    assertThat(looks).hasValue(2);
  }
}
