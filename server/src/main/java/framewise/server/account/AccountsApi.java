package framewise.server.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.access.Accounts;
import framewise.server.access.account.Account;
import framewise.server.access.account.AccountName;
import framewise.server.access.account.Role;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Calls for administrators to manage accounts. */
public final class AccountsApi {
  private static final int MAX_TEXT_LENGTH = 1_024;
  private static final String ID = "account_id";
  private static final String ACCOUNTS = "/access/accounts";
  private static final String ACCOUNT = ACCOUNTS + "/{" + ID + "}";

  private final Accounts accounts;

  public AccountsApi(Accounts accounts) {
    this.accounts = accounts;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ACCOUNTS, RouteAccess.CREDENTIALS, this::list),
        Route.post(ACCOUNTS, RouteAccess.CREDENTIALS, this::create),
        Route.patch(ACCOUNT, RouteAccess.CREDENTIALS, this::change),
        Route.delete(ACCOUNT, RouteAccess.CREDENTIALS, this::delete));
  }

  private void list(Context context) {
    var json = Reply.object();
    var list = json.putArray("accounts");
    accounts.all().forEach(account -> list.add(json(account)));
    Reply.json(context, json);
  }

  private void create(Context context) throws IOException {
    Fields fields = JsonBody.read(context);
    var name =
        fields
            .requiredString("name", MAX_TEXT_LENGTH)
            .flatMap(text -> fields.make(() -> AccountName.of(text)));
    var role = role(fields, fields.requiredString("role"));
    var password = fields.string("password", MAX_TEXT_LENGTH);
    fields.requireSound();
    Account made = accounts.create(name.orElseThrow(), role.orElseThrow(), password);
    context.status(HttpStatus.CREATED_201);
    Reply.json(context, json(made));
  }

  private void change(Context context) throws IOException {
    Account account = accounts.get(context.pathParam(ID));
    Fields fields = JsonBody.read(context);
    var role = role(fields, fields.string("role"));
    var password = fields.string("password", MAX_TEXT_LENGTH);
    fields.requireSound();
    role.ifPresent(to -> accounts.setRole(account, to));
    password.ifPresent(text -> accounts.setPassword(account, "password", text));
    Reply.json(context, json(accounts.get(account.id())));
  }

  private void delete(Context context) {
    accounts.delete(accounts.get(context.pathParam(ID)));
    context.status(HttpStatus.NO_CONTENT_204);
  }

  static Optional<Role> role(Fields fields, Optional<String> text) {
    Optional<Role> role = text.flatMap(Role::ofWireName);
    if (text.isPresent() && role.isEmpty()) {
      fields.add(
          "role", "role is \"%s\" but must be admin, operator or viewer".formatted(text.get()));
    }
    return role;
  }

  private static ObjectNode json(Account account) {
    return Reply.object()
        .put("id", account.id())
        .put("name", account.name())
        .put("role", account.role().wireName())
        .put("password", account.password().isPresent())
        .put("created_at", account.createdAt().toString());
  }
}
