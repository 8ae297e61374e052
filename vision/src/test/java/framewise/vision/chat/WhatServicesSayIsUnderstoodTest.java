package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.vision.AnswerException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors as the services document them, whose status alone would mislead. */
class WhatServicesSayIsUnderstoodTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "429 | insufficient_credits | {\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}",
        "400 | unauthorized | {\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]}}",
        "400 | content_filter | {\"error\":{\"message\":\"Refused by the policy\",\"type\":\"invalid_request_error\",\"code\":\"content_policy_violation\"}}",
        "429 | insufficient_credits | {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Spend limit\",\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}",
        "529 | service_failed | {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
        "400 | unknown_model | {\"error\":{\"message\":\"no model x\",\"code\":\"model_not_found\"}}",
        "402 | insufficient_credits | {\"detail\":{\"error\":{\"message\":\"No balance\",\"type\":\"billing_error\",\"code\":\"billing_denied\"}}}",
        "400 | content_filter | {\"detail\":{\"error\":{\"message\":\"Unsafe\",\"type\":\"provider_error\",\"code\":\"provider_safety_block\"}}}",
        "422 | invalid_request | {\"error\":\"validation_error\",\"message\":\"model: field required\",\"details\":[]}",
        "401 | unauthorized | {\"detail\":\"Invalid API key\"}",
        "500 | service_failed | nothing of the kind",
        "413 | invalid_request | {\"message\":\"too large\"}",
      })
  void whateverItsForm(int status, String code, String body) {
    ErrorBody error = ErrorBody.parse(body);
    AnswerException told =
        new Trouble(
                new ChatBackend.Profile("it", "It", List.of("a-model"), "ITS_KEY"),
                new Concealed(List.of("a-secret")))
            .of(new RefusedException(status, error, Optional.empty()));
    assertThat(told.code()).isEqualTo(code);
    assertThat(told.getMessage()).contains("(" + error.message() + ")").doesNotContain("{");
  }
}
