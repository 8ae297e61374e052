package framewise.server.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import framewise.server.config.LogLevel;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log, one line an event on standard error, without the XML that would take a tenth of
 * a second to read at every start. Logback finds it by its service file.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String OWN = "framewise";

  /** Checks schemas: what it logs as errors are faults of requests. */
  private static final String TOLD_TO_CLIENTS = "com.networknt";

  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger(OWN).setLevel(Level.INFO);
    context.getLogger(TOLD_TO_CLIENTS).setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Sets how much is logged; libraries stay quiet unless everything is asked for. */
  public static void setLevel(LogLevel level) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(OWN).setLevel(Level.valueOf(level.name()));
    if (level == LogLevel.ERROR || level == LogLevel.TRACE) {
      Level everything = level == LogLevel.TRACE ? Level.DEBUG : Level.ERROR;
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(everything);
    }
  }
}
