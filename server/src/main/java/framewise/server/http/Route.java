package framewise.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One call of the API.
 *
 * @param path as {@code openapi.yaml} writes it
 */
public record Route(HandlerType method, String path, Handler handler) {
  public static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, handler);
  }

  public static Route post(String path, Handler handler) {
    return new Route(HandlerType.POST, path, handler);
  }

  public static Route patch(String path, Handler handler) {
    return new Route(HandlerType.PATCH, path, handler);
  }

  /** What is said to OPTIONS beside the methods there are. */
  public static Route options(String path, Handler handler) {
    return new Route(HandlerType.OPTIONS, path, handler);
  }

  public static Route delete(String path, Handler handler) {
    return new Route(HandlerType.DELETE, path, handler);
  }
}
