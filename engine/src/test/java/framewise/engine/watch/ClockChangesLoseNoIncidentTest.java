package framewise.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.incident.Moment;
import framewise.media.MediaTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of day goes forward or back by an hour between two answers. */
class ClockChangesLoseNoIncidentTest {
  private static final String VERDICTS = "nyynynnn?yyyyynnnnyynnn";

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void clockChangesDoNotAffectIncidents(int hours) {
    List<String> expected = fed(-1, 0).announced();
    assertThat(expected).hasSize(6);
    for (int at = 0; at < VERDICTS.length(); at++) {
      Verdicts fed = fed(at, hours);
      assertThat(fed.announced()).as("set before answer %d", at + 1).isEqualTo(expected);
      assertThat(fed.tracking.open()).isEmpty();
    }
  }

  @Test
  void updatesContinueEveryTenSeconds() {
    var fed = new Verdicts(Verdicts.rules(1, 1, 1)).say("y".repeat(15));
    fed.now = fed.now.minus(Duration.ofHours(1));
    fed.say("y".repeat(30));
    assertThat(updates(fed)).as("every ten seconds, and once as the clock is set").isEqualTo(4);
  }

  @Test
  void aReusedAnswerMovesVideoTimeOnly() {
    var fed = new Verdicts(Verdicts.rules(1, 1, 1)).say("yy");
    Moment newest = fed.moment();
    Moment later =
        SessionWatcher.later(
            newest, MediaTime.ofSeconds(fed.seconds + 7), newest.at().plus(Duration.ofHours(1)));
    assertThat(later.microsSince(newest)).isEqualTo(7_000_000);
    assertThat(Duration.between(newest.seenAt(), later.seenAt())).hasSeconds(7);
    Moment never = SessionWatcher.later(newest, MediaTime.ZERO, newest.at());
    assertThat(never.microsSince(newest)).isZero();
  }

  private static Verdicts fed(int setBefore, int hours) {
    var fed = new Verdicts(Verdicts.rules(2, 3, 3));
    for (int at = 0; at < VERDICTS.length(); at++) {
      if (at == setBefore) {
        fed.now = fed.now.plus(Duration.ofHours(hours));
      }
      fed.one(VERDICTS.charAt(at), 1, 0);
    }
    return fed;
  }

  private static long updates(Verdicts fed) {
    return fed.changes.stream()
        .filter(change -> change.kind() == IncidentTracker.Kind.UPDATED)
        .count();
  }
}
