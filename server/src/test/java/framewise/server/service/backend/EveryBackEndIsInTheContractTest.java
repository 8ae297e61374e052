package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.server.service.AllBackends;
import framewise.vision.Backend;
import framewise.vision.UnavailableBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A declared back end appears in the API's contract and in the console. */
class EveryBackEndIsInTheContractTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root"));

  @Test
  void openApiListsThemInOrder() throws IOException {
    JsonNode contract =
        new ObjectMapper(new YAMLFactory())
            .readTree(Files.readString(ROOT.resolve("server/src/main/resources/api/openapi.yaml")));
    List<String> named = new ArrayList<>();
    contract.at("/components/schemas/BackendName/enum").forEach(name -> named.add(name.asText()));
    assertThat(named).isEqualTo(names());
  }

  @Test
  void theConsoleHasLabels() throws IOException {
    String labels =
        Files.readString(ROOT.resolve("console/src/main/resources/console/look/backend-name.js"));
    for (String name : names()) {
      assertThat(labels).contains("\n  " + name + ": ");
    }
  }

  private static List<String> names() {
    var builtin = new UnavailableBackend("builtin", "not loaded here");
    try (var all = new AllBackends(settings(), builtin, backend -> backend)) {
      return all.backends().all().stream().map(Backend::name).toList();
    }
  }

  private static Settings settings() {
    try {
      return Settings.read(Map.of("FRAMEWISE_FIND_LOCAL", "off"));
    } catch (SettingsException e) {
      throw new AssertionError(e);
    }
  }
}
