package framewise.server.http.file;

import framewise.server.config.network.Origins;
import framewise.server.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Handler that serves a {@link Site} under a path that ends in {@code /<path>}, or one file of it.
 */
public final class SiteHandler implements Handler {
  public static final String PATH = "path";

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,300}");

  private final Site site;
  private final String standard;

  /** Origins, in addition to the site's own, that its pages may use. */
  private final Origins others;

  /** Serves the file at the path, or the site's {@code index.html}. */
  public SiteHandler(Site site) {
    this(site, "");
  }

  /**
   * @param standard file to serve where the path is empty
   */
  public SiteHandler(Site site, String standard) {
    this(site, standard, Origins.NONE);
  }

  private SiteHandler(Site site, String standard, Origins others) {
    this.site = site;
    this.standard = standard;
    this.others = others;
  }

  /**
   * The same site, whose pages may use services of these origins as well: the console can show the
   * sessions of another Framewise service.
   */
  public SiteHandler reaching(Origins origins) {
    return new SiteHandler(site, standard, origins);
  }

  @Override
  public void handle(Context context) throws IOException {
    String path = Optional.ofNullable(context.pathParamMap().get(PATH)).orElse(standard);
    Asset asset =
        site.find(path)
            .orElseThrow(
                () ->
                    Problem.of(
                            HttpStatus.NOT_FOUND_404,
                            "not_found",
                            "There is no file at %s.".formatted(context.path()))
                        .asException());
    String services = others();
    context.header(
        "Content-Security-Policy",
        "default-src 'self'; connect-src 'self'"
            + sockets(context)
            + services
            + "; img-src 'self' data: blob:"
            + services
            + "; media-src 'self' blob:"
            + services
            + "; style-src 'self' 'unsafe-inline'; script-src 'self'"
            + asset.scripts()
            + "; frame-ancestors 'none'; base-uri 'self'; form-action 'self'");
    context.header("ETag", asset.etag());
    context.header("Cache-Control", "no-cache");
    if (asset.etag().equals(context.header("If-None-Match"))) {
      context.status(HttpStatus.NOT_MODIFIED_304);
      return;
    }
    context.contentType(asset.contentType());
    context.result(asset.bytes());
  }

  /** Older browsers do not count WebSockets as 'self'. The guard has checked the host. */
  private static String sockets(Context context) {
    return Optional.ofNullable(context.header("Host"))
        .filter(host -> HOST.matcher(host).matches())
        .map(host -> " ws://%s wss://%s".formatted(host, host))
        .orElse("");
  }

  private String others() {
    return others
        .listed()
        .map(
            origins ->
                origins.stream()
                    .map(origin -> " " + origin + " " + origin.replaceFirst("^http", "ws"))
                    .collect(Collectors.joining()))
        .orElse(" *");
  }
}
