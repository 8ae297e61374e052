package framewise.server.service.contract;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.http.Route;
import framewise.server.service.Build;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API for apps of v1beta keeps the contract {@code v1beta.yaml}, under each base path. */
class V1betaContractHoldsTest {
  private static final Contract CONTRACT = new Contract("v1beta.yaml", "/v1beta");

  @TempDir Path folder;

  @Test
  void itListsExactlyTheRoutesAndTheirRoles() throws Exception {
    var promised = new TreeSet<String>();
    CONTRACT
        .document()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) -> {
                          String role =
                              operation.getSecurity().isEmpty()
                                  ? "public"
                                  : operation.getSecurity().getFirst().keySet().iterator().next();
                          boolean ofRoot = path.startsWith("/billing") || path.startsWith("/rtc");
                          List<String> bases = ofRoot ? List.of("") : List.of("/v1beta", "/v1");
                          bases.forEach(
                              base -> promised.add(method + " " + base + path + " " + role));
                        }));
    var registered = new TreeSet<String>();
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      for (Route route : service.v1betaRoutes()) {
        registered.add(
            "%s %s %s"
                .formatted(
                    route.method(),
                    route.path().replace("<path>", "{path}"),
                    route.access().name().toLowerCase(java.util.Locale.ROOT)));
      }
    }
    assertThat(registered).hasSizeGreaterThan(15);
    assertThat(promised).isEqualTo(registered);
    assertThat(CONTRACT.document().getInfo().getVersion()).isEqualTo(Build.current().version());
  }
}
