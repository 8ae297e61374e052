package framewise.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.overshoot.Secret;
import framewise.server.access.account.Role;
import framewise.server.access.secret.KeyHash;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Caller LOCAL =
      Caller.of(Caller.Kind.LOCAL, Optional.of(Role.ADMIN), "127.0.0.1");
  private static final Caller ANONYMOUS =
      Caller.of(Caller.Kind.ANONYMOUS, Optional.empty(), "192.0.2.1");

  @Test
  void anyKeyIsAcceptedOnlyWhereNoAccountIsNeeded() {
    assertThat(keys().check("anything", ANONYMOUS)).isEmpty();
    assertThat(keys("first").check("first", ANONYMOUS)).contains(KeyHash.of("first"));
  }

  @Test
  void onlyConfiguredKeysAreAccepted() {
    var keys = keys("first", "second");
    assertThat(keys.isOpen()).isFalse();
    assertThat(keys.check("second", LOCAL)).contains(KeyHash.of("second"));
    assertThat(keys.check("first", LOCAL)).contains(KeyHash.of("first"));
    for (String wrong : new String[] {"", "third", "firs", "firstx", "FIRST", "first,second"}) {
      assertThat(keys.check(wrong, LOCAL)).as(wrong).isEmpty();
    }
  }

  @Test
  void withoutConfiguredKeysAnyNonEmptyKeyIsAccepted() {
    var keys = keys();
    assertThat(keys.isOpen()).isTrue();
    assertThat(keys.check("anything", LOCAL)).isPresent();
    assertThat(keys.check("", LOCAL)).isEmpty();
    assertThat(keys.check(" ", LOCAL)).isEmpty();
  }

  @Test
  void hashesRevealNothing() {
    assertThat(KeyHash.of("first").toString()).doesNotContain("first").contains("***");
    assertThat(KeyHash.of("first").sha256()).doesNotContain("first").hasSize(64);
  }

  private static Keys keys(String... named) {
    return new Keys(Arrays.stream(named).map(Secret::of).toList(), text -> Optional.empty());
  }
}
