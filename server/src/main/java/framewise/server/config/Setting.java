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
      "./data", "a folder", "Where uploads and the database are kept; made when missing."),
  FRAMEWISE_DATABASE(
      "",
      "postgresql://user:password@host/database, optionally with a port and ?sslmode=require",
      "A database in PostgreSQL in place of the file in the data folder."),
  FRAMEWISE_CLUSTER_KEY(
      "",
      "32 characters or more, such as those of openssl rand -hex 32",
      "A key that several nodes on one database share: with it, all of them work at a time."),
  FRAMEWISE_NODE_URL(
      "",
      "an http or https URL such as http://10.0.0.7:8000",
      "Where the other nodes reach this one."),
  FRAMEWISE_FILES(
      "",
      "a folder that all nodes share, or s3://bucket/prefix, optionally with"
          + " ?endpoint=https://…&region=…&path_style=true",
      "Where videos, evidence and pictures of incidents are kept in place of the data folder."),
  FRAMEWISE_FILES_CACHE(
      "10GB",
      "a size such as 10GB",
      "How much of the disk copies of videos in an S3-compatible store may take; the least recently"
          + " used goes first."),
  FRAMEWISE_S3_ACCESS_KEY_ID(
      "",
      "a key's id",
      "The id of the key for FRAMEWISE_FILES=s3://… in place of AWS_ACCESS_KEY_ID."),
  FRAMEWISE_S3_SECRET_ACCESS_KEY(
      "", "a secret key", "The secret of that key in place of AWS_SECRET_ACCESS_KEY."),
  FRAMEWISE_MAX_UPLOAD(
      "500MB",
      "a size from 1KB to 1024GB, such as 500MB or 2GB",
      "The largest video that is taken. Raised, longer videos fit and one upload may fill more of"
          + " the disk."),
  FRAMEWISE_RESUME(
      "on",
      "on or off",
      "Whether sessions that were streaming when the service ended resume by themselves at the next"
          + " start; off leaves them failed: interrupted."),
  FRAMEWISE_MAX_STREAMS(
      "32",
      "1 to 10000",
      "How many sessions may stream at a time. Raised, more videos share the machine; lowered,"
          + " those that run get more of it."),
  FRAMEWISE_MAX_CONNECTIONS(
      "1000",
      "10 to 100000",
      "How many connections clients may have open at a time; one address may have half of them."),
  FRAMEWISE_MEMORY(
      "",
      "a size from 64MB to 1024GB, such as 2GB",
      "The memory that videos may take outside the Java heap, all together. Empty is half of the"
          + " memory that the machine or its container has."),
  FRAMEWISE_URL_SOURCES(
      "lan",
      "lan, public, any or off",
      "Whom the URLs of videos and endpoints may reach: public and private addresses, public ones"
          + " only, every address with this machine's own, or none."),
  FRAMEWISE_URL_TLS(
      "verify",
      "verify, trust-lan or trust",
      "Whose certificates are checked where a URL is https or rtsps: everybody's, those of public"
          + " addresses, or nobody's."),
  FRAMEWISE_CORS_ORIGINS(
      "",
      "* or a comma-separated list of origins such as https://app.example",
      "Which web pages on other addresses may use the service, and which other services its"
          + " console may use; empty for none."),
  FRAMEWISE_PUBLIC_URL(
      "",
      "an http or https URL such as https://framewise.example, or several with commas between them",
      "The URL people open where the service does not know its name by itself, such as behind a"
          + " proxy."),
  FRAMEWISE_ACCESS(
      "protected",
      "protected or open",
      "Who may use the service without an account: this machine until there is one, or everybody"
          + " who can reach it."),
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
      "Keys of apps, with the rights of an operator. More can be made in the console."),
  FRAMEWISE_MAX_STREAMS_PER_KEY(
      "5", "1 to 1000", "How many streams of the Overshoot API a key may have at a time."),
  FRAMEWISE_LEASE_SECONDS(
      "60",
      "5 to 3600",
      "How long a stream of the Overshoot API lives without a sign from its client."),
  FRAMEWISE_MEDIA_PORTS(
      "",
      "a range from 1024 to 65535 such as 50000-50100",
      "The UDP ports on which the video of WebRTC arrives."),
  FRAMEWISE_PUBLIC_ADDRESS(
      "",
      "an IPv4 or IPv6 address such as 203.0.113.7",
      "The address under which a router or container shows this machine to the world."),
  FRAMEWISE_ICE_SERVERS(
      "",
      "servers with commas between them, each stun:host:port or turn:user:credential@host:port",
      "STUN and TURN servers, for addresses and relays."),
  FRAMEWISE_SOURCE_GRACE(
      "15",
      "0 to 3600",
      "How many seconds a sender of live video whose connection is gone is waited for."),
  FRAMEWISE_EVIDENCE_QUOTA(
      "1GB",
      "a size from 0 to 1024GB, such as 1GB",
      "How much of what AI services were sent is kept to be looked at; the oldest goes first. 0"
          + " keeps nothing."),
  FRAMEWISE_KEEP(
      "600s@2fps",
      "off, or a time and a rate such as 600s@2fps, 30m@1fps or 2h@0.5fps",
      "How far back the pictures of live video are kept, and how many a second. Raised, questions"
          + " reach further back and more of the disk is used."),
  FRAMEWISE_KEEP_QUOTA(
      "4GB",
      "a size from 0 to 1024GB, such as 4GB",
      "How much of the pictures of live video all sessions keep together; the oldest goes first. 0"
          + " keeps nothing."),
  FRAMEWISE_INCIDENT_QUOTA(
      "4GB",
      "a size from 0 to 1024GB, such as 4GB",
      "How much of the pictures and clips of incidents is kept; the oldest goes first. 0 keeps"
          + " none."),
  FRAMEWISE_KEEP_UPLOADS(
      "forever",
      "forever, or a time such as 30d or 12h",
      "How long the video of a session is kept after the session was last used."),
  FRAMEWISE_KEEP_UPLOADS_SIZE(
      "", "a size up to 1024TB, such as 200GB", "How large all videos may be together."),
  FRAMEWISE_KEEP_RESULTS(
      "90d", "forever, or a time such as 30d or 12h", "How long results are kept."),
  FRAMEWISE_KEEP_RESULTS_PER_SESSION(
      "10000000", "1000 to 1000000000", "How many events a session may have."),
  FRAMEWISE_KEEP_RESULTS_SIZE(
      "", "a size from 16MB to 1024TB, such as 10GB", "How large the database may be."),
  FRAMEWISE_KEEP_EVIDENCE(
      "30d",
      "forever, or a time such as 30d or 12h",
      "How long the pictures and requests that AI services were sent are kept."),
  FRAMEWISE_KEEP_EVIDENCE_PER_SESSION(
      "", "a size up to 1024TB, such as 100MB", "How much evidence a session may have."),
  FRAMEWISE_KEEP_FREE(
      "1GB",
      "a size up to 1024TB, such as 5GB",
      "How much space of the disk stays free: with less, evidence is deleted, then videos."),
  FRAMEWISE_DAILY_BUDGET(
      "",
      "US dollars above 0 and at most 1000000, such as 5 or 2.50",
      "What AI services may cost a day, by the price table. Once it is spent they are not asked"
          + " before midnight; sessions continue."),
  FRAMEWISE_PRICES(
      "", "a file such as prices.yaml", "Prices of models that come before the built-in ones."),
  FRAMEWISE_FRAME_SIZE(
      "768",
      "64 to 4096",
      "The longest side in pixels of the pictures that services are sent; smaller ones stay as they"
          + " are."),
  FRAMEWISE_READING_SIZE(
      "1280",
      "64 to 4096",
      "The same where the prompt asks to read text; the larger of both counts then."),
  FRAMEWISE_JPEG_QUALITY(
      "85", "1 to 100", "The quality of these pictures: raised, they are larger and clearer."),
  FRAMEWISE_FIND_LOCAL(
      "on",
      "on or off",
      "Whether a server of OpenAI's API is looked for at the usual ports of this machine where"
          + " LOCAL_BASE_URL is not set."),
  FRAMEWISE_CONSOLE_DIR(
      "", "a folder", "Serve the console from this folder instead of from the jar."),
  FRAMEWISE_LOG_LEVEL(
      "info",
      "error, warn, info, debug or trace",
      "How much is logged; debug writes a line for every request."),
  FRAMEWISE_LOG(
      "text", "text or json", "How a line of the log is written: for people, or as JSON."),
  FRAMEWISE_MODEL_ALIASES(
      "",
      "pairs with commas between them such as gpt-4o=openai/gpt-5.4-mini,any=local",
      "Other names for models, for apps that ask for one by a name of their own."),
  OVERSHOOT_API_KEY("", "a key", "The key for Overshoot.ai."),
  OVERSHOOT_API_URL(
      "https://cluster1.overshoot.ai/api/v0.2",
      "an http or https address without a user, a query or a fragment",
      "Where the Overshoot API is: v1beta where it ends in /v1beta, else v0.2. Another Framewise"
          + " serves v0.2, at /api/v0.2."),
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
