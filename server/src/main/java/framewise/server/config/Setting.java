package framewise.server.config;

/**
 * The settings of the service itself, which {@code .env.example} explains; {@link ProviderSetting}
 * has those of each provider.
 */
public enum Setting implements SettingKey {
  BACKEND_PORT("8000", "0 to 65535"),
  BACKEND_HOST("0.0.0.0", "an address or name of this machine"),
  FRAMEWISE_TLS(
      "off",
      "off, self-signed, or the files of a certificate and its key such as cert.pem,key.pem"),
  FRAMEWISE_DATA("./data", "a folder"),
  FRAMEWISE_DATABASE(
      "", "postgresql://user:password@host/database, optionally with a port and ?sslmode=require"),
  FRAMEWISE_CLUSTER_KEY("", "32 characters or more, such as those of openssl rand -hex 32"),
  FRAMEWISE_NODE_URL("", "an http or https URL such as http://10.0.0.7:8000"),
  FRAMEWISE_FILES(
      "",
      "a folder that all nodes share, or s3://bucket/prefix, optionally with"
          + " ?endpoint=https://…&region=…&path_style=true"),
  FRAMEWISE_FILES_CACHE("10GB", "a size such as 10GB"),
  FRAMEWISE_S3_ACCESS_KEY_ID("", "the ID of a key"),
  FRAMEWISE_S3_SECRET_ACCESS_KEY("", "a secret key"),
  FRAMEWISE_MAX_UPLOAD("500MB", "a size from 1KB to 1024GB, such as 500MB or 2GB"),
  FRAMEWISE_RESUME("on", "on or off"),
  FRAMEWISE_MAX_STREAMS("32", "1 to 10000"),
  FRAMEWISE_MAX_CONNECTIONS("1000", "10 to 100000"),
  FRAMEWISE_MEMORY("", "a size from 64MB to 1024GB, such as 2GB"),
  FRAMEWISE_URL_SOURCES("lan", "lan, public, any or off"),
  FRAMEWISE_URL_TLS("verify", "verify, trust-lan or trust"),
  FRAMEWISE_CORS_ORIGINS("", "* or a comma-separated list of origins such as https://app.example"),
  FRAMEWISE_PUBLIC_URL(
      "", "an http or https URL such as https://framewise.example, or several separated by commas"),
  FRAMEWISE_ACCESS("protected", "protected or open"),
  FRAMEWISE_TRUST_PROXY("", "addresses separated by commas, such as 127.0.0.1,10.0.0.0/8"),
  FRAMEWISE_PROXY_USER_HEADER("X-Forwarded-User", "the name of a header"),
  FRAMEWISE_API_KEYS("", "keys separated by commas"),
  FRAMEWISE_MAX_STREAMS_PER_KEY("5", "1 to 1000"),
  FRAMEWISE_LEASE_SECONDS("60", "5 to 3600"),
  FRAMEWISE_MEDIA_PORTS("", "a range from 1024 to 65535 such as 50000-50100"),
  FRAMEWISE_PUBLIC_ADDRESS("", "an IPv4 or IPv6 address such as 203.0.113.7"),
  FRAMEWISE_ICE_SERVERS(
      "", "servers separated by commas, each stun:host:port or turn:user:credential@host:port"),
  FRAMEWISE_SOURCE_GRACE("15", "0 to 3600"),
  FRAMEWISE_EVIDENCE_QUOTA("1GB", "a size from 0 to 1024GB, such as 1GB"),
  FRAMEWISE_KEEP("600s@2fps", "off, or a time and a rate such as 600s@2fps, 30m@1fps or 2h@0.5fps"),
  FRAMEWISE_KEEP_QUOTA("4GB", "a size from 0 to 1024GB, such as 4GB"),
  FRAMEWISE_INCIDENT_QUOTA("4GB", "a size from 0 to 1024GB, such as 4GB"),
  FRAMEWISE_KEEP_UPLOADS("forever", "forever, or a time such as 30d or 12h"),
  FRAMEWISE_KEEP_UPLOADS_SIZE("", "a size up to 1024TB, such as 200GB"),
  FRAMEWISE_KEEP_RESULTS("90d", "forever, or a time such as 30d or 12h"),
  FRAMEWISE_KEEP_RESULTS_PER_SESSION("10000000", "1000 to 1000000000"),
  FRAMEWISE_KEEP_RESULTS_SIZE("", "a size from 16MB to 1024TB, such as 10GB"),
  FRAMEWISE_KEEP_EVIDENCE("30d", "forever, or a time such as 30d or 12h"),
  FRAMEWISE_KEEP_EVIDENCE_PER_SESSION("", "a size up to 1024TB, such as 100MB"),
  FRAMEWISE_KEEP_FREE("1GB", "a size up to 1024TB, such as 5GB"),
  FRAMEWISE_DAILY_BUDGET("", "US dollars above 0 and at most 1000000, such as 5 or 2.50"),
  FRAMEWISE_PRICES("", "a file such as prices.yaml"),
  FRAMEWISE_FRAME_SIZE("768", "64 to 4096"),
  FRAMEWISE_READING_SIZE("1280", "64 to 4096"),
  FRAMEWISE_JPEG_QUALITY("85", "1 to 100"),
  FRAMEWISE_FIND_LOCAL("on", "on or off"),
  FRAMEWISE_CONSOLE_DIR("", "a folder"),
  FRAMEWISE_LOG_LEVEL("info", "error, warn, info, debug or trace"),
  FRAMEWISE_LOG("text", "text or json"),
  FRAMEWISE_MODEL_ALIASES(
      "", "pairs separated by commas, such as gpt-4o=openai/gpt-5.4-mini,any=local"),
  OVERSHOOT_API_KEY("", "a key"),
  OVERSHOOT_API_URL(
      "https://cluster1.overshoot.ai/api/v0.2",
      "an http or https URL without a user, a query or a fragment"),
  OVERSHOOT_TIMEOUT_SECONDS("30", "1 to 120");

  private final String defaultValue;
  private final String allowed;

  Setting(String defaultValue, String allowed) {
    this.defaultValue = defaultValue;
    this.allowed = allowed;
  }

  @Override
  public String defaultValue() {
    return defaultValue;
  }

  @Override
  public String allowed() {
    return allowed;
  }

  @Override
  public boolean isSecret() {
    return this == OVERSHOOT_API_KEY
        || this == FRAMEWISE_API_KEYS
        || this == FRAMEWISE_ICE_SERVERS
        || this == FRAMEWISE_CLUSTER_KEY
        || this == FRAMEWISE_S3_ACCESS_KEY_ID
        || this == FRAMEWISE_S3_SECRET_ACCESS_KEY
        || this == FRAMEWISE_DATABASE;
  }
}
