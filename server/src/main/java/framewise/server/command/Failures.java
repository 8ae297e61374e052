package framewise.server.command;

import framewise.engine.RefusedException;
import framewise.server.config.SettingsException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person in one line why a command could not do its work. */
public final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    switch (e) {
      case SettingsException settings ->
          settings.sentences().forEach(sentence -> print(command, sentence));
      case RefusedException refused -> print(command, refused.refusal().detail());
      case CannotListenException listen -> print(command, String.valueOf(listen.getMessage()));
      case UncheckedIOException io when io.getCause() instanceof FileSystemException file ->
          print(command, "Cannot use %s: %s.".formatted(file.getFile(), reason(file)));
      case FileSystemException file ->
          print(command, "Cannot use %s: %s.".formatted(file.getFile(), reason(file)));
      default -> throw e;
    }
    return e instanceof SettingsException || e instanceof RefusedException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  private static String reason(FileSystemException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException missing -> "there is no such file";
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case java.nio.file.FileAlreadyExistsException there -> "it is not a folder";
      default -> e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    };
  }

  private static void print(CommandLine command, String sentence) {
    command.getErr().println("framewise: " + sentence);
  }
}
