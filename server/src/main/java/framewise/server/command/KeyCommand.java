package framewise.server.command;

import framewise.engine.ShownText;
import framewise.server.access.ApiKeys;
import framewise.server.access.account.ApiKey;
import framewise.server.access.account.Role;
import framewise.server.config.SettingsException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Manages API keys on this machine, with or without a running service. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Create, list and revoke API keys for programs.")
public final class KeyCommand implements Runnable {
  private static final int MAX_NAME_LENGTH = 100;
  private static final int MAX_DAYS = 3_650;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandSpec own = Optional.ofNullable(spec).orElseThrow();
    throw new ParameterException(own.commandLine(), "Name a command: list, add or revoke.");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List keys.")
  int list(
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "the data folder (default: ./data)")
          @Nullable String data)
      throws SettingsException {
    try (var folder = AccessFolder.open(Optional.ofNullable(data))) {
      for (ApiKey key : folder.access().apiKeys().all()) {
        System.out.printf(
            "%s  %-8s  %-24s  expires %-10s  last used %s%n",
            key.id(),
            key.role().wireName(),
            key.name(),
            key.expiresAt().map(KeyCommand::day).orElse("never"),
            key.usedAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never"));
      }
      return 0;
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Create a key and print it. It is not shown again.")
  int add(
      @Parameters(paramLabel = "NAME", description = "what the key is for") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              defaultValue = "operator",
              description = "admin, operator, viewer or monitor (default: operator)")
          String role,
      @Option(
              names = "--days",
              paramLabel = "N",
              description = "days until it expires (default: never)")
          @Nullable Integer days,
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "the data folder (default: ./data)")
          @Nullable String data)
      throws SettingsException {
    Role known = AccountCommand.role(role, true);
    String called = name.strip();
    if (ShownText.isBlank(called)
        || called.length() > MAX_NAME_LENGTH
        || ShownText.hasHidden(called)) {
      throw new BadOptionException(
          "NAME must have 1 to %d printable characters.".formatted(MAX_NAME_LENGTH));
    }
    if (days != null && (days < 1 || days > MAX_DAYS)) {
      throw new BadOptionException("--days must be 1 to %d.".formatted(MAX_DAYS));
    }
    try (var folder = AccessFolder.open(Optional.ofNullable(data))) {
      ApiKeys.NewApiKey made =
          folder
              .access()
              .apiKeys()
              .make(
                  called,
                  known,
                  Optional.ofNullable(days).map(Duration::ofDays),
                  "the command line");
      System.out.println(made.text());
      return 0;
    }
  }

  @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revoke a key.")
  int revoke(
      @Parameters(paramLabel = "ID", description = "the ID that `key list` shows") String id,
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "the data folder (default: ./data)")
          @Nullable String data)
      throws SettingsException {
    try (var folder = AccessFolder.open(Optional.ofNullable(data))) {
      folder.access().apiKeys().revoke(id);
      return 0;
    }
  }

  private static String day(Instant at) {
    return at.toString().substring(0, 10);
  }
}
