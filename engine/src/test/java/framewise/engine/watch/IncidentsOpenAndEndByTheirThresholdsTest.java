package framewise.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.incident.EndReason;
import framewise.engine.incident.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests {@link IncidentTracker} and {@link Hysteresis}. */
class IncidentsOpenAndEndByTheirThresholdsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # verdicts, k of n, m          | what is announced
          yy           | 2 | 3 | 3 | opened 2
          ynynnn       | 2 | 3 | 3 | opened 3,ended 6
          ynnynny      | 2 | 3 | 3 | ''
          y?y          | 2 | 3 | 3 | opened 3
          yy??n?n?n    | 2 | 3 | 3 | opened 2,ended 9
          yynnynnn     | 2 | 3 | 3 | opened 2,ended 8
          ????         | 1 | 1 | 1 | ''
          yn           | 1 | 1 | 1 | opened 1,ended 2
          ynyn         | 1 | 1 | 1 | opened 1,ended 2,opened 3,ended 4
          yyyyy        | 5 | 5 | 1 | opened 5
          yynyyyn      | 3 | 4 | 1 | opened 4,ended 7
          nnnn         | 1 | 3 | 2 | ''
          yynnnyy      | 2 | 3 | 3 | opened 2,ended 5,opened 7
          """)
  void kOfNOpensAndMInARowEnds(String verdicts, int yes, int of, int no, String announced) {
    var fed = new Verdicts(Verdicts.rules(yes, of, no)).say(verdicts);
    assertThat(String.join(",", fed.announced())).isEqualTo(announced);
  }

  @Test
  void incidentsHaveTheirFirstLastAndClearestAnswer() {
    var fed = new Verdicts(Verdicts.rules(2, 3, 2));
    fed.one('n', 1, 0).one('y', 1, 1).one('y', 1, 2).one('y', 1, 7).one('y', 1, 3).say("nn");
    Incident incident = fed.last();
    assertThat(incident.first().seq()).isEqualTo(2);
    assertThat(incident.opened().seq()).isEqualTo(3);
    assertThat(incident.peak().seq()).isEqualTo(4);
    assertThat(incident.last().seq()).isEqualTo(5);
    assertThat(incident.ended().orElseThrow().seq()).isEqualTo(7);
    assertThat(incident.endReason()).contains(EndReason.CLEARED);
    assertThat(incident.lengthMicros()).isEqualTo(5_000_000);
    assertThat(incident.count()).isEqualTo(4);
  }

  @Test
  void thePeakMayComeBeforeTheOpening() {
    var fed = new Verdicts(Verdicts.rules(2, 3, 2));
    fed.one('y', 1, 7).one('y', 1, 2);
    assertThat(fed.last().opened().seq()).isEqualTo(2);
    assertThat(fed.last().peak().seq()).isEqualTo(1);

    var held = new Verdicts(Verdicts.rules(new Thresholds(1, 1, 1), 0, 3, 300, 60));
    held.one('y', 1, 1).one('y', 1, 9).one('n', 1, 0);
    assertThat(held.announced()).as("too short for the minimum length").isEmpty();
    held.one('y', 1, 3).one('y', 1, 5).one('y', 1, 2).one('y', 1, 1);
    assertThat(held.announced()).containsExactly("opened 7");
    assertThat(held.last().peak().seq()).isEqualTo(5);
    held.one('n', 1, 0).one('y', 1, 8).one('y', 1, 1).one('y', 1, 1).one('y', 1, 1);
    assertThat(held.last().isOpen()).as("reopened").isTrue();
    assertThat(held.last().peak().seq()).isEqualTo(9);
  }

  @Test
  void withEqualClarityTheOpeningAnswerIsThePeak() {
    var fed = new Verdicts(Verdicts.rules(2, 3, 2)).say("ynyy");
    assertThat(fed.last().peak().seq()).isEqualTo(3);
  }

  @Test
  void aConditionMustHoldForTheMinimumLength() {
    var fed = new Verdicts(Verdicts.rules(new Thresholds(2, 3, 3), 0, 60, 300, 0));
    fed.say("y".repeat(60));
    assertThat(fed.announced()).isEmpty();
    fed.say("y");
    assertThat(fed.announced()).containsExactly("opened 61");
    assertThat(fed.last().first().seq()).isEqualTo(1);

    var shorter = new Verdicts(Verdicts.rules(new Thresholds(2, 3, 3), 0, 60, 300, 0));
    shorter.say("y".repeat(50) + "nnn" + "y".repeat(50));
    assertThat(shorter.announced()).isEmpty();
  }

  @Test
  void atTheMaximumLengthAnotherContinuesIt() {
    var fed = new Verdicts(Verdicts.rules(new Thresholds(1, 1, 1), 0, 0, 10, 0));
    fed.say("y".repeat(12));
    assertThat(fed.announced()).containsExactly("opened 1", "ended 11", "opened 11");
    List<Incident> incidents = fed.changes.stream().map(IncidentTracker.Change::incident).toList();
    Incident first = incidents.stream().filter(one -> !one.isOpen()).findFirst().orElseThrow();
    assertThat(first.endReason()).contains(EndReason.MAX_LENGTH);
    assertThat(fed.tracking.open().orElseThrow().continues()).contains(first.id());
  }

  @Test
  void aShortGapReopensTheIncident() {
    var fed = new Verdicts(Verdicts.rules(new Thresholds(1, 1, 1), 0, 0, 300, 60));
    fed.say("yyn" + "n".repeat(58) + "y");
    assertThat(fed.announced()).containsExactly("opened 1", "ended 3");
    Incident again = fed.last();
    assertThat(again.isOpen()).isTrue();
    assertThat(again.id()).isEqualTo("i1");
    assertThat(again.mergedFrom()).hasSize(1);
    assertThat(again.mergedFrom().getFirst().firstSeq()).isEqualTo(1);
    assertThat(again.mergedFrom().getFirst().lastSeq()).isEqualTo(2);
    assertThat(again.count()).isEqualTo(3);
    fed.say("n");
    assertThat(fed.last().ended()).isPresent();
  }

  @Test
  void aLongGapOpensAnotherIncident() {
    var fed = new Verdicts(Verdicts.rules(new Thresholds(1, 1, 1), 0, 0, 300, 60));
    fed.say("yn" + "n".repeat(60) + "y");
    assertThat(fed.announced()).containsExactly("opened 1", "ended 2", "opened 63");
    assertThat(fed.last().continues()).isEmpty();
  }

  @Test
  void aMergeThatWouldBeTooLongContinuesInAnother() {
    var fed = new Verdicts(Verdicts.rules(new Thresholds(1, 1, 1), 0, 0, 20, 60));
    fed.say("y".repeat(15) + "n".repeat(10) + "y");
    assertThat(fed.announced()).containsExactly("opened 1", "ended 16", "opened 26");
    assertThat(fed.last().continues()).contains("i1");
  }

  @Test
  void runsAreNotMerged() {
    var fed = new Verdicts(Verdicts.rules(new Thresholds(1, 1, 1), 0, 0, 300, 60));
    fed.say("yn");
    fed.run = 2;
    fed.seconds = 0;
    fed.say("y");
    assertThat(fed.announced()).containsExactly("opened 1", "ended 2", "opened 3");
  }

  @Test
  void theCooldownDelaysTheNextIncident() {
    var fed = new Verdicts(Verdicts.rules(new Thresholds(1, 1, 1), 30, 0, 300, 0));
    fed.say("yn" + "y".repeat(40));
    assertThat(fed.announced()).containsExactly("opened 1", "ended 2", "opened 32");
  }

  @Test
  void quietHoursPostponeTheOpening() {
    var fed = new Verdicts(Verdicts.rules(2, 3, 3));
    fed.mayOpen = false;
    fed.say("yyyy");
    assertThat(fed.announced()).isEmpty();
    fed.mayOpen = true;
    fed.say("?n");
    assertThat(fed.announced()).isEmpty();
    fed.say("y");
    assertThat(fed.announced()).containsExactly("opened 7");
    fed.mayOpen = false;
    fed.say("nnn");
    assertThat(fed.announced()).containsExactly("opened 7", "ended 10");
  }

  @Test
  void updatesAreAtMostEveryTenSeconds() {
    var fed = new Verdicts(Verdicts.rules(1, 1, 1));
    fed.say("y".repeat(60));
    long updates =
        fed.changes.stream()
            .filter(change -> change.kind() == IncidentTracker.Kind.UPDATED)
            .count();
    assertThat(updates).isEqualTo(5);
    assertThat(fed.tracking.open().orElseThrow().count()).isEqualTo(60);
  }

  @Test
  void clockJumpsOpenAndEndNothingTwice() {
    for (Duration jump : List.of(Duration.ofDays(-400), Duration.ofDays(400))) {
      var fed = new Verdicts(Verdicts.rules(new Thresholds(2, 3, 2), 30, 0, 300, 60));
      fed.say("yy");
      fed.now = fed.now.plus(jump);
      fed.say("yynn");
      assertThat(fed.announced()).containsExactly("opened 2", "ended 6");
      fed.now = fed.now.minus(jump);
      fed.say("n".repeat(90) + "yy");
      assertThat(fed.announced()).hasSize(3);
    }
  }

  @Test
  void videoTimeGoingBackShortensNothing() {
    var fed = new Verdicts(Verdicts.rules(new Thresholds(1, 1, 1), 0, 0, 300, 0));
    fed.say("yyy");
    fed.seconds = 0;
    fed.say("yyn");
    assertThat(fed.last().lengthMicros()).isEqualTo(4_000_000);
  }

  @Test
  void theEndOfARunEndsOpenIncidents() {
    var fed = new Verdicts(Verdicts.rules(2, 3, 3));
    fed.say("yy");
    var step = IncidentTracker.end(fed.tracking, fed.moment(), EndReason.SESSION_ENDED);
    assertThat(step.changes()).hasSize(1);
    assertThat(step.changes().getFirst().incident().endReason())
        .isEqualTo(Optional.of(EndReason.SESSION_ENDED));
    assertThat(IncidentTracker.end(step.after(), fed.moment(), EndReason.SESSION_ENDED).changes())
        .isEmpty();
  }
}
