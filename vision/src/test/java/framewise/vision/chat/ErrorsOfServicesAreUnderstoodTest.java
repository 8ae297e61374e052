package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.vision.AnswerException;
import framewise.vision.chat.wire.ErrorBody;
import framewise.vision.chat.wire.ErrorReplyException;
import framewise.vision.chat.wire.SecretRedactor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors as documented by the services; their HTTP status alone would be misleading. */
class ErrorsOfServicesAreUnderstoodTest {
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
        "400 | insufficient_credits | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.\"}}",
        "402 | insufficient_credits | {\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\",\"param\":null,\"code\":\"invalid_request_error\"}}",
        "402 | insufficient_credits | {\"error\":{\"message\":\"This request requires more credits, or fewer max_tokens.\",\"code\":402}}",
        "403 | insufficient_credits | {\"code\":\"The caller does not have permission\",\"error\":\"Your team x has either used all available credits or reached its monthly spending limit.\"}",
        "403 | insufficient_credits | {\"error\":\"Your newly created team doesn't have any credits yet.\"}",
        "429 | insufficient_credits | {\"error\":{\"code\":429,\"message\":\"Your prepayment credits are depleted.\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
        "429 | rate_limited | {\"error\":{\"code\":429,\"message\":\"You exceeded your current quota, please check your plan and billing details.\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[]}}",
        "429 | insufficient_credits | {\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing details.\",\"type\":null,\"code\":null}}",
        "403 | insufficient_credits | {\"error\":{\"code\":403,\"message\":\"This API method requires billing to be enabled.\",\"status\":\"PERMISSION_DENIED\"}}",
        "429 | insufficient_credits | {\"error\":{\"message\":\"Your account is suspended\",\"type\":\"exceeded_current_quota_error\"}}",
        "429 | insufficient_credits | {\"error\":{\"code\":\"1113\",\"message\":\"余额不足或无可用资源包,请充值。\"}}",
        "400 | insufficient_credits | {\"error\":{\"message\":\"Billing hard limit has been reached\",\"code\":\"billing_hard_limit_reached\"}}",
        "400 | insufficient_credits | {\"code\":\"Arrearage\",\"message\":\"Access denied, please make sure your account is in good standing.\"}",
        "403 | insufficient_credits | {\"code\":30001,\"message\":\"Sorry, your account balance is insufficient\",\"data\":null}",
        "412 | insufficient_credits | {\"error\":{\"message\":\"Account x is suspended, possible reason: reached the monthly spending limit or failure to pay past invoices\"}}",
        "402 | insufficient_credits | {\"error\":\"You have exceeded your monthly included credits for Inference Providers.\"}",
        "400 | invalid_request | {\"error\":{\"message\":\"The white balance of the picture is odd\"}}",
        "429 | rate_limited | {\"error\":{\"message\":\"Rate limit reached for requests a minute\",\"code\":\"rate_limit_exceeded\"}}",
        "503 | service_failed | {\"error\":{\"message\":\"The load balancer has no backend\"}}",
        "400 | invalid_request | {\"error\":{\"message\":\"Invalid URL of the picture\"}}",
        "404 | unknown_model | {\"error\":{\"message\":\"Not Found\"}}",
        "400 | unauthorized | {\"code\":\"Client specified an invalid argument\",\"error\":\"Incorrect API key provided: xa***. You can obtain an API key from the console.\"}",
        "400 | unknown_model | {\"error\":{\"message\":\"x/y is not a valid model ID\",\"code\":400}}",
        "400 | unknown_model | {\"error\":{\"message\":\"Model Not Exist\",\"type\":\"invalid_request_error\"}}",
        "400 | invalid_request | {\"error\":{\"message\":\"This model does not support image input\"}}",
        "413 | invalid_request | {\"message\":\"too large\"}",
      })
  void inEveryFormat(int status, String code, String body) {
    ErrorBody error = ErrorBody.parse(body);
    AnswerException failure =
        new ServiceErrors(
                new ChatBackend.Profile("it", "It", List.of("a-model"), "ITS_KEY"),
                new SecretRedactor(List.of("a-secret")))
            .of(new ErrorReplyException(status, error, Optional.empty()));
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).contains("(" + error.message() + ")").doesNotContain("{");
  }
}
