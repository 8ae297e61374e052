package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.LiveFilm;
import framewise.server.service.OpenAiStub;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BundlesOpenOnAnotherMachineTest {
  private static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  @TempDir Path folder;

  private static byte[] bundle(TestClient client, String id)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.sendForBytes(client.to("/sessions/" + id + "/bundle.zip").GET());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"" + id + ".zip\"");
    return response.body();
  }

  private static HttpResponse<String> open(TestClient client, byte[] bundle)
      throws IOException, InterruptedException {
    return client.send(
        client
            .to(
                "/sessions/bundle",
                "Content-Type",
                "multipart/form-data; boundary=" + TestClient.boundary())
            .POST(TestClient.form("file", "bundle.zip", BodyPublishers.ofByteArray(bundle))));
  }

  private static String opened(TestClient client, byte[] bundle)
      throws IOException, InterruptedException {
    HttpResponse<String> response = open(client, bundle);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return TestClient.json(response).required("session_id").asText();
  }

  private static Map<String, byte[]> entries(byte[] bundle) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static void same(byte[] first, byte[] second, String firstId, String secondId)
      throws IOException {
    Map<String, byte[]> before = entries(first);
    Map<String, byte[]> after = entries(second);
    assertThat(after.keySet()).containsExactlyElementsOf(before.keySet());
    for (String name : before.keySet()) {
      if (name.endsWith(".json") || name.endsWith(".jsonl")) {
        assertThat(text(after, name).replace(secondId, "ID"))
            .as(name)
            .isEqualTo(text(before, name).replace(firstId, "ID"));
      } else {
        assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
      }
    }
  }

  private static String text(Map<String, byte[]> entries, String name) {
    return new String(Objects.requireNonNull(entries.get(name)), StandardCharsets.UTF_8);
  }

  /** A session with two runs, two prompts, a change, a look-back, failures and evidence. */
  private String made(TestClient client) throws Exception {
    Path video = TestVideos.moving(folder, 4);
    String id =
        client.stream(
            video,
            "{\"prompts\":[{\"name\":\"a\",\"prompt\":\"first\",\"backend\":\"builtin\"},"
                + "{\"name\":\"b\",\"prompt\":\"boxes\",\"backend\":\"openai\"}],\"pace\":\"fast\"}");
    client.socket("/ws/" + id).untilEnd();
    assertThat(
            client
                .post(
                    "/start-stream/" + id,
                    "{\"prompt\":\"second\",\"pace\":\"fast\",\"delay_seconds\":0.5}")
                .statusCode())
        .isEqualTo(200);
    client.socket("/ws/" + id).untilEnd();
    HttpResponse<String> past =
        client.post(
            "/sessions/" + id + "/lookbacks",
            "{\"prompt\":\"past\",\"start_seconds\":1,\"end_seconds\":3}");
    assertThat(past.statusCode()).as(past.body()).isEqualTo(201);
    await().until(() -> lookback(client, id, 3).path("status").asText().equals("finished"));
    client.send(
        client
            .to("/sessions/" + id, "Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"name\":\"My gate\"}")));
    await()
        .until(
            () ->
                client
                        .get(
                            "/sessions/%s/results/%d/evidence"
                                .formatted(id, evidenceSeq(client, id)))
                        .statusCode()
                    == 200);
    return id;
  }

  private static JsonNode lookback(TestClient client, String id, int run) throws Exception {
    return TestClient.json(client.get("/sessions/%s/lookbacks/%d".formatted(id, run)));
  }

  private static long evidenceSeq(TestClient client, String id) throws Exception {
    long last = 0;
    for (JsonNode result :
        TestClient.json(client.get("/sessions/" + id + "/results")).path("results")) {
      last = result.path("backend").asText().equals("openai") ? result.path("seq").asLong() : last;
    }
    return last;
  }

  @Test
  void theSessionAndItsBundleAreIdentical() throws Exception {
    try (var openai = new OpenAiStub();
        var here =
            RunningService.on(folder.resolve("here"), ScriptedBackend.echo(), openai.settings());
        var there = RunningService.on(folder.resolve("there"), ScriptedBackend.echo())) {
      String id = made(here.client());
      byte[] first = bundle(here.client(), id);
      assertThat(entries(first).keySet())
          .contains("manifest.json", "events.jsonl", "prompts.json", "video.mp4")
          .anyMatch(name -> name.matches("evidence/\\d+/0\\.jpg"));
      assertThat(new String(first, StandardCharsets.UTF_8)).doesNotContain("sk-test-0123456789");

      String other = opened(there.client(), first);
      assertThat(other).isEqualTo(id); // the id is free there
      JsonNode session = TestClient.json(there.client().get("/sessions/" + other));
      assertThat(session.path("name").asText()).isEqualTo("My gate");
      assertThat(session.path("status").asText()).isEqualTo("finished");
      assertThat(session.path("may_change").asBoolean(true)).isTrue();
      assertThat(lookback(there.client(), other, 3).path("answered").asInt()).isEqualTo(2);
      long seq = evidenceSeq(there.client(), other);
      assertThat(
              there.client().get("/sessions/%s/results/%d/evidence".formatted(other, seq)).body())
          .isEqualTo(
              here.client().get("/sessions/%s/results/%d/evidence".formatted(id, seq)).body());
      assertThat(there.client().get("/search?q=first").body()).contains(other);
      same(first, bundle(there.client(), other), id, other);

      String copy = opened(there.client(), first);
      assertThat(copy).isNotEqualTo(id).matches(ID);
      same(first, bundle(there.client(), copy), id, copy);

      assertThat(
              there
                  .client()
                  .post("/start-stream/" + copy, "{\"prompt\":\"third\",\"pace\":\"fast\"}")
                  .statusCode())
          .isEqualTo(200);
      there.client().socket("/ws/" + copy).untilEnd();
      assertThat(there.client().get("/sessions/" + copy + "/results?since=0").body())
          .contains("third #3", "\"run\":4");
      there.client().delete("/sessions/" + other);
      assertThat(opened(there.client(), first))
          .isEqualTo(id); // the same id again, after its deletion
      assertThat(evidenceSeq(there.client(), id)).isEqualTo(seq);
      assertThat(
              there
                  .client()
                  .get("/sessions/%s/results/%d/evidence".formatted(id, seq))
                  .statusCode())
          .isEqualTo(200);
    }
    try (var there = RunningService.on(folder.resolve("there"), ScriptedBackend.echo())) {
      assertThat(there.client().get("/sessions").body()).contains("My gate");
    }
  }

  @Test
  void aCameraKeepsPicturesAndLosesItsAddress() throws Exception {
    try (var film = LiveFilm.start();
        var here =
            RunningService.on(
                folder.resolve("here"),
                ScriptedBackend.echo(),
                Map.of("FRAMEWISE_URL_SOURCES", "any"));
        var there = RunningService.on(folder.resolve("there"), ScriptedBackend.echo())) {
      TestClient client = here.client();
      String url = film.url().replace("http://", "http://user:SECRETPW@");
      String id =
          TestClient.json(client.post("/sessions", "{\"url\":\"%s\"}".formatted(url)))
              .required("session_id")
              .asText();
      client.post("/start-stream/" + id, "{\"prompt\":\"now\"}");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> TestClient.json(client.get("/sessions/" + id)).at("/kept/frames").asInt() >= 5);
      client.post("/stop-stream/" + id, "");
      byte[] first = bundle(client, id);
      assertThat(new String(first, StandardCharsets.UTF_8)).doesNotContain("SECRETPW");
      assertThat(entries(first).keySet()).noneMatch(name -> name.startsWith("video"));
      String other = opened(there.client(), first);
      same(first, bundle(there.client(), other), id, other);
      HttpResponse<String> past =
          there
              .client()
              .post(
                  "/sessions/" + other + "/lookbacks",
                  "{\"prompt\":\"past\",\"start_seconds\":0,\"end_seconds\":60}");
      assertThat(past.statusCode()).as(past.body()).isEqualTo(201);
      int run = TestClient.json(past).path("run").asInt();
      await()
          .until(
              () ->
                  !lookback(there.client(), other, run).path("status").asText().equals("running"));
      assertThat(lookback(there.client(), other, run).path("answered").asInt()).isPositive();
      HttpResponse<String> again =
          there.client().post("/start-stream/" + other, "{\"prompt\":\"x\"}");
      assertThat(again.statusCode()).isEqualTo(409);
    }
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    try (var here =
            RunningService.on(
                folder.resolve("here"),
                ScriptedBackend.echo(),
                Map.of("FRAMEWISE_MAX_UPLOAD", "5MB"));
        var openai = new OpenAiStub();
        var maker =
            RunningService.on(folder.resolve("maker"), ScriptedBackend.echo(), openai.settings())) {
      byte[] good = bundle(maker.client(), made(maker.client()));
      TestClient client = here.client();
      refused(client, "no zip".getBytes(StandardCharsets.UTF_8), "it is not a ZIP file");
      refused(client, zip(Map.of("a", new byte[1])), "it has an entry that is not part of bundles");
      refused(
          client,
          with(good, "../../evil", new byte[1]),
          "it has an entry that is not part of bundles");
      refused(
          client,
          with(good, "evidence/../x.jpg", new byte[1]),
          "an entry that is not part of bundles");
      refused(client, misplaced(good), "is damaged");
      refused(client, without(good, "events.jsonl"), "it lacks events.jsonl");
      refused(client, without(good, "manifest.json"), "it lacks manifest.json");
      refused(client, without(good, "video.mp4"), "its manifest and its video do not match");
      refused(
          client,
          changed(good, "manifest.json", "\"version\":1", "\"version\":2"),
          "it has format 2 but this version of Framewise opens format 1");
      refused(
          client,
          changed(good, "manifest.json", "framewise-bundle", "other"),
          "it is not a bundle of Framewise");
      refused(
          client,
          changed(good, "manifest.json", "\"filename\":\"", "\"filename\":\"\\u0000"),
          "its manifest can't be read");
      refused(
          client,
          changed(good, "manifest.json", "\"last_seq\":", "\"last_seq\":9"),
          "its last event is");
      refused(
          client,
          changed(good, "events.jsonl", "\"ok\":true", "\"ok\":false"),
          "can't be read: its error is not an object");
      refused(client, changed(good, "events.jsonl", "\"seq\":3", "\"seq\":5"), "does not continue");
      refused(
          client,
          changed(good, "events.jsonl", "\"type\":\"result\"", "\"type\":\"script\""),
          "its type is unknown");
      refused(
          client,
          with(
              without(good, "video.mp4"), "video.mp4", "no video".getBytes(StandardCharsets.UTF_8)),
          "video");
      String evidence =
          entries(good).keySet().stream()
              .filter(name -> name.endsWith("/0.jpg"))
              .findFirst()
              .orElseThrow();
      refused(
          client,
          with(without(good, evidence), evidence, TestVideos.jpeg(64, 48)),
          "it has a picture that is not a JPEG of");
      byte[] bomb = with(without(good, "prompts.json"), "prompts.json", new byte[60 << 20]);
      assertThat(bomb.length).isLessThan(4 << 20);
      HttpResponse<String> tooLarge = open(client, bomb);
      assertThat(tooLarge.statusCode()).as(tooLarge.body()).isEqualTo(413);
      byte[] line = with(without(good, "events.jsonl"), "events.jsonl", new byte[2 << 20]);
      refused(client, line, "line 1 of its events is too long");
      byte[] cut = java.util.Arrays.copyOf(good, good.length / 2);
      refused(client, cut, "it is not a ZIP file, or it is damaged");
      assertThat(TestClient.json(client.get("/sessions")).path("total").asInt()).isZero();
      assertThat(folder.resolve("here/videos")).isEmptyDirectory();
      assertThat(folder.resolve("here/uploads")).isEmptyDirectory();
      assertThat(opened(client, good)).isNotEmpty();
    }
  }

  @Test
  void impossibleNumbersAndTimesAreRefused() throws Exception {
    try (var openai = new OpenAiStub();
        var here =
            RunningService.on(folder.resolve("here"), ScriptedBackend.echo(), openai.settings())) {
      TestClient client = here.client();
      byte[] good = bundle(client, made(client));
      long sessions = TestClient.json(client.get("/sessions")).path("total").asLong();
      for (String at : List.of("2100-01-01T00:00:00Z", "1999-12-31T23:59:59Z")) {
        String why = at.startsWith("2") ? "in the future" : "from before the year 2000";
        refused(client, set(good, "manifest.json", "created_at", at), "its session is " + why);
        refused(client, set(good, "events.jsonl", "at", at), "event 1 is " + why);
      }
      for (String far : List.of("+999999999-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z")) {
        refused(client, set(good, "manifest.json", "created_at", far), "its session is");
        refused(client, set(good, "events.jsonl", "at", far), "event 1 is");
      }
      String run = "\"run\":1";
      refused(client, changed(good, "events.jsonl", run, "\"run\":1099511627776"), "its run is");
      refused(client, changed(good, "events.jsonl", run, "\"run\":2147483647"), "its run is");
      String dollars = "\"dollars\":";
      for (String cost : List.of("\"NaN\"", "1e9", "1000001")) {
        refused(
            client,
            changed(good, "manifest.json", dollars, dollars + cost + ",\"x\":"),
            "(spent is missing or not allowed)");
      }
      String end = "\"ok\":true";
      for (String cost : List.of("1e999999999", "1e-999999999", "-1", "1000001", "1e-21")) {
        refused(
            client,
            changed(good, "events.jsonl", end, end + ",\"cost_usd\":" + cost),
            "out of range");
      }
      String frames = "\"frames\":";
      refused(client, changed(good, "events.jsonl", frames, frames + "99999999999"), "its frames");
      String latency = "\"total_latency_ms\":";
      refused(
          client,
          changed(good, "events.jsonl", latency, latency + "1e300,\"x\":"),
          "a duration that is out of range");
      Map<String, byte[]> entries = entries(good);
      String first =
          entries.keySet().stream()
              .filter(name -> name.endsWith("/sent.json"))
              .findFirst()
              .orElseThrow();
      byte[] sent = Objects.requireNonNull(entries.get(first));
      for (long seq : List.of(1L, 999L, 123456789012345678L)) {
        refused(
            client,
            with(good, "evidence/%d/sent.json".formatted(seq), sent),
            "which is not a result");
      }
      assertThat(TestClient.json(client.get("/sessions")).path("total").asLong())
          .isEqualTo(sessions);
    }
  }

  @Test
  void futureAndPaddedPicturesAreRefused() throws Exception {
    try (var here = RunningService.on(folder.resolve("here"), ScriptedBackend.echo())) {
      TestClient client = here.client();
      byte[] live = live(client);
      byte[] jpeg = TestVideos.jpeg(64, 48);
      long now = System.currentTimeMillis();
      refused(
          client,
          with(live, picture(0, now + 120_000, 64, 48, jpeg.length), jpeg),
          "one of its pictures is in the future");
      byte[] padded = java.util.Arrays.copyOf(jpeg, 64 * 48 * 3 + (64 << 10) + 1);
      refused(
          client,
          with(live, picture(0, now, 64, 48, padded.length), padded),
          "it has a picture of 64 x 48 pixels that is too large");
      assertThat(opened(client, with(live, picture(0, now, 64, 48, jpeg.length), jpeg)))
          .isNotEmpty();
    }
  }

  @Test
  void impossibleNamesSettingsAndEntriesAreRefused() throws Exception {
    try (var here = RunningService.on(folder.resolve("here"), ScriptedBackend.echo())) {
      TestClient client = here.client();
      byte[] live = live(client);
      String manifest = "manifest.json";
      for (String hidden : List.of("a\u202Eb", "a\u200Bb", "a\\u0007b", "\u3164")) {
        refused(client, set(live, manifest, "filename", hidden), "(filename is missing or not");
        refused(
            client, set(live, "events.jsonl", "backend", hidden), "its backend has invisible char");
      }
      refused(
          client, set(live, manifest, "source", "rtsp://x"), "(source is missing or not allowed)");
      refused(client, set(live, manifest, "id", "x"), "(id is missing or not allowed)");
      refused(client, set(live, manifest, "backend", "../../x"), "backend must have");
      refused(
          client, set(live, manifest, "prompt", "x\",\"model\":\"../../x"), "model is too long");
      refused(
          client,
          set(live, manifest, "prompt", "x\",\"system\":\"" + "s".repeat(100_000)),
          "system is too long");
      String many = "{\"name\":\"a\",\"prompt\":\"x\"}";
      String prompts = "\"prompts\":[%s],\"prompt\"";
      refused(
          client,
          changed(live, manifest, "\"prompt\"", prompts.formatted(many + ("," + many).repeat(8))),
          "prompts has more than 8 entries");
      refused(
          client,
          changed(live, manifest, "\"prompt\"", prompts.formatted(many + "," + many)),
          "differ from the others");
      byte[] jpeg = TestVideos.jpeg(64, 48);
      String odd = "pictures/00_0_1700000000000_64x48_%d.jpg".formatted(jpeg.length);
      refused(client, with(live, odd, jpeg), "an entry that is not part of bundles");
      refused(
          client, with(live, "evidence/2/00.jpg", jpeg), "an entry that is not part of bundles");
      refused(client, with(live, "evidence/2/0.jpg", jpeg), "that nothing refers to");
      byte[] large = with(without(live, "prompts.json"), "prompts.json", new byte[17 << 20]);
      assertThat(open(client, large).statusCode()).isEqualTo(413);
      assertThat(opened(client, set(live, manifest, "prompt", "two\\nlines"))).isNotEmpty();
    }
  }

  @Test
  void atMostTwoBundlesAreOpenedAtATime() throws Exception {
    try (var here = RunningService.on(folder.resolve("here"), ScriptedBackend.echo());
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient client = here.client();
      byte[] live = live(client);
      String line = text(entries(live), "events.jsonl").lines().findFirst().orElseThrow();
      String[] around = line.split("\"seq\":1", 2);
      var events = new StringBuilder();
      for (int seq = 1; seq <= 200_000; seq++) {
        events.append(around[0]).append("\"seq\":").append(seq).append(around[1]).append('\n');
      }
      byte[] slow = with(live, "events.jsonl", events.toString().getBytes(StandardCharsets.UTF_8));
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(clients.submit(() -> open(client, slow).statusCode()));
      }
      List<Integer> codes = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        codes.add(answer.get());
      }
      assertThat(codes).contains(422, 429).containsOnly(422, 429);
      assertThat(opened(client, live)).isNotEmpty();
    }
  }

  private static String picture(long index, long millis, int width, int height, int bytes) {
    return "pictures/%d_%d_%d_%dx%d_%d.jpg"
        .formatted(index, index * 1_000_000, millis, width, height, bytes);
  }

  /** A bundle of a session of live video, without pictures. */
  private byte[] live(TestClient client) throws Exception {
    String id =
        client.stream(TestVideos.moving(folder, 2), "{\"prompt\":\"now\",\"pace\":\"fast\"}");
    client.socket("/ws/" + id).untilEnd();
    byte[] live = without(bundle(client, id), "video.mp4");
    live = changed(live, "manifest.json", "\"video\":\"video.mp4\",", "");
    return changed(live, "manifest.json", "\"source\":\"upload\"", "\"source\":\"webcam\"");
  }

  /** The bundle with another value in the first occurrence of this text field in an entry. */
  private static byte[] set(byte[] bundle, String name, String field, String value)
      throws IOException {
    String text =
        text(entries(bundle), name)
            .replaceFirst(
                "\"%s\":\"[^\"]*\"".formatted(field),
                Matcher.quoteReplacement("\"%s\":\"%s\"".formatted(field, value)));
    return with(bundle, name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A bundle whose directory says that every entry begins at 2 GB. */
  private static byte[] misplaced(byte[] bundle) {
    ByteBuffer zip = ByteBuffer.wrap(bundle.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int entry = zip.getInt(zip.capacity() - 6);
    while (zip.getInt(entry) == 0x02014b50) {
      zip.putInt(entry + 42, 0x80000000);
      entry += 46 + zip.getShort(entry + 28) + zip.getShort(entry + 30) + zip.getShort(entry + 32);
    }
    return zip.array();
  }

  private static void refused(TestClient client, byte[] bundle, String why) throws Exception {
    HttpResponse<String> response = open(client, bundle);
    assertThat(response.statusCode()).as(response.body()).isIn(415, 422);
    assertThat(TestClient.json(response).path("detail").asText()).contains(why);
  }

  private static byte[] with(byte[] bundle, String name, byte[] content) throws IOException {
    Map<String, byte[]> entries = entries(bundle);
    entries.put(name, content);
    return zip(entries);
  }

  private static byte[] without(byte[] bundle, String name) throws IOException {
    Map<String, byte[]> entries = entries(bundle);
    assertThat(entries.remove(name)).isNotNull();
    return zip(entries);
  }

  private static byte[] changed(byte[] bundle, String name, String from, String to)
      throws IOException {
    String before = text(entries(bundle), name);
    assertThat(before).contains(from);
    List<String> parts =
        new ArrayList<>(List.of(before.split(java.util.regex.Pattern.quote(from), 2)));
    return with(bundle, name, String.join(to, parts).getBytes(StandardCharsets.UTF_8));
  }
}
