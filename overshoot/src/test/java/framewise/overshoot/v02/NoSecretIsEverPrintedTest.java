package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import framewise.overshoot.OvershootException;
import framewise.overshoot.wire.Feedback;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Every kind of failure occurs, with a service that repeats the key wherever it can. */
class NoSecretIsEverPrintedTest extends StubTest {

  private final Queue<String> printed = new ConcurrentLinkedQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("framewise");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          printed.add(event.getFormattedMessage());
          if (event.getThrowableProxy() != null) {
            printed.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
          }
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.setLevel(Level.TRACE);
    logger.addAppender(appender);
  }

  @AfterEach
  void hush() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  @Test
  void notInLogsErrorsOrTexts() throws Exception {
    String echo = "key " + KEY + " is bad " + "x".repeat(270) + KEY;
    for (int status : new int[] {400, 401, 402, 403, 404, 409, 410, 422, 429, 500, 302}) {
      stub.once(
          StubService.CREATE,
          StubReply.json(
              status,
              "{\"error\":\"e "
                  + KEY
                  + "\",\"message\":\""
                  + echo
                  + "\",\"request_id\":\""
                  + KEY
                  + "\",\"details\":{\"k\":\""
                  + KEY
                  + "\"}}"));
      note(() -> open());
    }
    stub.once(StubService.CREATE, StubReply.json(200, "{\"" + KEY + "\":" + KEY));
    note(() -> open());
    stub.once(StubService.CREATE, StubReply.json(200, "{\"stream_id\":{\"a\":\"" + KEY + "\"}}"));
    note(() -> open());
    stub.once(StubService.CREATE, StubReply.cut());
    note(() -> open());

    OvershootStream stream = open();
    SocketPeer peer = stub.socket();
    peer.send("garbage " + KEY);
    stub.once(StubService.KEEPALIVE, StubReply.json(500, "{\"error\":\"" + echo + "\"}"));
    time.passAlarm(Duration.ofSeconds(150));
    printed.add(RecordingStreamListener.next(heard.dangers).toString());
    stub.once(StubService.FEEDBACK, StubReply.json(422, "{\"error\":\"" + echo + "\"}"));
    note(() -> stream.sendFeedback(new Feedback(1, "c", "")));
    peer.close(1011, "no " + KEY);
    printed.add(RecordingStreamListener.next(heard.losses).toString());
    time.passAlarm(Duration.ofSeconds(1));
    stub.socket().close(1008, "revoked: " + KEY);
    V02StreamEnd end = heard.end();
    printed.add(end.toString() + end.text());
    stub.always(StubService.HEALTH, context -> context.result(echo));
    printed.add(client.health());
    printed.add(settings().toString());
    printed.add(stream.toString() + client + stream.counts());

    assertThat(printed).hasSizeGreaterThan(20);
    assertThat(printed.stream().filter(text -> text.contains("swordfish")).toList()).isEmpty();
    assertThat(printed.stream().collect(Collectors.joining())).contains("***");
    // A shortened text must not end with the beginning of the key either.
    assertThat(printed.stream().filter(text -> text.contains("ovs_"))).isEmpty();
  }

  private void note(Runnable call) {
    try {
      call.run();
      throw new AssertionError("It should have failed");
    } catch (OvershootException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      printed.add(trace.toString());
      printed.add(e + String.valueOf(e.requestId()));
    }
  }
}
