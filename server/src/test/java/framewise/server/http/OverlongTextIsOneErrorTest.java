package framewise.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.engine.Refusal.FieldError;
import framewise.engine.RefusedException;
import org.junit.jupiter.api.Test;

/** A text that is too long is not checked any further, so that it is reported once. */
class OverlongTextIsOneErrorTest {
  private final Fields fields =
      Fields.of(
          JsonNodeFactory.instance
              .objectNode()
              .put("line", "a\u0000" + "b".repeat(10))
              .put("text", "c".repeat(11))
              .put("fits", "d".repeat(10)));

  @Test
  void inEveryFormat() {
    assertThat(fields.line("line", 10)).isEmpty();
    assertThat(fields.lines("text", 10)).isEmpty();
    assertThat(fields.requiredLine("fits", 10)).contains("d".repeat(10));
    assertThatThrownBy(fields::requireSound)
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().errors())
                    .extracting(FieldError::message)
                    .containsExactly(
                        "line has 12 characters but must have at most 10",
                        "text has 11 characters but must have at most 10"));
  }
}
