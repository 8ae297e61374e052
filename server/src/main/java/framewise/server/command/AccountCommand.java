package framewise.server.command;

import framewise.server.access.Accounts;
import framewise.server.access.account.Account;
import framewise.server.access.account.AccountName;
import framewise.server.access.account.Role;
import framewise.server.config.SettingsException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Manages accounts on this machine, with or without a running service. */
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = {
      "Create, list, change and delete accounts.",
      "Enter passwords when prompted, or pipe one in as a single line."
    })
public final class AccountCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandSpec own = Optional.ofNullable(spec).orElseThrow();
    throw new ParameterException(
        own.commandLine(), "Name a command: list, add, password, role or delete.");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List accounts.")
  int list(
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "the data folder (default: ./data)")
          @Nullable String data)
      throws SettingsException {
    try (var folder = AccessFolder.open(Optional.ofNullable(data))) {
      for (Account account : folder.access().accounts().all()) {
        System.out.printf("%-8s  %s%n", account.role().wireName(), account.name());
      }
      return 0;
    }
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Create an account.")
  int add(
      @Parameters(paramLabel = "NAME", description = "the name to sign in with") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description =
                  "admin, operator or viewer (default: admin for the first account, viewer for others)")
          @Nullable String role,
      @Option(
              names = "--no-password",
              description = "for users whom a proxy signs in (FRAMEWISE_TRUST_PROXY)")
          boolean noPassword,
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "the data folder (default: ./data)")
          @Nullable String data)
      throws SettingsException, IOException {
    try (var folder = AccessFolder.open(Optional.ofNullable(data))) {
      Accounts accounts = folder.access().accounts();
      Role given = role(role == null ? (accounts.any() ? "viewer" : "admin") : role, false);
      if (!accounts.any() && given != Role.ADMIN) {
        throw new BadOptionException("The first account must be an admin.");
      }
      AccountName called = AccountName.of(name);
      Account made =
          accounts.create(
              called, given, noPassword ? Optional.empty() : Optional.of(askPassword()));
      System.out.printf("Created %s, %s.%n", made.name(), made.role().wireName());
      return 0;
    }
  }

  @Command(
      name = "password",
      mixinStandardHelpOptions = true,
      description = "Set a new password and sign the account out everywhere.")
  int password(
      @Parameters(paramLabel = "NAME", description = "the account") String name,
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "the data folder (default: ./data)")
          @Nullable String data)
      throws SettingsException, IOException {
    try (var folder = AccessFolder.open(Optional.ofNullable(data))) {
      Accounts accounts = folder.access().accounts();
      accounts.setPassword(account(accounts, name), "password", askPassword());
      return 0;
    }
  }

  @Command(
      name = "role",
      mixinStandardHelpOptions = true,
      description = "Change the role of an account.")
  int role(
      @Parameters(index = "0", paramLabel = "NAME", description = "the account") String name,
      @Parameters(index = "1", paramLabel = "ROLE", description = "admin, operator or viewer")
          String role,
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "the data folder (default: ./data)")
          @Nullable String data)
      throws SettingsException {
    try (var folder = AccessFolder.open(Optional.ofNullable(data))) {
      Accounts accounts = folder.access().accounts();
      accounts.setRole(account(accounts, name), role(role, false));
      return 0;
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = {
        "Delete an account, or all of them.",
        "Without any account, users on this machine need none again."
      })
  int delete(
      @Parameters(paramLabel = "NAME", arity = "0..1", description = "the account")
          @Nullable String name,
      @Option(names = "--all", description = "delete every account") boolean all,
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "the data folder (default: ./data)")
          @Nullable String data)
      throws SettingsException {
    if (all == (name != null)) {
      throw new BadOptionException("Name an account, or add --all.");
    }
    try (var folder = AccessFolder.open(Optional.ofNullable(data))) {
      Accounts accounts = folder.access().accounts();
      if (name == null) {
        accounts.deleteAll();
      } else {
        accounts.delete(account(accounts, name));
      }
      return 0;
    }
  }

  static Role role(String text, boolean ofKey) {
    return Role.ofWireName(text)
        .filter(role -> ofKey || role != Role.MONITOR)
        .orElseThrow(
            () ->
                new BadOptionException(
                    "The role is \"%s\" but must be admin, operator%s viewer%s."
                        .formatted(text, ofKey ? "," : " or", ofKey ? " or monitor" : "")));
  }

  private static Account account(Accounts accounts, String name) {
    return accounts
        .named(name)
        .orElseThrow(() -> new BadOptionException("There is no account \"%s\".".formatted(name)));
  }

  private static String askPassword() throws IOException {
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (terminal.isEmpty()) {
      // Nothing is mistyped in a pipe: read the password only once.
      var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      return Optional.ofNullable(lines.readLine())
          .orElseThrow(
              () ->
                  new BadOptionException(
                      "Standard input has no password. Pipe one in as a single line."));
    }
    Console console = terminal.get();
    String first = String.valueOf(console.readPassword("Password: "));
    String again = String.valueOf(console.readPassword("Repeat password: "));
    if (!first.equals(again)) {
      throw new BadOptionException("The passwords differ. Try again.");
    }
    return first;
  }
}
