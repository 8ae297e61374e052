package framewise.server.limits;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 with a limit on the number of headers. A limit on their length alone is not enough: 64
 * KB of the shortest headers take 1.8 MB once parsed.
 */
public final class BoundedHttp extends HttpConnectionFactory {
  /** Maximum number of headers of a request. */
  public static final int MAX_HEADERS = 200;

  public BoundedHttp(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(
        new BoundedConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
  }

  private static final class BoundedConnection extends HttpConnection {
    BoundedConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint);
    }

    @Override
    protected RequestHandler newRequestHandler() {
      return new CountingHandler();
    }

    private final class CountingHandler extends RequestHandler {
      private int headers;

      @Override
      public void startRequest(String method, String uri, HttpVersion version) {
        headers = 0;
        super.startRequest(method, uri, version);
      }

      @Override
      public void parsedHeader(HttpField field) {
        if (++headers > MAX_HEADERS) {
          throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
        }
        super.parsedHeader(field);
      }

      @Override
      public void parsedTrailer(HttpField field) {
        if (++headers > MAX_HEADERS) {
          throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
        }
        super.parsedTrailer(field);
      }
    }
  }
}
