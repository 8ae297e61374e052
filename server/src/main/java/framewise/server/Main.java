package framewise.server;

import framewise.server.command.Failures;
import framewise.server.command.NativeFolder;
import framewise.server.command.RehearseCommand;
import framewise.server.command.ServeCommand;
import picocli.CommandLine;

/** Entry point of the program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CarrierThreads.provide();
    NativeFolder.use();
    System.exit(
        new CommandLine(new ServeCommand())
            .addSubcommand(new RehearseCommand())
            .setExecutionExceptionHandler(new Failures())
            .execute(arguments));
  }
}
