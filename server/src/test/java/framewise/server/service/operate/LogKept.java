package framewise.server.service.operate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Captures all log lines, at the finest level of the project's own, until it is closed. */
public final class LogKept implements AutoCloseable {
  private final ListAppender<ILoggingEvent> kept = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("framewise");

  public LogKept() {
    kept.start();
    root.addAppender(kept);
    own.setLevel(Level.TRACE);
  }

  /** The captured lines; call it after closing. */
  public List<String> lines() {
    return kept.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    root.detachAppender(kept);
    own.setLevel(Level.INFO);
  }
}
