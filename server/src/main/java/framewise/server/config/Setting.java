package framewise.server.config;

/** The settings of the service itself; {@link ProviderSetting} has those of each provider. */
public enum Setting implements SettingKey {
  BACKEND_PORT("8000", "0 to 65535", "The port the service listens on; 0 takes any that is free."),
  BACKEND_HOST(
      "0.0.0.0",
      "an address or name of this machine",
      "The address the service listens on; 127.0.0.1 keeps other machines out."),
  FRAMEWISE_TLS(
      "off",
      "off, self-signed, or the files of a certificate and its key such as cert.pem,key.pem",
      "Whether the service speaks HTTPS, and with which certificate."),
  FRAMEWISE_DATA(
      "./data", "a folder", "The folder of uploads and the database; created if missing."),
  FRAMEWISE_DATABASE(
      "",
      "postgresql://user:password@host/database, optionally with a port and ?sslmode=require",
      "A PostgreSQL database instead of the file in the data folder."),
  FRAMEWISE_CLUSTER_KEY(
      "",
      "32 characters or more, such as those of openssl rand -hex 32",
      "The shared key of several nodes on one database, which lets all of them work at"
          + " the same time."),
  FRAMEWISE_NODE_URL(
      "",
      "an http or https URL such as http://10.0.0.7:8000",
      "The URL at which other nodes reach this one."),
  FRAMEWISE_FILES(
      "",
      "a folder that all nodes share, or s3://bucket/prefix, optionally with"
          + " ?endpoint=https://…&region=…&path_style=true",
      "Where videos, evidence and pictures of incidents are stored instead of the data folder."),
  FRAMEWISE_FILES_CACHE(
      "10GB",
      "a size such as 10GB",
      "How much disk space copies of videos from an S3-compatible store may use;"
          + " Framewise deletes the least recently used first."),
  FRAMEWISE_S3_ACCESS_KEY_ID(
      "",
      "a key's id",
      "The access key id for FRAMEWISE_FILES=s3://…, instead of AWS_ACCESS_KEY_ID."),
  FRAMEWISE_S3_SECRET_ACCESS_KEY(
      "", "a secret key", "The secret of that key, instead of AWS_SECRET_ACCESS_KEY."),
  FRAMEWISE_MAX_UPLOAD(
      "500MB",
      "a size from 1KB to 1024GB, such as 500MB or 2GB",
      "The maximum size of a video. Raised, longer videos fit and one upload may use more"
          + " of the disk."),
  FRAMEWISE_RESUME(
      "on",
      "on or off",
      "Whether sessions that were streaming when the service stopped resume at the next"
          + " start; off marks them as failed: interrupted."),
  FRAMEWISE_MAX_STREAMS(
      "32",
      "1 to 10000",
      "How many sessions may stream at the same time. Raised, more videos share the"
          + " machine; lowered, each one gets more of it."),
  FRAMEWISE_MAX_CONNECTIONS(
      "1000",
      "10 to 100000",
      "How many connections clients may have open; one address may have half of them."),
  FRAMEWISE_MEMORY(
      "",
      "a size from 64MB to 1024GB, such as 2GB",
      "The total memory that videos may use outside the Java heap. Empty is half the"
          + " memory of the machine or container."),
  FRAMEWISE_URL_SOURCES(
      "lan",
      "lan, public, any or off",
      "Which addresses the URLs of videos and endpoints may reach: public and private"
          + " ones, public ones only, all including this machine's own, or none."),
  FRAMEWISE_URL_TLS(
      "verify",
      "verify, trust-lan or trust",
      "Which certificates Framewise checks for https and rtsps URLs: all, those of public"
          + " addresses, or none."),
  FRAMEWISE_CORS_ORIGINS(
      "",
      "* or a comma-separated list of origins such as https://app.example",
      "Which web pages on other addresses may use the service, and which other services its"
          + " console may use; empty for none."),
  FRAMEWISE_PUBLIC_URL(
      "",
      "an http or https URL such as https://framewise.example, or several with commas between them",
      "The URL that people open, if the service cannot detect it, such as behind a proxy."),
  FRAMEWISE_ACCESS(
      "protected",
      "protected or open",
      "Who may use the service without an account: this machine until an account exists,"
          + " or everybody who can reach the service."),
  FRAMEWISE_TRUST_PROXY(
      "",
      "addresses with commas between them such as 127.0.0.1,10.0.0.0/8",
      "The reverse proxies that name the user and the client's address."),
  FRAMEWISE_PROXY_USER_HEADER(
      "X-Forwarded-User",
      "the name of a header",
      "The header in which these proxies name the user."),
  FRAMEWISE_API_KEYS(
      "",
      "keys with commas between them",
      "API keys of apps, with the role operator. The console can create more."),
  FRAMEWISE_MAX_STREAMS_PER_KEY(
      "5", "1 to 1000", "How many open streams of the Overshoot API a key may have."),
  FRAMEWISE_LEASE_SECONDS(
      "60",
      "5 to 3600",
      "How many seconds a stream of the Overshoot API lives without a renewal by its client."),
  FRAMEWISE_MEDIA_PORTS(
      "",
      "a range from 1024 to 65535 such as 50000-50100",
      "The UDP ports that receive WebRTC video."),
  FRAMEWISE_PUBLIC_ADDRESS(
      "",
      "an IPv4 or IPv6 address such as 203.0.113.7",
      "The public address of this machine behind a router or in a container."),
  FRAMEWISE_ICE_SERVERS(
      "",
      "servers with commas between them, each stun:host:port or turn:user:credential@host:port",
      "STUN and TURN servers, to detect public addresses and to relay video."),
  FRAMEWISE_SOURCE_GRACE(
      "15",
      "0 to 3600",
      "How many seconds Framewise waits for a disconnected sender of live video."),
  FRAMEWISE_EVIDENCE_QUOTA(
      "1GB",
      "a size from 0 to 1024GB, such as 1GB",
      "How much evidence (requests and pictures sent to AI services) is kept; Framewise"
          + " deletes the oldest first. 0 keeps nothing."),
  FRAMEWISE_KEEP(
      "600s@2fps",
      "off, or a time and a rate such as 600s@2fps, 30m@1fps or 2h@0.5fps",
      "How far back pictures of live video are kept, and how many per second. Raised,"
          + " questions reach further back and use more of the disk."),
  FRAMEWISE_KEEP_QUOTA(
      "4GB",
      "a size from 0 to 1024GB, such as 4GB",
      "The total size of the stored pictures of live video; Framewise deletes the oldest"
          + " first. 0 keeps nothing."),
  FRAMEWISE_INCIDENT_QUOTA(
      "4GB",
      "a size from 0 to 1024GB, such as 4GB",
      "The total size of the stored pictures and clips of incidents; Framewise deletes"
          + " the oldest first. 0 keeps none."),
  FRAMEWISE_KEEP_UPLOADS(
      "forever",
      "forever, or a time such as 30d or 12h",
      "How long the video of a session is kept after the last use of the session."),
  FRAMEWISE_KEEP_UPLOADS_SIZE(
      "", "a size up to 1024TB, such as 200GB", "The maximum total size of all videos."),
  FRAMEWISE_KEEP_RESULTS(
      "90d", "forever, or a time such as 30d or 12h", "How long results are kept."),
  FRAMEWISE_KEEP_RESULTS_PER_SESSION(
      "10000000", "1000 to 1000000000", "The maximum number of events of a session."),
  FRAMEWISE_KEEP_RESULTS_SIZE(
      "", "a size from 16MB to 1024TB, such as 10GB", "The maximum size of the database."),
  FRAMEWISE_KEEP_EVIDENCE(
      "30d",
      "forever, or a time such as 30d or 12h",
      "How long evidence (requests and pictures sent to AI services) is kept."),
  FRAMEWISE_KEEP_EVIDENCE_PER_SESSION(
      "", "a size up to 1024TB, such as 100MB", "The maximum size of the evidence of a session."),
  FRAMEWISE_KEEP_FREE(
      "1GB",
      "a size up to 1024TB, such as 5GB",
      "The minimum free space on the disk: with less, Framewise deletes evidence, then videos."),
  FRAMEWISE_DAILY_BUDGET(
      "",
      "US dollars above 0 and at most 1000000, such as 5 or 2.50",
      "The budget for AI services per day, by the price table. Once it is used up,"
          + " Framewise pauses paid requests until midnight; sessions continue."),
  FRAMEWISE_PRICES(
      "",
      "a file such as prices.yaml",
      "A file with prices of models, which take precedence over the built-in ones."),
  FRAMEWISE_FRAME_SIZE(
      "768",
      "64 to 4096",
      "The maximum long side, in pixels, of pictures sent to services; smaller ones stay"
          + " as they are."),
  FRAMEWISE_READING_SIZE(
      "1280",
      "64 to 4096",
      "The same for prompts that ask to read text; the larger of both applies."),
  FRAMEWISE_JPEG_QUALITY(
      "85", "1 to 100", "The quality of these pictures: raised, they are larger and clearer."),
  FRAMEWISE_FIND_LOCAL(
      "on",
      "on or off",
      "Whether Framewise searches the usual ports of this machine for a server with"
          + " OpenAI's API if LOCAL_BASE_URL is not set."),
  FRAMEWISE_CONSOLE_DIR(
      "", "a folder", "Serve the console from this folder instead of from the jar."),
  FRAMEWISE_LOG_LEVEL(
      "info",
      "error, warn, info, debug or trace",
      "The log level; debug writes a line for every request."),
  FRAMEWISE_LOG("text", "text or json", "The format of log lines: text for people, or JSON."),
  FRAMEWISE_MODEL_ALIASES(
      "",
      "pairs with commas between them such as gpt-4o=openai/gpt-5.4-mini,any=local",
      "Aliases of models, for apps that use other model names."),
  OVERSHOOT_API_KEY("", "a key", "The API key for Overshoot.ai."),
  OVERSHOOT_API_URL(
      "https://cluster1.overshoot.ai/api/v0.2",
      "an http or https address without a user, a query or a fragment",
      "The URL of the Overshoot API: v1beta if it ends in /v1beta, else v0.2. Another"
          + " Framewise serves v0.2 at /api/v0.2."),
  OVERSHOOT_TIMEOUT_SECONDS(
      "30",
      "1 to 120",
      "Maximum wait for a response of the Overshoot API. Raise it for a slow service; lower it to"
          + " report failures sooner.");

  private final String defaultValue;
  private final String allowed;
  private final String description;

  Setting(String defaultValue, String allowed, String description) {
    this.defaultValue = defaultValue;
    this.allowed = allowed;
    this.description = description;
  }

  @Override
  public String defaultValue() {
    return defaultValue;
  }

  @Override
  public String allowed() {
    return allowed;
  }

  public String description() {
    return description;
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
