package framewise.server.command;

import framewise.engine.RefusedException;
import framewise.engine.folder.DataFolderInUseException;
import framewise.engine.store.UnusableDataException;
import framewise.media.OutOfRangeException;
import framewise.server.config.SettingsException;
import framewise.server.http.ProblemException;
import framewise.server.tls.TlsException;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints why a command failed, in one line for a person. */
public final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    switch (e) {
      case SettingsException settings ->
          settings.sentences().forEach(sentence -> print(command, sentence));
      case BadOptionException option -> print(command, String.valueOf(option.getMessage()));
      case OutOfRangeException option -> print(command, option.getMessage() + ".");
      case RefusedException refused -> print(command, refused.refusal().detail());
      case ProblemException problem -> print(command, problem.problem().detail());
      case DataFolderInUseException taken -> print(command, String.valueOf(taken.getMessage()));
      case UnusableDataException data -> print(command, String.valueOf(data.getMessage()));
      case TlsException tls -> print(command, String.valueOf(tls.getMessage()));
      case CannotListenException listen -> print(command, String.valueOf(listen.getMessage()));
      case UncheckedIOException io when io.getCause() instanceof FileSystemException file ->
          print(command, "Can't use %s: %s.".formatted(file.getFile(), reason(file)));
      case FileSystemException file ->
          print(command, "Can't use %s: %s.".formatted(file.getFile(), reason(file)));
      case FileNotFoundException file ->
          print(command, "Can't use %s.".formatted(file.getMessage()));
      default -> throw e;
    }
    return switch (e) {
      case SettingsException settings -> CommandLine.ExitCode.USAGE;
      case RefusedException refused -> CommandLine.ExitCode.USAGE;
      case ProblemException problem -> CommandLine.ExitCode.USAGE;
      case TlsException tls -> CommandLine.ExitCode.USAGE;
      case BadOptionException option -> CommandLine.ExitCode.USAGE;
      case OutOfRangeException option -> CommandLine.ExitCode.USAGE;
      case NoSuchFileException missing -> CommandLine.ExitCode.USAGE;
      default -> CommandLine.ExitCode.SOFTWARE;
    };
  }

  private static String reason(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file";
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException there -> "it is not a folder";
      default -> e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    };
  }

  private static void print(CommandLine command, String sentence) {
    command.getErr().println("framewise: " + sentence);
  }
}
