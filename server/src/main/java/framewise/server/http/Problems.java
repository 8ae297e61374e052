package framewise.server.http;

import framewise.engine.Refusal;
import framewise.engine.RefusedException;
import framewise.engine.files.ObjectStoreException;
import framewise.engine.store.StorageFault;
import framewise.media.memory.MemoryExhaustedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts exceptions of handlers to {@link Problem} responses, and logs unexpected ones. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final ErrorForm form;

  private Problems(ErrorForm form) {
    this.form = form;
  }

  /**
   * Registers the handlers for all exceptions.
   *
   * @param form error format of paths that do not use problem documents
   */
  public static void register(RoutesConfig routes, ErrorForm form) {
    var problems = new Problems(form);
    routes.exception(ProblemException.class, (e, context) -> problems.answer(context, e.problem()));
    routes.exception(
        RefusedException.class, (e, context) -> problems.answer(context, Problem.of(e.refusal())));
    routes.exception(
        MemoryExhaustedException.class,
        (e, context) ->
            problems.answer(
                context, Problem.of(Refusal.of(Refusal.Code.MEMORY_EXHAUSTED, e.sentence()))));
    routes.exception(HttpResponseException.class, problems::answer);
    routes.exception(Exception.class, problems::unexpected);
  }

  /** Replaces the response with a problem. */
  private void answer(Context context, Problem problem) {
    var body = form.body(Optional.of(context.path()), problem);
    problem.retrySeconds().ifPresent(seconds -> context.header("Retry-After", seconds));
    context.status(problem.status());
    context.contentType(body.contentType());
    context.result(body.bytes());
  }

  private void answer(HttpResponseException e, Context context) {
    Problem problem =
        switch (e) {
          case EndpointNotFound unknown ->
              Problem.of(
                  HttpStatus.NOT_FOUND_404,
                  "not_found",
                  "%s %s does not exist: GET /docs lists all calls."
                      .formatted(context.method(), context.path()));
          case MethodNotAllowedResponse wrong -> {
            String allowed = String.join(", ", wrong.getDetails().values());
            context.header("Allow", allowed);
            yield Problem.of(
                HttpStatus.METHOD_NOT_ALLOWED_405,
                "method_not_allowed",
                "%s accepts %s, not %s.".formatted(context.path(), allowed, context.method()));
          }
          default -> Problem.ofStatus(e.getStatus());
        };
    answer(context, problem);
  }

  private void unexpected(Exception e, Context context) {
    // Jetty's exception for a request that violates HTTP, such as a bad chunk in its body.
    if (e instanceof HttpException http && http.getCode() < HttpStatus.INTERNAL_SERVER_ERROR_500) {
      answer(context, Problem.ofStatus(http.getCode()));
      return;
    }
    Optional<IOException> io =
        switch (e) {
          case IOException direct -> Optional.of(direct);
          case UncheckedIOException wrapped -> Optional.ofNullable(wrapped.getCause());
          default -> Optional.empty();
        };
    if (io.filter(StorageFault::isFull).isPresent() && !context.res().isCommitted()) {
      LOG.warn("{} {} failed: {}", context.method(), context.path(), e.toString());
      answer(context, Problem.diskFull());
      return;
    }
    if (io.orElse(null) instanceof ObjectStoreException store && !context.res().isCommitted()) {
      LOG.warn("{} {} failed: {}", context.method(), context.path(), e.toString());
      answer(
          context,
          Problem.of(
              Refusal.of(Refusal.Code.FILES_UNAVAILABLE, String.valueOf(store.getMessage()))));
      return;
    }
    if (io.isPresent()) {
      LOG.warn("{} {} failed: {}", context.method(), context.path(), e.toString());
    } else {
      LOG.error("{} {} failed with an internal error", context.method(), context.path(), e);
    }
    if (!context.res().isCommitted()) {
      answer(context, Problem.internal());
    }
  }
}
