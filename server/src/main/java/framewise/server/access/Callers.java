package framewise.server.access;

import framewise.server.access.Caller.Kind;
import framewise.server.access.account.Role;
import framewise.server.config.AccessMode;
import framewise.server.config.ApiAccess;
import framewise.server.config.network.ProxyTrust;
import framewise.server.guard.PageKind;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Identifies the sender of a request. Safe for any number of threads. */
final class Callers {
  private static final String TOKEN = "token";
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final AccessMode mode;
  private final ProxyTrust proxies;
  private final CurrentDirectory directory;
  private final Keys keys;
  private final ApiKeys apiKeys;
  private final SignIns signIns;
  private final Cookies cookies;
  private final Cookies linkCookies;
  private final Shares shares;
  private final ForwardedCallers forwarded;

  Callers(
      ApiAccess settings,
      CurrentDirectory directory,
      Keys keys,
      ApiKeys apiKeys,
      SignIns signIns,
      Cookies cookies,
      Cookies linkCookies,
      Shares shares,
      ForwardedCallers forwarded) {
    this.mode = settings.mode();
    this.proxies = settings.proxies();
    this.directory = directory;
    this.keys = keys;
    this.apiKeys = apiKeys;
    this.signIns = signIns;
    this.cookies = cookies;
    this.linkCookies = linkCookies;
    this.shares = shares;
    this.forwarded = forwarded;
  }

  /** Identifies the sender: by an API key first, then by a cookie, then by a proxy's header. */
  Caller of(Context context) {
    return forwarded.of(context).orElseGet(() -> direct(context));
  }

  private Caller direct(Context context) {
    Client client = Client.of(context, proxies);
    PageKind page = PageKind.of(context);
    // A browser on this machine counts as this machine whatever page it displays, so requests of
    // other pages get no free access.
    boolean stranger =
        page == PageKind.UNKNOWN_PAGE || (page == PageKind.FOREIGN_PAGE && mode != AccessMode.OPEN);
    Optional<Caller> free = stranger ? Optional.empty() : free(client);
    // Browsers add cookies, and proxies the user's name, to requests of any page.
    boolean byItself = page == PageKind.NO_PAGE || page == PageKind.OWN_PAGE;
    Optional<String> key = Keys.bearer(context);
    if (key.isPresent()) {
      return key.flatMap(keys::find)
          .map(known -> caller(known, client))
          // Where no key is required, an unknown one is ignored.
          .or(() -> free)
          .orElseGet(() -> Caller.of(Kind.ANONYMOUS, Optional.empty(), client.written()));
    }
    Optional<String> cookie =
        byItself ? cookies.read(context, client.encrypted()) : Optional.empty();
    return cookie
        .flatMap(signIns::find)
        .map(found -> caller(found, client))
        .or(() -> byItself ? named(context, client) : Optional.empty())
        .or(() -> free)
        .or(() -> byToken(context, client))
        .orElseGet(() -> Caller.of(Kind.ANONYMOUS, Optional.empty(), client.written()));
  }

  /**
   * Whether the caller would still get the same rights: not signed out, deleted, revoked, expired
   * or given a lower role.
   */
  boolean stillExists(Caller caller) {
    Directory now = directory.get();
    return switch (caller.kind()) {
      case ANONYMOUS -> false;
      case LOCAL -> !now.hasAccounts();
      case OPEN -> true;
      case LINK -> caller.shown().filter(shares.links()::isGood).isPresent();
      case ACCOUNT ->
          caller.signIn().filter(signIn -> signIns.isSignedIn(now, signIn)).isPresent()
              && keepsRole(now, caller);
      case PROXY -> keepsRole(now, caller);
      case KEY ->
          keys.environmentRole(caller.id()).isPresent() || apiKeys.isValid(now, caller.id());
    };
  }

  private static boolean keepsRole(Directory now, Caller caller) {
    return now.account(caller.id())
        .filter(account -> account.role().compareTo(caller.role().orElseThrow()) >= 0)
        .isPresent();
  }

  /** A token allows reading one session, and no changes. */
  private Optional<Caller> byToken(Context context, Client client) {
    if (!SAFE.contains(context.req().getMethod())) {
      return Optional.empty();
    }
    return Optional.ofNullable(context.queryParam(TOKEN))
        .flatMap(token -> shares.links().read(token, context.path()))
        .or(() -> linkCookies.read(context, client.encrypted()).flatMap(shares.links()::read))
        .map(
            content ->
                new Caller(
                    Kind.LINK,
                    content.link().orElse(""),
                    "a link",
                    Optional.of(Role.VIEWER),
                    client.written(),
                    Optional.empty(),
                    Optional.of(content)));
  }

  private Optional<Caller> free(Client client) {
    if (mode == AccessMode.OPEN) {
      return Optional.of(Caller.of(Kind.OPEN, Optional.of(Role.ADMIN), client.written()));
    }
    return client.local() && !directory.get().hasAccounts()
        ? Optional.of(Caller.of(Kind.LOCAL, Optional.of(Role.ADMIN), client.written()))
        : Optional.empty();
  }

  private static Caller caller(Keys.AcceptedKey key, Client client) {
    return new Caller(
        Kind.KEY,
        key.id(),
        key.name(),
        Optional.of(key.role()),
        client.written(),
        Optional.empty(),
        Optional.empty());
  }

  private static Caller caller(SignIns.ActiveSignIn found, Client client) {
    return new Caller(
        Kind.ACCOUNT,
        found.account().id(),
        found.account().name(),
        Optional.of(found.account().role()),
        client.written(),
        Optional.of(found.signIn()),
        Optional.empty());
  }

  private Optional<Caller> named(Context context, Client client) {
    List<String> names = Collections.list(context.req().getHeaders(proxies.userHeader()));
    // If there are several, the client itself may have sent some.
    return names.stream()
        .filter(name -> client.viaProxy() && names.size() == 1)
        .findFirst()
        .flatMap(name -> directory.get().named(name))
        .map(
            account ->
                new Caller(
                    Kind.PROXY,
                    account.id(),
                    account.name(),
                    Optional.of(account.role()),
                    client.written(),
                    Optional.empty(),
                    Optional.empty()));
  }
}
