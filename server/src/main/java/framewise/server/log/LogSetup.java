package framewise.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import framewise.server.config.LogFormat;
import framewise.server.config.LogLevel;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Configures the log, one line per event on standard error, without XML, which takes a tenth of a
 * second to parse at every start. Logback finds it through its service file.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String OWN = "framewise";

  /**
   * Libraries that log faults of requests, which clients get as errors: JSON that does not match a
   * schema, and messages of agents.
   */
  private static final List<String> SILENCED_LIBRARIES =
      List.of("com.networknt", "io.modelcontextprotocol");

  /**
   * Jetty's writer of WebSocket frames, which warns with a long stack trace when a client leaves
   * before its last frame is written.
   */
  private static final String FRAME_WRITER =
      "org.eclipse.jetty.websocket.core.WebSocketCoreSession$Flusher";

  private static final String APPENDER = "stderr";

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} request=%X{request:--} session=%X{session:--}"
          + " %msg%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var appender = new BoundedConsole();
    appender.setContext(context);
    appender.setName(APPENDER);
    appender.setTarget("System.err");
    appender.setEncoder(started(context, LogFormat.TEXT));
    appender.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger(OWN).setLevel(Level.INFO);
    SILENCED_LIBRARIES.forEach(library -> context.getLogger(library).setLevel(Level.OFF));
    context.getLogger(FRAME_WRITER).setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Sets the format of later lines. */
  public static void setFormat(LogFormat format) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> console) {
      console.stop();
      console.setEncoder(started(context, format));
      console.start();
    }
  }

  /** Sets the verbosity; libraries stay quiet except at the most verbose level. */
  public static void setLevel(LogLevel level) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(OWN).setLevel(Level.valueOf(level.name()));
    if (level == LogLevel.ERROR || level == LogLevel.TRACE) {
      Level everything = level == LogLevel.TRACE ? Level.DEBUG : Level.ERROR;
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(everything);
      context.getLogger(FRAME_WRITER).setLevel(everything);
    }
  }

  /** Encoder of a format, ready to write. */
  static Encoder<ILoggingEvent> started(LoggerContext context, LogFormat format) {
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> {
            var text = new PatternLayoutEncoder();
            text.setPattern(PATTERN);
            yield text;
          }
          case JSON -> {
            var json = new JsonEncoder();
            json.setWithSequenceNumber(false);
            json.setWithNanoseconds(false);
            json.setWithContext(false);
            json.setWithMessage(false);
            json.setWithArguments(false);
            json.setWithFormattedMessage(true);
            yield json;
          }
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
