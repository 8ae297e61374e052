package framewise.bench.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Short runs of {@code bench/incidents known} and {@code changing}, with the built-in model. */
@Timeout(600)
class AnswersFollowTheTruthTest {
  @TempDir Path folder;

  @Test
  void anIncidentOpensAsSoonAsTheSignShowsIt() throws Exception {
    Truths.Known known = Truths.known(folder, 4, 16);
    assertThat(known.answers()).isEqualTo(4 * 16);
    assertThat(known.early()).isZero();
    assertThat(known.missed()).isZero();
    assertThat(known.wrong()).isZero();
    assertThat(known.latest()).isZero();
  }

  @Test
  void eachAnswerMatchesItsPictureWhileTheSignChanges() throws Exception {
    Truths.Changing changing = Truths.changing(folder, 1, 16);
    assertThat(changing.answers()).isEqualTo(32);
    assertThat(changing.right()).isEqualTo(changing.answers());
    assertThat(changing.stale()).isZero();
    assertThat(changing.incidents()).isEqualTo(changing.expected());
  }
}
