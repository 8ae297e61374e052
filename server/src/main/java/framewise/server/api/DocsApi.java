package framewise.server.api;

import framewise.server.http.Site;
import framewise.server.http.SiteHandler;
import io.javalin.http.Handler;

/** {@code /openapi.yaml}, and {@code /docs} that shows it. Nothing is fetched from elsewhere. */
public final class DocsApi {
  private final Site site;

  /**
   * @param swaggerUi the version of the library that shows the contract
   */
  public DocsApi(String swaggerUi) {
    this.site =
        Site.ofClassPath("docs")
            .or(Site.ofClassPath("META-INF/resources/webjars/swagger-ui/" + swaggerUi));
  }

  public Handler page() {
    return new SiteHandler(site);
  }

  /** A contract, of those in the folder {@code api}. */
  public static Handler contract(String file) {
    return new SiteHandler(Site.ofClassPath("api"), file);
  }
}
