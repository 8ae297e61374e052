package framewise.server.http.file;

import framewise.server.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Handler that serves a {@link Site} under a path that ends in {@code /<path>}, or one file of it.
 */
public final class SiteHandler implements Handler {
  public static final String PATH = "path";

  private final Site site;
  private final String standard;

  /** Serves the file at the path, or the site's {@code index.html}. */
  public SiteHandler(Site site) {
    this(site, "");
  }

  /**
   * @param standard file to serve where the path is empty
   */
  public SiteHandler(Site site, String standard) {
    this.site = site;
    this.standard = standard;
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
    context.header(
        "Content-Security-Policy",
        "default-src 'self'; connect-src *; img-src 'self' data: blob: *; media-src * blob:;"
            + " style-src 'self' 'unsafe-inline'; script-src 'self'"
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
}
