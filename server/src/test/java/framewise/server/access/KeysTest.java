package framewise.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.overshoot.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void onlyThoseNamedAreAccepted() {
    var keys = new Keys(List.of(Secret.of("first"), Secret.of("second")));
    assertThat(keys.isOpen()).isFalse();
    assertThat(keys.check("second")).contains(KeyHash.of("second"));
    assertThat(keys.check("first")).contains(KeyHash.of("first"));
    for (String wrong : new String[] {"", "third", "firs", "firstx", "FIRST", "first,second"}) {
      assertThat(keys.check(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void anyButAnEmptyOneWhereNoneIsNamed() {
    var keys = new Keys(List.of());
    assertThat(keys.isOpen()).isTrue();
    assertThat(keys.check("anything")).isPresent();
    assertThat(keys.check("")).isEmpty();
    assertThat(keys.check(" ")).isEmpty();
  }

  @Test
  void aHashTellsNothing() {
    assertThat(KeyHash.of("first").toString()).doesNotContain("first").contains("***");
    assertThat(KeyHash.of("first").sha256()).doesNotContain("first").hasSize(64);
  }
}
