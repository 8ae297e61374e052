package framewise.server.cluster;

import framewise.server.access.Caller;
import framewise.server.access.ForwardedCallers;
import framewise.server.http.Problem;
import framewise.server.http.SignedBody;
import framewise.time.WallClock;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks the signatures of forwarded calls. Safe for any number of threads. */
public final class SignedCallers implements ForwardedCallers {
  private final ForwardSignature signature;
  private final Supplier<String> node;
  private final WallClock clock;

  /**
   * @param node id of this node
   */
  public SignedCallers(ForwardSignature signature, Supplier<String> node, WallClock clock) {
    this.signature = signature;
    this.node = node;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> of(Context context) {
    String header = context.header(ForwardSignature.HEADER);
    if (header == null) {
      return Optional.empty();
    }
    try {
      var call =
          ForwardSignature.Call.of(
              context.req().getMethod(), target(context), SignedBody.keep(context));
      Optional<String> token = signature.verify(header, call, node.get(), clock.now());
      Optional<Caller> caller = token.flatMap(CallerToken::read);
      if (caller.isEmpty()) {
        throw Problem.of(
                HttpStatus.UNAUTHORIZED.getCode(),
                "bad_signature",
                "The signature of this forwarded call is not accepted: it is wrong, older than 30 s,"
                    + " for another node, or was used before. Nodes need the same"
                    + " FRAMEWISE_CLUSTER_KEY and the right time.")
            .asException();
      }
      ForwardedCallers.accepted(
          context, token.flatMap(CallerToken::key), token.flatMap(CallerToken::address));
      return caller;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Path and query, as they were sent. */
  static String target(Context context) {
    String query = context.req().getQueryString();
    return context.req().getRequestURI() + (query == null ? "" : "?" + query);
  }
}
