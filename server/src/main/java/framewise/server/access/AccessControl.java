package framewise.server.access;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.server.access.account.Account;
import framewise.server.access.attempt.LocalAttempts;
import framewise.server.access.attempt.SharedAttempts;
import framewise.server.access.attempt.SignInLimits;
import framewise.server.access.secret.KeyHash;
import framewise.server.access.secret.KnownBrowsers;
import framewise.server.access.secret.Passwords;
import framewise.server.access.secret.PublishSignatures;
import framewise.server.access.secret.SessionTokens;
import framewise.server.access.secret.SetupLink;
import framewise.server.access.secret.SigningKey;
import framewise.server.access.secret.TokenSigner;
import framewise.server.config.AccessMode;
import framewise.server.config.ApiAccess;
import framewise.server.http.Admission;
import framewise.time.WallClock;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Root of access control: creates its parts and connects them. */
public final class AccessControl implements AutoCloseable {
  private static final int INSTANCE_LENGTH = 8;
  private static final Duration BROWSER_VALIDITY = Duration.ofDays(365);

  private final ApiAccess settings;
  private final Passwords passwords = new Passwords();
  private final Accounts accounts;
  private final ApiKeys apiKeys;
  private final SignIns signIns;
  private final Keys keys;
  private final SessionGrants grants;
  private final Cookies cookies;
  private final Cookies linkCookies;
  private final Cookies browserCookies;
  private final KnownBrowsers browsers;
  private final Shares shares;
  private final PublishTokens publishTokens;
  private final AuditLog audit;
  private final TokenMakers makers;
  private final Callers callers;
  private final Gate gate;
  private final WallClock clock;
  private final AtomicReference<@Nullable SetupLink> setup = new AtomicReference<>();

  /**
   * @param data the folder that contains the service's own key
   */
  public AccessControl(ApiAccess settings, Database database, Path data, WallClock clock) {
    this(
        settings,
        database,
        data.toAbsolutePath().toString(),
        new SigningKey(data.resolve("access.key")),
        ForwardedCallers.NONE,
        clock);
  }

  /**
   * For one of several nodes.
   *
   * @param instance distinguishes the cookies of services on one host
   * @param key signs tokens
   * @param forwarded identifies the callers of calls that other nodes forward
   */
  public AccessControl(
      ApiAccess settings,
      Database database,
      String instance,
      SigningKey key,
      ForwardedCallers forwarded,
      WallClock clock) {
    this.settings = settings;
    this.clock = clock;
    var store = new AccessStore(database);
    var directory = new CurrentDirectory(store, clock);
    this.accounts = new Accounts(store, directory, passwords, clock);
    this.apiKeys = new ApiKeys(store, directory, clock);
    this.signIns = new SignIns(store, directory, passwords, limits(database), clock);
    this.keys = new Keys(settings.keys(), apiKeys::find);
    this.grants = new SessionGrants(database, clock);
    String suffix = KeyHash.of(instance).sha256().substring(0, INSTANCE_LENGTH);
    this.cookies = new Cookies(suffix);
    this.linkCookies = new Cookies("link-" + suffix);
    this.browserCookies = new Cookies("browser-" + suffix);
    this.browsers = new KnownBrowsers(key);
    var signer = new TokenSigner(key, clock);
    var tokens = new SessionTokens(signer);
    this.makers = new TokenMakers(directory, keys, grants, clock);
    this.shares = new Shares(grants, new ShareLinks(database, makers, tokens, clock), accounts);
    this.publishTokens = new PublishTokens(new PublishSignatures(signer), makers, clock);
    this.audit = new AuditLog(database, clock);
    this.callers =
        new Callers(
            settings, directory, keys, apiKeys, signIns, cookies, linkCookies, shares, forwarded);
    this.gate = new Gate(callers, grants);
  }

  /** With several nodes, the attempts on all of them count together. */
  private SignInLimits limits(Database database) {
    return new SignInLimits(
        database.cluster().isPresent() ? new SharedAttempts(database) : new LocalAttempts(clock));
  }

  public Accounts accounts() {
    return accounts;
  }

  public ApiKeys apiKeys() {
    return apiKeys;
  }

  public SignIns signIns() {
    return signIns;
  }

  public Keys keys() {
    return keys;
  }

  public SessionGrants grants() {
    return grants;
  }

  public Shares shares() {
    return shares;
  }

  /** Tokens for publishers that use LiveKit's clients. */
  public PublishTokens publishTokens() {
    return publishTokens;
  }

  public AuditLog audit() {
    return audit;
  }

  /**
   * Whether the caller of a long response or an open socket may go on: still signed in, and still
   * allowed to see the session.
   */
  public boolean stillSees(Caller caller, SessionId session) {
    return callers.stillExists(caller) && grants.sees(caller, session);
  }

  /**
   * Whether somebody may see a session now.
   *
   * @param subject result of {@link Caller#subject}; empty for an administrator who acted before
   *     the first account existed
   */
  public boolean sees(String subject, SessionId session) {
    return makers.sees(subject, session);
  }

  /** Whether somebody may see every session now. */
  public boolean seesAll(String subject) {
    return makers.seesAll(subject);
  }

  /** Token with which its bearer can read one path of a session, as long as an endpoint exists. */
  public String tokenOfPath(
      SessionId session, String path, Duration life, String by, String endpoint) {
    return shares.links().tokenOfPath(session, path, life, by, endpoint);
  }

  /**
   * Connects the endpoints: a token for one path expires with its endpoint.
   *
   * @param exist tests whether an endpoint exists
   */
  public void connect(Predicate<String> exist) {
    shares.links().connect(exist);
  }

  /** Whether a caller would still get the same rights. */
  public boolean stillExists(Caller caller) {
    return callers.stillExists(caller);
  }

  /** Whether a key that was accepted once is still accepted. */
  public boolean stillAccepts(String key, Caller caller) {
    Caller now =
        caller.isFree() && !callers.stillExists(caller)
            ? Caller.of(Caller.Kind.ANONYMOUS, Optional.empty(), caller.address())
            : caller;
    return keys.check(key, now).isPresent();
  }

  /** Decides every call before it is handled. */
  public Admission gate() {
    return gate;
  }

  public AccessMode mode() {
    return settings.mode();
  }

  /**
   * Token that creates the first account from another machine, while there is no account.
   *
   * @return part of the page's address; empty where there is an account, or none is needed
   */
  public Optional<String> newSetupToken() {
    if (settings.mode() == AccessMode.OPEN || accounts.any()) {
      return Optional.empty();
    }
    var link = new SetupLink(clock);
    setup.set(link);
    return Optional.of(link.token());
  }

  /** Invalidates the link, after the first account was created. */
  public void setUp() {
    setup.set(null);
  }

  /** Whether this token may create the first account. */
  public boolean acceptsSetup(String token) {
    SetupLink link = setup.get();
    return link != null && link.accepts(token);
  }

  /** Signs in the browser that sent this request. */
  public void signIn(Context context, SignIns.NewSignIn started) {
    boolean encrypted = client(context).encrypted();
    cookies.write(context, encrypted, started.cookie(), SignIns.MAX_LIFETIME);
    browserCookies.write(
        context, encrypted, browsers.issue(started.account().id()), BROWSER_VALIDITY);
  }

  /** Lets the browser that sent this request see a link's session, as long as the link is valid. */
  public void showByLink(Context context, String token) {
    linkCookies.write(context, client(context).encrypted(), token, SignIns.MAX_LIFETIME);
  }

  /** Signs the browser out. */
  public void signOut(Context context) {
    cookies.delete(context, client(context).encrypted());
  }

  /** Signs in an account that has just been authenticated. */
  public SignIns.NewSignIn start(Account account) {
    return signIns.start(account);
  }

  /** Key under which sign-in attempts for this account are counted. */
  public String sender(Context context, String name) {
    Client client = client(context);
    return accounts
        .named(name)
        .flatMap(
            account ->
                browserCookies
                    .read(context, client.encrypted())
                    .flatMap(cookie -> browsers.sender(cookie, account.id())))
        .orElseGet(client::network);
  }

  /** Whether the client's connection is encrypted, so that nobody can read its input. */
  public boolean isEncrypted(Context context) {
    return client(context).encrypted();
  }

  @Override
  public void close() {
    passwords.close();
  }

  private Client client(Context context) {
    return Client.of(context, settings.proxies());
  }
}
