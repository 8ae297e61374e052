package framewise.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FailureKindTest {
  @Test
  void questionErrorsDoNotBlameTheService() {
    assertThat(without(FailureKind::blamesService))
        .containsExactlyInAnyOrder(
            "content_filter",
            "schema_mismatch",
            "schema_unsupported",
            "invalid_request",
            "unknown_model",
            "empty_answer",
            "no_picture");
  }

  @Test
  void permanentErrorsAreNotRetried() {
    assertThat(without(kind -> kind.retryable() || !kind.blamesService()))
        .containsExactlyInAnyOrder("rate_limited", "unauthorized", "insufficient_credits");
  }

  @Test
  void unprocessedQuestionsAreNotBilled() {
    assertThat(without(FailureKind::billed))
        .containsExactlyInAnyOrder(
            "unreachable",
            "unauthorized",
            "insufficient_credits",
            "unknown_model",
            "invalid_request",
            "rate_limited",
            "schema_unsupported",
            "no_picture");
  }

  @Test
  void rejectedQuestionsAreNotBilled() {
    var failed = new AnswerException(FailureKind.SERVICE_FAILED, "503");
    assertThat(failed.mayBeBilled()).isTrue();
    assertThat(failed.withoutBill().withRaw("x").mayBeBilled()).isFalse();
  }

  private static List<String> without(Predicate<FailureKind> trait) {
    return Arrays.stream(FailureKind.values())
        .filter(trait.negate())
        .map(FailureKind::code)
        .toList();
  }
}
