package framewise.overshoot.v02;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The stub's reaction to a request. */
interface StubReply {

  void to(Context context) throws Exception;

  static StubReply json(int status, String body) {
    return context -> context.status(status).contentType("application/json").result(body);
  }

  static StubReply html(int status) {
    return context ->
        context
            .status(status)
            .contentType("text/html")
            .result("<html><h1>Nothing here</h1></html>");
  }

  static StubReply empty(int status) {
    return context -> context.status(status);
  }

  /** Sends nothing until the latch opens. */
  static StubReply hang(CountDownLatch until) {
    return context -> until.await();
  }

  /** Sends the headers and half of the body, then nothing until the latch opens. */
  static StubReply hangInBody(CountDownLatch until) {
    return context -> {
      context.res().setContentType("application/json");
      context.res().setContentLength(100);
      context.res().getOutputStream().write("{\"stream".getBytes(StandardCharsets.UTF_8));
      context.res().flushBuffer();
      until.await();
    };
  }

  /** Cuts the connection instead of answering. */
  static StubReply cut() {
    return context -> cutNow(context);
  }

  /** Cuts the connection in the middle of the body. */
  static StubReply cutInBody() {
    return context -> {
      context.res().setContentType("application/json");
      context.res().setContentLength(100);
      context.res().getOutputStream().write("{\"stream".getBytes(StandardCharsets.UTF_8));
      context.res().flushBuffer();
      cutNow(context);
    };
  }

  private static void cutNow(Context context) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }
}
