package framewise.server.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers with a {@link Problem} where Jetty refuses a request before any handler gets it. */
public final class ProblemPages extends ErrorHandler {
  private final ErrorForm form;
  private final PageHeaders pages;

  /**
   * @param form error format of paths that do not use problem documents
   * @param pages page rules, so that pages on other origins can read these errors too
   */
  public ProblemPages(ErrorForm form, PageHeaders pages) {
    this.form = form;
    this.pages = pages;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Problem problem = Problem.ofStatus(response.getStatus());
    Optional<String> path = Optional.ofNullable(request.getHttpURI().getPath());
    var body = form.body(path, problem);
    pages
        .headers(path.orElse(""), Optional.ofNullable(request.getHeaders().get("Origin")))
        .forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, body.contentType());
    response.write(true, ByteBuffer.wrap(body.bytes()), callback);
    return true;
  }
}
