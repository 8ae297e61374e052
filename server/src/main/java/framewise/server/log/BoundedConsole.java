package framewise.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

/** Writes events to the console, each with a limited length. */
final class BoundedConsole extends ConsoleAppender<ILoggingEvent> {
  @Override
  protected void subAppend(ILoggingEvent event) {
    super.subAppend(new BoundedEvent(event));
  }
}
