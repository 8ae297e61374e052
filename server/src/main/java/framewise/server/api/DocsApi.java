package framewise.server.api;

import framewise.server.http.file.Site;
import framewise.server.http.file.SiteHandler;
import io.javalin.http.Handler;

/** {@code /openapi.yaml}, and {@code /docs}, which displays it. Loads nothing from other hosts. */
public final class DocsApi {
  private final Site site;

  /**
   * @param swaggerUi version of the library that displays the contract
   */
  public DocsApi(String swaggerUi) {
    this.site =
        Site.ofClassPath("docs")
            .or(Site.ofClassPath("META-INF/resources/webjars/swagger-ui/" + swaggerUi));
  }

  public Handler page() {
    return new SiteHandler(site);
  }

  /** A contract from the folder {@code api}. */
  public static Handler contract(String file) {
    return new SiteHandler(Site.ofClassPath("api"), file);
  }
}
