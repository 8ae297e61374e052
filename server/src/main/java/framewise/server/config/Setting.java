package framewise.server.config;

/** Every setting there is. Its name is the key in the environment and in {@code .env}. */
public enum Setting {
  BACKEND_PORT("8000", "0 to 65535", "The port the service listens on; 0 takes any that is free."),
  BACKEND_HOST(
      "0.0.0.0",
      "an address or name of this machine",
      "The address the service listens on; 127.0.0.1 keeps other machines out."),
  FRAMEWISE_DATA(
      "./data", "a folder", "Where uploads and the database are kept; made when missing."),
  FRAMEWISE_MAX_UPLOAD(
      "500MB",
      "a size from 1KB to 1024GB, such as 500MB or 2GB",
      "The largest video that is taken. Raised, longer videos fit and one upload may fill more of"
          + " the disk."),
  FRAMEWISE_RESUME(
      "on",
      "on or off",
      "Whether sessions that were streaming when the service ended go on by themselves at the next"
          + " start; off leaves them failed: interrupted."),
  FRAMEWISE_MAX_STREAMS(
      "32",
      "1 to 10000",
      "How many sessions may stream at a time. Raised, more videos share the machine; lowered,"
          + " those that run get more of it."),
  FRAMEWISE_CORS_ORIGINS(
      "*",
      "* or a comma-separated list of origins such as https://app.example",
      "Which web pages on other addresses may use the service."),
  FRAMEWISE_CONSOLE_DIR(
      "", "a folder", "Serve the console from this folder instead of from the jar."),
  FRAMEWISE_LOG_LEVEL(
      "info",
      "error, warn, info, debug or trace",
      "How much is logged; debug writes a line for every request."),
  OVERSHOOT_API_KEY("", "a key", "The key for Overshoot.ai."),
  OVERSHOOT_API_URL(
      "https://cluster1.overshoot.ai/api/v0.2",
      "an http or https address without a user, a query or a fragment",
      "Where the Overshoot API v0.2 is. Another Framewise serves it too, at /api/v0.2."),
  OVERSHOOT_TIMEOUT_SECONDS(
      "30",
      "1 to 120",
      "How long an answer of the Overshoot API is waited for. Raised, a slow service is borne with"
          + " longer; lowered, its trouble is told sooner."),
  GEMINI_API_KEY("", "a key", "The key for Google Gemini."),
  GEMINI_BASE_URL("", "an http or https address", "Gemini through a gateway."),
  GEMINI_MODEL("", "a model's name", "The Gemini model that is asked when none is named."),
  OPENAI_API_KEY("", "a key", "The key for OpenAI."),
  OPENAI_BASE_URL("", "an http or https address", "OpenAI through a gateway."),
  OPENAI_MODEL("", "a model's name", "The OpenAI model that is asked when none is named."),
  ANTHROPIC_API_KEY("", "a key", "The key for Anthropic."),
  ANTHROPIC_BASE_URL("", "an http or https address", "Anthropic through a gateway."),
  ANTHROPIC_MODEL("", "a model's name", "The Anthropic model that is asked when none is named."),
  LOCAL_BASE_URL(
      "", "an http or https address", "A server on this network that speaks OpenAI's API."),
  LOCAL_MODEL("", "a model's name", "The model of that server.");

  private final String defaultValue;
  private final String allowed;
  private final String description;

  Setting(String defaultValue, String allowed, String description) {
    this.defaultValue = defaultValue;
    this.allowed = allowed;
    this.description = description;
  }

  /** What holds when the key is left out or empty; an empty one stands for "not set". */
  public String defaultValue() {
    return defaultValue;
  }

  /** The values that are taken, to be read after "must be". */
  public String allowed() {
    return allowed;
  }

  public String description() {
    return description;
  }

  /** Whether its value must never be shown. */
  public boolean isSecret() {
    return name().endsWith("_API_KEY");
  }
}
