package framewise.server.access;

import framewise.engine.SessionId;
import framewise.server.access.account.Account;
import framewise.server.access.secret.ShownSession;
import framewise.server.http.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;

/** Shares of sessions: with accounts, with everyone who has one, and through links. */
public final class Shares {
  private static final String EVERYBODY = "everybody";

  private final SessionGrants grants;
  private final ShareLinks links;
  private final Accounts accounts;

  Shares(SessionGrants grants, ShareLinks links, Accounts accounts) {
    this.grants = grants;
    this.links = links;
    this.accounts = accounts;
  }

  /**
   * Recipient of a share.
   *
   * @param id for revoking it
   * @param name for display
   */
  public record Viewer(String id, String name) {}

  public ShareLinks links() {
    return links;
  }

  public void showToEverybody(SessionId session) {
    grants.show(session, Subject.EVERYBODY);
  }

  /**
   * Shares a session with an account.
   *
   * @throws framewise.server.http.ProblemException 404 when there is no account with this name
   */
  public void showTo(SessionId session, String name) {
    Account account =
        accounts
            .named(name)
            .orElseThrow(
                () ->
                    Problem.of(
                            HttpStatus.NOT_FOUND_404,
                            "account_not_found",
                            "There is no account with this name.")
                        .asException());
    grants.show(session, Subject.account(account.id()));
  }

  /** Shares a link's session with the account that opened it, as long as the link is valid. */
  public void open(ShownSession shown, String subject) {
    shown.link().ifPresent(link -> grants.showByLink(shown.session(), subject, link));
  }

  /** The accounts with a share, and everyone. */
  public List<Viewer> viewers(SessionId session) {
    return grants.viewers(session).stream().flatMap(this::viewer).toList();
  }

  /** Revokes a link, or a share of an account or of everyone. */
  public void end(SessionId session, String id) {
    grants.hide(session, id.equals(EVERYBODY) ? Subject.EVERYBODY : Subject.account(id));
    links.revoke(session, id);
  }

  /** Verifies a token. */
  public Optional<ShownSession> shown(String token) {
    return links.read(token);
  }

  private Stream<Viewer> viewer(String subject) {
    if (subject.equals(Subject.EVERYBODY)) {
      return Stream.of(new Viewer(EVERYBODY, "Everybody with an account"));
    }
    return Subject.accountId(subject)
        .flatMap(
            id -> accounts.all().stream().filter(account -> account.id().equals(id)).findFirst())
        .map(account -> new Viewer(account.id(), account.name()))
        .stream();
  }
}
