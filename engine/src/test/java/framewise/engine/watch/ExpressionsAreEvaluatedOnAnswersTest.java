package framewise.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@link WatchExpression}. */
class ExpressionsAreEvaluatedOnAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String STRUCTURED =
      """
      {"ok": true, "backend": "local", "prompt": "?", "result":
       "{\\"people\\": 4, \\"state\\": \\"Open\\", \\"gate\\": {\\"locked\\": false, \\"codes\\": [7, 9]}, \\"note\\": null}"}
      """;

  private static final String SEEN =
      """
      {"ok": true, "backend": "builtin", "prompt": "How many people are there?", "result": "3 people. Reads EXIT 12",
       "objects": [{"label": "person"}, {"label": "person"}, {"label": "person"}],
       "texts": [{"text": "EXIT 12"}, {"text": "Mind the gap"}]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          people > 3                                | YES
          people >= 4 and state == "open"           | YES
          people < 3 or state != "closed"           | YES
          not people > 3                            | NO
          !(people > 3) && gate.locked              | NO
          gate.locked == false                      | YES
          gate.locked                               | NO
          gate.codes[1] == 9                        | YES
          gate.codes contains 7                     | YES
          people + 2 * 3 == 10                      | YES
          people / 0 > 1                            | UNKNOWN
          -people < -3                              | YES
          state contains "PEN"                      | YES
          state matches '^op.n$'                    | YES
          note == null                              | YES
          people = 4                                | YES
          animals > 3                               | UNKNOWN
          animals > 3 or people > 3                 | YES
          people > 3 or animals > 3                 | YES
          animals > 3 and people > 9                | NO
          animals > 3 and people > 3                | UNKNOWN
          not animals > 3                           | UNKNOWN
          state > 3                                 | UNKNOWN
          note > 3                                  | UNKNOWN
          note contains "a"                         | NO
          gate > 3                                  | UNKNOWN
          gate.locked > 0                           | UNKNOWN
          gate.codes[9] == 9                        | UNKNOWN
          gate.codes[0].deeper == 9                 | UNKNOWN
          people.deeper > 1                         | UNKNOWN
          -(people - 4) < 0                         | NO
          (people - 4) * -1 >= 0                    | YES
          PEOPLE > 3                                | YES
          """)
  void ofAStructuredAnswer(String expression, Verdict verdict) throws Exception {
    assertThat(tested(expression, STRUCTURED)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          people > 2                      | YES
          person == 3                     | YES
          persons > 3                     | NO
          objects >= 3                    | YES
          text contains "exit"            | YES
          texts contains "mind the"       | YES
          texts matches "EXIT \\\\d+"     | YES
          answer matches "EXIT [3-9]"     | NO
          cars > 0                        | UNKNOWN
          """)
  void ofObjectsThatTheBuiltInModelFound(String expression, Verdict verdict) throws Exception {
    assertThat(tested(expression, SEEN)).isEqualTo(verdict);
  }

  /** Seen: a pattern of 60 bytes filled the memory, because RE2 copies repeated parts. */
  @Test
  void nestedRepetitionsAreRefused() {
    for (String pattern :
        List.of("((a{100}){100}){1000}", "(a{2,90}){50,}", "(?:a{200}){2}", "(a{1,100}){1,90}z")) {
      assertThatThrownBy(() -> WatchExpression.parse("text matches \"" + pattern + "\""))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("multiply to more than 250");
    }
    assertThat(WatchExpression.parse("text matches \"[A-Z]{2}-[0-9]{3,4}\"")).isNotNull();
  }

  @Test
  void anObjectNotFoundCountsZero() throws Exception {
    String none =
        """
        {"ok": true, "backend": "builtin", "prompt": "How many people are there?", "result": "No people.", "objects": []}
        """;
    assertThat(tested("people > 0", none)).isEqualTo(Verdict.NO);
    assertThat(tested("people == 0", none)).isEqualTo(Verdict.YES);
  }

  @Test
  void aFailedAnswerIsUnknown() throws Exception {
    String failed = "{\"ok\": false, \"result\": \"\", \"error\": {\"code\": \"timeout\"}}";
    assertThat(tested("people > 3", failed)).isEqualTo(Verdict.UNKNOWN);
    assertThat(tested("text contains \"a\"", failed)).isEqualTo(Verdict.UNKNOWN);
    assertThat(tested("not text contains \"a\"", failed)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void clarityIsTheMarginAboveTheLimit() throws Exception {
    var fields = AnswerFields.of(JSON.readTree(STRUCTURED));
    assertThat(WatchExpression.parse("people > 1").clearness(fields)).isEqualTo(3);
    assertThat(WatchExpression.parse("people < 9").clearness(fields)).isEqualTo(5);
    assertThat(WatchExpression.parse("state == \"open\"").clearness(fields)).isZero();
  }

  @Test
  void fieldsAreNamed() {
    assertThat(WatchExpression.parse("gate.locked and people > 3 or text contains 'x'").fields())
        .containsExactly("gate.locked", "people", "text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "people >",
        "> 3",
        "people > 3 and",
        "people >> 3",
        "(people > 3",
        "people > 3)",
        "people 3",
        "\"open",
        "3",
        "people + 1",
        "RANDOM() > 1",
        "FACT(100000) > 1",
        "STR_MATCHES(text, \"(a+)+$\")",
        "text matches state",
        "text matches \"(\"",
        "2 ^ 99999999",
        "people > 3; people > 4",
        "java.lang.Runtime.getRuntime()"
      })
  void invalidExpressionsAreRefused(String expression) {
    assertThatThrownBy(() -> WatchExpression.parse(expression))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("when.expression ");
  }

  @Test
  void errorsNameTheirPosition() {
    assertThatThrownBy(() -> WatchExpression.parse("people > 3 and RANDOM() > 1"))
        .hasMessageContaining("at character 16");
    assertThatThrownBy(() -> WatchExpression.parse("a".repeat(501)))
        .hasMessage("when.expression has 501 characters but must have at most 500");
  }

  @Test
  void backtrackingPatternsTakeLinearTime() throws Exception {
    assertThat(tested("text matches \"(a+)+$\"", answer("a".repeat(10_000) + "!")))
        .isEqualTo(Verdict.NO);
  }

  @Test
  void patternsReadTheStartOfLongTexts() throws Exception {
    String text = "EXIT " + "a".repeat(1_000_000);
    assertThat(tested("text matches \"EX[A-Z]T a\"", answer(text))).isEqualTo(Verdict.YES);
    assertThat(tested("text matches \"a$\"", answer(text))).isEqualTo(Verdict.UNKNOWN);
    assertThat(tested("text matches \"([a-z ]{1,15}a){1,15}b\"", answer(text)))
        .isEqualTo(Verdict.UNKNOWN);
  }

  private static String answer(String text) {
    return "{\"ok\": true, \"backend\": \"local\", \"result\": \"%s\"}".formatted(text);
  }

  private static Verdict tested(String expression, String result) throws Exception {
    return WatchExpression.parse(expression).test(AnswerFields.of(JSON.readTree(result)));
  }
}
