package framewise.vision.chat;

import framewise.vision.FailureKind;
import framewise.vision.chat.wire.ErrorBody;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why a service refused, derived from its status, its codes and, where those mislead, its message.
 */
enum RefusalReason {
  NO_CREDIT(FailureKind.INSUFFICIENT_CREDITS, "the account has no credit left"),
  FILTERED(FailureKind.CONTENT_FILTER, "its content filter blocked the answer"),
  WRONG_ADDRESS(FailureKind.UNREACHABLE, "there is no API at its address"),
  NO_KEY(FailureKind.UNAUTHORIZED, "the key was refused"),
  NO_MODEL(FailureKind.UNKNOWN_MODEL, "the model does not exist, or the key has no access to it"),
  TOO_OFTEN(
      FailureKind.RATE_LIMITED, "rate limit reached: lower the frequency or raise your quota"),
  TIMEOUT(FailureKind.TIMEOUT, "it did not answer in time"),
  FAILED(FailureKind.SERVICE_FAILED, "server error"),
  INVALID(FailureKind.INVALID_REQUEST, "it refused the request"),
  UNREADABLE(FailureKind.UNREADABLE_ANSWER, "its answer cannot be read");

  /**
   * OpenAI, Overshoot, Anthropic; Moonshot; DashScope; Zhipu's 1113, SiliconFlow's 30001, MiniMax's
   * 1008; Novita; Google.
   */
  private static final Set<String> NO_CREDIT_WORDS =
      Set.of(
          "insufficient_quota",
          "insufficient_credits",
          "insufficient_balance",
          "insufficient_funds",
          "billing_error",
          "billing_denied",
          "billing_not_active",
          "billing_hard_limit_reached",
          "contract_spend_limit_reached",
          "enforced_spend_limit_reached",
          "exceeded_current_quota_error",
          "payment_required",
          "Arrearage",
          "AllocationQuota.FreeTierOnly",
          "NOT_ENOUGH_BALANCE",
          "BILLING_DISABLED",
          "1113",
          "30001",
          "1008");

  private static final String MONEY =
      "(?:credits?|balance|funds|prepayment|prepaid (?:credits?|balance))";

  private static final String GONE =
      "(?:too low|insufficient|not enough|exhausted|depleted|exceeded|used (?:up|all)|run out|ran out"
          + "|negative|below zero|is zero|empty)";

  /**
   * Messages of services without a code: Anthropic's "credit balance is too low", DeepSeek's
   * "Insufficient Balance", OpenRouter's "requires more credits", xAI's "used all available
   * credits", Google's "prepayment credits are depleted" and "requires billing to be enabled",
   * Fireworks' "reached the monthly spending limit", Hugging Face's "exceeded your monthly included
   * credits", and the Chinese for an insufficient balance.
   */
  private static final Pattern NO_CREDIT_SAID =
      Pattern.compile(
          "\\b"
              + MONEY
              + "\\b[^.]{0,40}\\b"
              + GONE
              + "\\b"
              + "|\\b"
              + GONE
              + "\\b[^.]{0,40}\\b"
              + MONEY
              + "\\b"
              + "|\\brequires more credits\\b|\\b(?:no|any|add|out of|purchase|buy) (?:more )?credits?\\b"
              + "|\\bbilling (?:hard |soft )?limit\\b|\\bspend(?:ing)? (?:limit|cap)\\b"
              + "|\\bbilling to be enabled\\b|\\bpayment required\\b|\\bin arrears\\b|\\barrearage\\b"
              + "|\\bpast invoices\\b|\\bcheck your billing\\b"
              + "|余额不足|欠费|充值",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> FILTERED_WORDS =
      Set.of(
          "content_filter",
          "content_policy_violation",
          "provider_safety_block",
          "moderation_blocked",
          "data_inspection_failed",
          "DataInspectionFailed");

  private static final Set<String> NO_KEY_WORDS = Set.of("API_KEY_INVALID", "invalid_api_key");

  /** xAI sends this with status 400. */
  private static final Pattern NO_KEY_SAID =
      Pattern.compile(
          "\\b(?:incorrect|invalid|missing|expired) (?:x-)?api[ _-]key\\b"
              + "|\\bapi[ _-]key (?:is )?(?:not valid|invalid|expired|missing)\\b",
          Pattern.CASE_INSENSITIVE);

  /** OpenRouter, DeepSeek, Mistral, LM Studio and llama-swap send this with status 400. */
  private static final Pattern NO_MODEL_SAID =
      Pattern.compile(
          "\\bnot a valid model\\b|\\binvalid model(?: identifier)?\\b|\\bunknown model\\b|\\bno such model\\b"
              + "|\\bmodel not (?:exist|found)|\\bmodel [^ ]{1,200} (?:not found|does not exist|doesn't exist)"
              + "|\\bcould not find (?:\\w+ )?model",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> NO_MODEL_WORDS = Set.of("model_not_found", "model_unavailable");

  /** Messages of web servers and routers for an unknown path, whatever the status. */
  private static final Pattern NO_PATH =
      Pattern.compile(
          "\\A\\s*(?:404[ :-]*)?(?:page |file |path |route |resource |endpoint |url )?not found\\W*\\z"
              + "|404 (?:page )?not found|\\bfile not found\\b|\\binvalid url\\b"
              + "|\\bunexpected endpoint\\b|\\bunknown (?:endpoint|path|route|url)\\b"
              + "|\\bcannot (?:post|get) /|\\bno route\\b|\\bmethod not allowed\\b"
              + "|\\bunsupported method\\b|\\brequested url\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern MODEL = Pattern.compile("\\bmodels?\\b", Pattern.CASE_INSENSITIVE);

  private final FailureKind kind;
  private final String sentence;

  RefusalReason(FailureKind kind, String sentence) {
    this.kind = kind;
    this.sentence = sentence;
  }

  FailureKind kind() {
    return kind;
  }

  /** What happened, to follow the service's name. */
  String sentence() {
    return sentence;
  }

  /**
   * Classifies an error.
   *
   * @param status the HTTP status, or the one that an error within an answer stands for
   */
  static RefusalReason of(int status, ErrorBody error) {
    if (status == 402 || hasNoCredit(error)) {
      return NO_CREDIT;
    }
    if (error.says(FILTERED_WORDS)) {
      return FILTERED;
    }
    return hasNoPath(status, error) ? WRONG_ADDRESS : atRightAddress(status, error);
  }

  /** Classifies an error from an address that is known to be right. */
  static RefusalReason atRightAddress(int status, ErrorBody error) {
    boolean asked = status >= 400 && status < 500 && status != 429;
    if (status == 401
        || status == 403
        || error.says(NO_KEY_WORDS)
        || (asked && NO_KEY_SAID.matcher(error.message()).find())) {
      return NO_KEY;
    }
    if (status == 404
        || error.says(NO_MODEL_WORDS)
        || (asked && NO_MODEL_SAID.matcher(error.message()).find())) {
      return NO_MODEL;
    }
    return switch (status) {
      case 429 -> TOO_OFTEN;
      case 408 -> TIMEOUT;
      default -> status >= 500 ? FAILED : status >= 400 ? INVALID : UNREADABLE;
    };
  }

  private static boolean hasNoCredit(ErrorBody error) {
    // OpenAI's sentence, which Gemini also sends for limits per minute.
    boolean quota =
        error.message().contains("exceeded your current quota")
            && !error.says(Set.of("RESOURCE_EXHAUSTED"));
    return quota || error.says(NO_CREDIT_WORDS) || NO_CREDIT_SAID.matcher(error.message()).find();
  }

  private static boolean hasNoPath(int status, ErrorBody error) {
    if (error.says(NO_MODEL_WORDS) || status == 401 || status == 403 || status == 429) {
      return false;
    }
    boolean page = error.isPage() && (status == 404 || status == 405 || status == 501);
    boolean silent = error.message().isBlank() && status == 404;
    boolean said =
        NO_PATH.matcher(error.message()).find() && !MODEL.matcher(error.message()).find();
    return page || silent || status == 405 || (said && status != 502 && status != 503);
  }
}
