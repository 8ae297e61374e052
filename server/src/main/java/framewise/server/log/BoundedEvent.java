package framewise.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** An event whose message and exceptions are bounded, because they may quote clients. */
record BoundedEvent(ILoggingEvent of) implements ILoggingEvent {
  @Override
  public String getFormattedMessage() {
    return BoundedText.line(of.getFormattedMessage());
  }

  @Override
  public @Nullable IThrowableProxy getThrowableProxy() {
    return BoundedFailure.of(of.getThrowableProxy());
  }

  @Override
  public String getThreadName() {
    return of.getThreadName();
  }

  @Override
  public Level getLevel() {
    return of.getLevel();
  }

  @Override
  public String getMessage() {
    return of.getMessage();
  }

  @Override
  public Object[] getArgumentArray() {
    return of.getArgumentArray();
  }

  @Override
  public String getLoggerName() {
    return of.getLoggerName();
  }

  @Override
  public LoggerContextVO getLoggerContextVO() {
    return of.getLoggerContextVO();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return of.getCallerData();
  }

  @Override
  public boolean hasCallerData() {
    return of.hasCallerData();
  }

  @Override
  public List<Marker> getMarkerList() {
    return of.getMarkerList();
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    return of.getMDCPropertyMap();
  }

  @Override
  @Deprecated
  public Map<String, String> getMdc() {
    return of.getMDCPropertyMap();
  }

  @Override
  public long getTimeStamp() {
    return of.getTimeStamp();
  }

  @Override
  public int getNanoseconds() {
    return of.getNanoseconds();
  }

  @Override
  public Instant getInstant() {
    return of.getInstant();
  }

  @Override
  public long getSequenceNumber() {
    return of.getSequenceNumber();
  }

  @Override
  public List<KeyValuePair> getKeyValuePairs() {
    return of.getKeyValuePairs();
  }

  @Override
  public void prepareForDeferredProcessing() {
    of.prepareForDeferredProcessing();
  }
}
