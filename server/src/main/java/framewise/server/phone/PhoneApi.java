package framewise.server.phone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.tls.Identity;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;

/** Returns the console's address for phones, and its QR code. */
public final class PhoneApi {
  private final Supplier<PhoneAccess> access;

  /**
   * @param access called for every request, because a machine's addresses change
   */
  public PhoneApi(Supplier<PhoneAccess> access) {
    this.access = access;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/phone", RouteAccess.VIEWER, this::phone),
        Route.get("/phone.svg", RouteAccess.VIEWER, this::code));
  }

  private void phone(Context context) {
    PhoneAccess now = access.get();
    var json = Reply.object();
    json.put("secure", now.isSecure());
    json.put("advice", now.advice());
    var urls = json.putArray("urls");
    now.urls().forEach(urls::add);
    now.identity().ifPresent(identity -> describe(identity, json.putObject("certificate")));
    Reply.json(context, json);
  }

  private static void describe(Identity identity, ObjectNode json) {
    json.put("self_signed", identity.isSelfSigned());
    json.put("sha256", identity.fingerprint());
    json.put("expires_at", identity.expires().toString());
  }

  private void code(Context context) {
    List<String> urls = access.get().urls();
    Optional<String> asked = Optional.ofNullable(context.queryParam("url"));
    if (asked.isPresent() && !urls.contains(asked.get())) {
      throw Refusal.field("url", "url must be one of the URLs that GET /phone returns.")
          .asException();
    }
    String url =
        asked
            .or(() -> urls.stream().findFirst())
            .orElseThrow(
                () ->
                    Problem.of(HttpStatus.NOT_FOUND_404, "not_found", access.get().advice())
                        .asException());
    context.header("Cache-Control", "no-store");
    context.contentType("image/svg+xml");
    context.result(QrCode.of(url).svg().getBytes(StandardCharsets.UTF_8));
  }
}
