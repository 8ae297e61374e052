package framewise.server.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exception in the log, whose message may quote a client: the message is one line, so that it
 * can't imitate another log line, and its length is limited.
 */
record BoundedFailure(IThrowableProxy of) implements IThrowableProxy {
  static @Nullable IThrowableProxy of(@Nullable IThrowableProxy failure) {
    return failure == null ? null : new BoundedFailure(failure);
  }

  @Override
  public @Nullable String getMessage() {
    String message = of.getMessage();
    return message == null ? null : BoundedText.line(message);
  }

  @Override
  public String getClassName() {
    return of.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return of.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return of.getCommonFrames();
  }

  @Override
  public @Nullable IThrowableProxy getCause() {
    return of(of.getCause());
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return Stream.of(of.getSuppressed()).map(BoundedFailure::new).toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return of.isCyclic();
  }
}
