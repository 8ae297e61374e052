package framewise.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One call of the API.
 *
 * @param path as in {@code openapi.yaml}
 * @param access required access level
 */
public record Route(HandlerType method, String path, RouteAccess access, Handler handler) {
  public static Route get(String path, RouteAccess access, Handler handler) {
    return new Route(HandlerType.GET, path, access, handler);
  }

  public static Route post(String path, RouteAccess access, Handler handler) {
    return new Route(HandlerType.POST, path, access, handler);
  }

  public static Route patch(String path, RouteAccess access, Handler handler) {
    return new Route(HandlerType.PATCH, path, access, handler);
  }

  /** Response to OPTIONS in addition to the allowed methods; open to every caller. */
  public static Route options(String path, Handler handler) {
    return new Route(HandlerType.OPTIONS, path, RouteAccess.PUBLIC, handler);
  }

  public static Route delete(String path, RouteAccess access, Handler handler) {
    return new Route(HandlerType.DELETE, path, access, handler);
  }
}
