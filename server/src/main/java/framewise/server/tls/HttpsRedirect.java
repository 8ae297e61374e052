package framewise.server.tls;

import framewise.server.http.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Redirects plain HTTP on an HTTPS port to the same URL with {@code https}. The redirect is
 * temporary and keeps the method: browsers remember permanent ones, and TLS may be switched off
 * again. Programs that do not follow redirects get the reason in the body.
 */
final class HttpsRedirect extends Handler.Wrapper {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.isSecure()) {
      return super.handle(request, response, callback);
    }
    String secure = HttpURI.build(request.getHttpURI()).scheme("https").asString();
    byte[] body =
        Problem.of(
                HttpStatus.TEMPORARY_REDIRECT_307,
                "https_required",
                "This port speaks HTTPS: use https:// in place of http://, and wss:// in place of ws://.")
            .json()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(HttpStatus.TEMPORARY_REDIRECT_307);
    response.getHeaders().put(HttpHeader.LOCATION, secure);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.getHeaders().put("Access-Control-Allow-Origin", "*");
    // The unencrypted body is not read, so this ends the connection.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
