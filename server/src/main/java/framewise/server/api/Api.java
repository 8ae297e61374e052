package framewise.server.api;

import framewise.server.guard.Cors;
import framewise.server.guard.RequestGuard;
import framewise.server.http.Admission;
import framewise.server.http.ErrorForm;
import framewise.server.http.OpenSockets;
import framewise.server.http.Problem;
import framewise.server.http.ProblemPages;
import framewise.server.http.Problems;
import framewise.server.http.RequestId;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.SecurityHeaders;
import framewise.server.http.Socket;
import framewise.server.limits.BoundedHttp;
import framewise.server.limits.Connections;
import framewise.server.limits.UnreadBodies;
import framewise.server.tls.Https;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.RequestLogger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server with its routes and the rules that apply to all of them. */
public final class Api {
  /** Maximum length of a client's message on the socket; such messages are ignored. */
  private static final int MAX_SOCKET_MESSAGE_LENGTH = 64 << 10;

  /** Room for a WHIP publisher's query with several prompts and their schemas. */
  private static final int MAX_HEAD_LENGTH = Problem.MAX_HEAD_KB << 10;

  private static final String ANY_FILE = "<path>";

  private static final Duration SOCKET_IDLE = Duration.ofMinutes(5);

  /** Wait for clients to close their sockets when the service stops. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** Wait for requests in flight when the service stops. */
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(5);

  /** Idle time after which a kept-alive connection is closed when the service stops. */
  private static final Duration IDLE_AT_STOP = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private Api() {}

  /**
   * A server that is not started yet.
   *
   * @param https TLS configuration; empty for plain HTTP
   * @param connections limits connections of clients
   * @param guard filters every call and socket
   * @param cors sets the headers that browsers require
   * @param routes all calls; HEAD uses the handler of GET, and OPTIONS is answered for all
   * @param admission authorizes each call
   * @param form error format of paths that do not use problem documents
   * @param logger called for every answered request
   * @param stopping run first on stop
   */
  public static Javalin create(
      String host,
      int port,
      Optional<Https> https,
      Connections connections,
      RequestGuard guard,
      Cors cors,
      List<Route> routes,
      List<Socket> sockets,
      Admission admission,
      ErrorForm form,
      RequestLogger logger,
      Runnable stopping) {
    var open = new OpenSockets();
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.concurrency.useVirtualThreads = true;
          config.http.prefer405over404 = true;
          config.router.ignoreTrailingSlashes = false;
          config.router.javaLangErrorHandler(
              (response, error) -> {
                LOG.error("A request failed with an internal error", error);
                response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR_500);
              });
          // Some clients write the base URL with a slash at its end and add another one.
          config.router.treatMultipleSlashesAsSingleSlash = true;
          jetty(config, () -> new ProblemPages(form, cors));
          config.jetty.addConnector(
              (server, http) -> {
                ServerConnector connector = connector(server, new BoundedHttp(http), https);
                connector.setHost(host);
                connector.setPort(port);
                server.insertHandler(guard);
                server.insertHandler(new UnreadBodies());
                connector.addEventListener(connections);
                server.insertHandler(connections);
                return connector;
              });
          config.requestLogger.http(logger);
          config.routes.before(new RequestId());
          config.routes.before(new SecurityHeaders());
          config.routes.before(cors);
          Problems.register(config.routes, form);
          register(config, routes, admission);
          config.routes.wsBefore(open);
          sockets.forEach(socket -> register(config, socket, admission));
          config.events.serverStopping(
              () -> {
                stopping.run();
                open.close(CLOSE_TIMEOUT);
              });
        });
  }

  private static ServerConnector connector(
      Server server, HttpConnectionFactory http, Optional<Https> https) {
    return https
        .map(secure -> secure.connector(server, http))
        .orElseGet(() -> new ServerConnector(server, http));
  }

  private static void jetty(JavalinConfig config, Supplier<ErrorHandler> errors) {
    config.jetty.modifyServer(
        server -> {
          server.setErrorHandler(errors.get());
          server.setStopTimeout(LAST_REQUESTS.toMillis());
          server.addEventListener(
              new LifeCycle.Listener() {
                @Override
                public void lifeCycleStarted(LifeCycle started) {
                  for (Connector connector : server.getConnectors()) {
                    ((AbstractConnector) connector).setShutdownIdleTimeout(IDLE_AT_STOP.toMillis());
                  }
                }
              });
        });
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setRequestHeaderSize(MAX_HEAD_LENGTH);
          // A redirect and the response to a preflight repeat parts of the request's.
          http.setMaxResponseHeaderSize(2 * MAX_HEAD_LENGTH);
        });
    config.jetty.modifyServletContextHandler(
        context -> {
          context.setErrorHandler(errors.get());
          context.setSessionHandler(noSessions());
          context.addEventListener(
              new LifeCycle.Listener() {
                @Override
                public void lifeCycleStarting(LifeCycle starting) {
                  neverCompress(context);
                }
              });
        });
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setMaxTextMessageSize(MAX_SOCKET_MESSAGE_LENGTH);
          factory.setMaxBinaryMessageSize(MAX_SOCKET_MESSAGE_LENGTH);
          factory.setIdleTimeout(SOCKET_IDLE);
        });
  }

  /**
   * Messages of sockets are short, and compressing them takes 400 KB of native memory for each
   * client, outside the memory budget.
   */
  private static void neverCompress(ServletContextHandler context) {
    WebSocketServerComponents.ensureWebSocketComponents(context.getServer(), context)
        .getExtensionRegistry()
        .unregister("permessage-deflate");
  }

  /**
   * Javalin creates an HTTP session for each upgrade, which Jetty would keep for ever: disable
   * them.
   */
  private static SessionHandler noSessions() {
    var sessions = new SessionHandler();
    sessions.setUsingCookies(false);
    sessions.setUsingUriParameters(false);
    var cache = new NullSessionCache(sessions);
    cache.setSessionDataStore(new NullSessionDataStore());
    sessions.setSessionCache(cache);
    return sessions;
  }

  private static void register(JavalinConfig config, Socket socket, Admission admission) {
    config.routes.wsBeforeUpgrade(
        socket.path(),
        context -> {
          // Every other response has these headers, and a refusal is a response too.
          new SecurityHeaders().handle(context);
          if (admission.admit(context, socket.access())) {
            socket.before().handle(context);
          }
        });
    config.routes.ws(socket.path(), socket.handler());
  }

  private static void register(JavalinConfig config, List<Route> routes, Admission admission) {
    Map<String, TreeSet<String>> methods = new TreeMap<>();
    Map<String, Handler> options = new TreeMap<>();
    for (Route route : routes) {
      if (route.method().equals(HandlerType.OPTIONS)) {
        options.put(route.path(), route.handler());
        continue;
      }
      Handler handler = guarded(route.access(), admission, route.handler());
      if (route.path().endsWith(ANY_FILE)) {
        // The folder itself: the parameter does not match an empty path.
        String page = route.path().substring(0, route.path().length() - ANY_FILE.length());
        config.routes.addHttpHandler(route.method(), page, handler);
        config.routes.addHttpHandler(HandlerType.HEAD, page, handler);
      }
      config.routes.addHttpHandler(route.method(), route.path(), handler);
      var known = methods.computeIfAbsent(route.path(), path -> new TreeSet<>(List.of("OPTIONS")));
      known.add(route.method().name());
      if (route.method().equals(HandlerType.GET)) {
        config.routes.addHttpHandler(HandlerType.HEAD, route.path(), handler);
        known.add("HEAD");
      }
    }
    methods.forEach(
        (path, known) ->
            config.routes.options(
                path,
                guarded(
                    RouteAccess.PUBLIC,
                    admission,
                    context -> {
                      options(context, String.join(", ", known));
                      options.getOrDefault(path, nothingMore -> {}).handle(context);
                    })));
  }

  private static Handler guarded(RouteAccess access, Admission admission, Handler handler) {
    return context -> {
      if (admission.admit(context, access)) {
        handler.handle(context);
      }
    };
  }

  private static void options(Context context, String allowed) {
    context.header("Allow", allowed);
    context.status(HttpStatus.NO_CONTENT_204);
  }
}
