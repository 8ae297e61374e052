package framewise.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.RefusedException;
import framewise.engine.incident.Incident;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Properties of {@link IncidentTracker} for any verdicts and thresholds. */
class EverySequenceOfVerdictsMakesValidIncidentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 500)
  void opensAndEndsAlternate(
      @ForAll @StringLength(max = 120) @Chars({'y', 'n', '?'}) String verdicts,
      @ForAll @IntRange(min = 1, max = 5) int of,
      @ForAll @IntRange(min = 1, max = 5) int yes,
      @ForAll @IntRange(min = 1, max = 5) int no,
      @ForAll @IntRange(min = 0, max = 20) int mergeGap,
      @ForAll @IntRange(min = 1, max = 40) int maxLength) {
    var thresholds = new Thresholds(Math.min(yes, of), of, no);
    var fed = new Verdicts(Verdicts.rules(thresholds, 0, 0, maxLength, mergeGap)).say(verdicts);

    Set<String> opened = new HashSet<>();
    Optional<String> open = Optional.empty();
    for (IncidentTracker.Change change : fed.changes) {
      Incident incident = change.incident();
      switch (change.kind()) {
        case OPENED -> {
          assertThat(open).isEmpty();
          assertThat(opened.add(incident.id())).as("opened once").isTrue();
          open = Optional.of(incident.id());
        }
        case UPDATED -> {
          assertThat(opened).contains(incident.id());
          assertThat(open)
              .satisfiesAnyOf(
                  one -> assertThat(one).isEmpty(), one -> assertThat(one).contains(incident.id()));
          open = Optional.of(incident.id());
        }
        case ENDED -> {
          assertThat(open).contains(incident.id());
          open = Optional.empty();
        }
      }
      assertThat(incident.first().seq()).isLessThanOrEqualTo(incident.opened().seq());
      assertThat(incident.opened().seq()).isLessThanOrEqualTo(incident.last().seq());
      assertThat(incident.peak().seq()).isBetween(incident.first().seq(), incident.last().seq());
    }
    assertThat(fed.tracking.open().map(Incident::id)).isEqualTo(open);
  }

  /** A service that was killed must continue from its stored state as if nothing had happened. */
  @Property(tries = 300)
  void storedStateContinuesUnchanged(
      @ForAll @StringLength(max = 80) @Chars({'y', 'n', '?'}) String before,
      @ForAll @StringLength(max = 80) @Chars({'y', 'n', '?'}) String after)
      throws Exception {
    WatchRules rules = Verdicts.rules(new Thresholds(2, 3, 2), 0, 2, 20, 5);
    var through = new Verdicts(rules).say(before).say(after);

    var first = new Verdicts(rules).say(before);
    Map<String, Incident> stored = new HashMap<>();
    first.changes.forEach(change -> stored.put(change.incident().id(), change.incident()));
    first.tracking.open().ifPresent(open -> stored.put(open.id(), open));
    first.tracking.last().ifPresent(last -> stored.put(last.id(), last));
    first.tracking =
        TrackingJson.read(
            JSON.readTree(TrackingJson.write(first.tracking)),
            id -> Optional.ofNullable(stored.get(id)));
    first.say(after);

    assertThat(first.announced()).isEqualTo(through.announced());
    assertThat(first.tracking).isEqualTo(through.tracking);
  }

  @Property(tries = 200)
  void unknownVerdictsChangeNothing(
      @ForAll @StringLength(max = 60) @Chars({'y', 'n'}) String verdicts) {
    WatchRules rules = Verdicts.rules(2, 3, 2);
    var plain = new Verdicts(rules).say(verdicts);
    var mixed = new Verdicts(rules).say(verdicts.replaceAll("(?<=.)(?=.)", "?"));
    assertThat(mixed.announced()).hasSameSizeAs(plain.announced());
  }

  @Property(tries = 300)
  void anyTextIsAnExpressionOrRefused(
      @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '~') String text) {
    try {
      Verdict verdict =
          WatchExpression.parse(text)
              .test(AnswerFields.of(JSON.readTree("{\"ok\":true,\"result\":\"{\\\"a\\\":1}\"}")));
      assertThat(verdict).isNotNull();
    } catch (RefusedException refused) {
      assertThat(refused.refusal().errors()).hasSize(1);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
