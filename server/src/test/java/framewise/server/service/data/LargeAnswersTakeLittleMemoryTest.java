package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.service.ChildService;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Regression: a bundle of 2.5 MB with 300 MB of answers ended a service with 256 MB of heap. */
@Timeout(180)
class LargeAnswersTakeLittleMemoryTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_LENGTH = 256 << 10;

  @TempDir Path folder;
  private byte[] small = new byte[0];

  @BeforeEach
  void makeBundle() throws Exception {
    try (var service = RunningService.on(folder.resolve("maker"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id =
          client.stream(TestVideos.moving(folder, 2), "{\"prompt\":\"a\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();
      small = client.sendForBytes(client.to("/sessions/" + id + "/bundle.zip").GET()).body();
    }
  }

  @Test
  void bundlesWithAnswersTooLongAreRefused() throws Exception {
    try (var service = start("-Xmx256m")) {
      HttpResponse<String> refused = open(service.client(), bundle(300, 1_000_000, 0));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
      assertThat(TestClient.json(refused).path("detail").asText())
          .contains("its result has 1,000,000 characters, and at most 262,144 are allowed");
      HttpResponse<String> dense = open(service.client(), bundle(50, 10, 300_000));
      assertThat(dense.statusCode()).as(dense.body()).isEqualTo(422);
      assertThat(service.client().get("/health/live").statusCode()).isEqualTo(200);
      assertThat(TestClient.json(service.client().get("/sessions")).path("sessions")).isEmpty();
    }
  }

  @Test
  void theLongestAnswersAreReadInPagesBySize() throws Exception {
    try (var service = start("-Xmx128m")) {
      TestClient client = service.client();
      int many = 200;
      HttpResponse<String> opened = open(client, bundle(many, MAX_LENGTH, 0));
      assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
      String id = TestClient.json(opened).path("session_id").asText();
      String path = "/sessions/" + id;

      long since = 0;
      int found = 0;
      boolean more = true;
      while (more) {
        HttpResponse<String> page = client.get(path + "/results?limit=1000&since=" + since);
        assertThat(page.body().length()).isBetween(1_000, 2 << 20);
        JsonNode json = TestClient.json(page);
        assertThat(json.path("results")).isNotEmpty();
        found += json.path("results").size();
        since = json.path("last_seq").asLong();
        more = json.path("more").asBoolean();
      }
      assertThat(found).isEqualTo(many);

      JsonNode resource =
          client
              .mcp(
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"framewise://sessions/%s/answers\"}}"
                      .formatted(id))
              .at("/result/contents/0");
      assertThat(resource.path("_meta").path("framewise/whole").asBoolean(true)).isFalse();
      List<String> lines = resource.path("text").asText().lines().toList();
      assertThat(lines).hasSizeBetween(2, 4);
      assertThat(JSON.readTree(lines.getLast()).path("clip").path("index").asInt())
          .isEqualTo(many - 1);
      for (String call :
          new String[] {
            "\"search_answers\",\"arguments\":{\"query\":\"evil\",\"limit\":50}",
            "\"get_recap\",\"arguments\":{\"stream\":\"%s\"}".formatted(id)
          }) {
        JsonNode reply =
            client.mcp(
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":%s}}"
                    .formatted(call));
        assertThat(reply.has("result")).as(reply.toString()).isTrue();
        assertThat(reply.at("/result/isError").asBoolean()).as(reply.toString()).isFalse();
      }
      for (String other :
          new String[] {
            "/results.csv", "/results.jsonl", "/results.vtt", "/recap", "/bundle.zip", "/lookbacks"
          }) {
        assertThat(passed(client, path + other)).as(other).isPositive();
      }
      assertThat(client.get("/search?q=evil&hits=50").statusCode()).isEqualTo(200);
      assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  private ChildService start(String heap) throws Exception {
    return ChildService.start(
        folder.resolve("data"), Map.of(), heap, "-XX:+ExitOnOutOfMemoryError");
  }

  /** Reads and discards a response; returns its length. */
  private static long passed(TestClient client, String path) throws Exception {
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      HttpResponse<InputStream> response =
          http.send(client.to(path).GET().build(), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      try (InputStream body = response.body()) {
        return body.transferTo(java.io.OutputStream.nullOutputStream());
      }
    }
  }

  private static HttpResponse<String> open(TestClient client, byte[] bundle) throws Exception {
    return client.send(
        client
            .to(
                "/sessions/bundle",
                "Content-Type",
                "multipart/form-data; boundary=" + TestClient.boundary())
            .POST(TestClient.form("file", "bundle.zip", BodyPublishers.ofByteArray(bundle))));
  }

  /**
   * A bundle whose results have these answers.
   *
   * @param dense number of empty lists in each
   */
  private byte[] bundle(int results, int length, int dense) throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(small))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    List<ObjectNode> events =
        new String(entries.remove("events.jsonl"), StandardCharsets.UTF_8)
            .lines()
            .map(LargeAnswersTakeLittleMemoryTest::object)
            .toList();
    ObjectNode manifest =
        object(new String(entries.remove("manifest.json"), StandardCharsets.UTF_8));
    ObjectNode first =
        events.stream()
            .filter(event -> event.path("type").asText().equals("result"))
            .findFirst()
            .orElseThrow();
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("events.jsonl"));
      long seq = events.getFirst().path("seq").asLong() - 1;
      boolean done = false;
      for (ObjectNode event : events) {
        if (!event.path("type").asText().equals("result")) {
          write(zip, event.put("seq", ++seq));
        } else if (!done) {
          done = true;
          for (int i = 0; i < results; i++) {
            ObjectNode result = first.deepCopy().put("seq", ++seq);
            result.put("id", UUID.randomUUID().toString()).put("name", "question " + i);
            result.put("result", (i + " " + "evil ".repeat(length / 5 + 1)).substring(0, length));
            ((ObjectNode) result.path("clip")).put("index", i);
            for (int each = 0; each < dense; each++) {
              result.withArray("x").addArray();
            }
            write(zip, result);
          }
        }
      }
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write(JSON.writeValueAsBytes(manifest.put("last_seq", seq)));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void write(ZipOutputStream zip, ObjectNode event) throws Exception {
    zip.write(JSON.writeValueAsBytes(event));
    zip.write('\n');
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
