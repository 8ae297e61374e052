package framewise.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import framewise.server.config.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example files for several nodes are valid, and match each other and the program. */
class ClusterFilesNameWhatExistsTest {
  private static final Path CLUSTER =
      Path.of(System.getProperty("framewise.root")).resolve("operations/cluster");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

  @Test
  void everyNamedSettingExists() throws IOException {
    Set<String> known = SettingKey.all().stream().map(SettingKey::name).collect(Collectors.toSet());
    for (String file : List.of("compose.yaml", "kubernetes.yaml")) {
      String text = Files.readString(CLUSTER.resolve(file));
      Set<String> named =
          Pattern.compile("\\bFRAMEWISE_[A-Z0-9_]+")
              .matcher(text)
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(named)
          .as(file)
          .isSubsetOf(known)
          .contains(
              "FRAMEWISE_CLUSTER_KEY",
              "FRAMEWISE_DATABASE",
              "FRAMEWISE_FILES",
              "FRAMEWISE_NODE_URL");
    }
  }

  @Test
  void composeHasThreeNodesADatabaseAndAProxy() throws IOException {
    JsonNode services =
        new ObjectMapper(new YAMLFactory())
            .readTree(Files.readString(CLUSTER.resolve("compose.yaml")))
            .path("services");
    assertThat(services.propertyStream().map(one -> one.getKey()))
        .containsExactlyInAnyOrder("node-1", "node-2", "node-3", "database", "proxy");
    String proxy = Files.readString(CLUSTER.resolve("nginx.conf"));
    for (String node : NODES) {
      assertThat(services.path(node).at("/environment/FRAMEWISE_NODE_URL").asText())
          .isEqualTo("http://%s:8000".formatted(node));
      assertThat(services.path(node).path("volumes").toString())
          .contains("files:/files", node + ":/data");
      assertThat(proxy).contains("server %s:8000 ".formatted(node));
    }
    assertThat(services.at("/proxy/ports/0").asText()).startsWith("127.0.0.1:");
    assertThat(proxy)
        .contains("proxy_set_header X-Framewise-Forwarded \"\";", "proxy_buffering off;");
    assertThat(proxy.chars().filter(c -> c == '{').count())
        .isEqualTo(proxy.chars().filter(c -> c == '}').count());
  }

  @Test
  void kubernetesHasProbesAndAGracePeriod() throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class)
            .readValues(Files.readString(CLUSTER.resolve("kubernetes.yaml")))) {
      List<JsonNode> all = documents.readAll();
      assertThat(all)
          .extracting(one -> one.path("kind").asText())
          .containsExactly(
              "PersistentVolumeClaim", "Service", "Service", "PodDisruptionBudget", "StatefulSet");
      JsonNode set = all.getLast().path("spec");
      assertThat(set.path("replicas").asInt()).isEqualTo(3);
      assertThat(set.path("serviceName").asText())
          .isEqualTo(all.get(1).at("/metadata/name").asText());
      JsonNode pod = set.at("/template/spec");
      assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(30);
      JsonNode container = pod.at("/containers/0");
      assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
      assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
      assertThat(container.path("volumeMounts").valueStream().map(one -> one.path("name").asText()))
          .containsExactly("data", "files", "tmp");
    }
  }
}
