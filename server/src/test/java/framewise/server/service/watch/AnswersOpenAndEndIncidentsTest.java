package framewise.server.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.model.Request;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.folder.FolderDatabase;
import framewise.engine.notice.Notice;
import framewise.engine.notice.Notices;
import framewise.media.MediaTime;
import framewise.media.file.VideoReader;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /watches} and {@code /incidents}, over HTTP. */
@Timeout(180)
class AnswersOpenAndEndIncidentsTest {
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  /** The number of people by second of the video. */
  private static final int[] PEOPLE = {0, 0, 4, 5, 7, 5, 0, 0, 0, 0};

  private static final String START =
      """
      {"prompt": "How many people?", "pace": "fast", "delay_seconds": 1}
      """;

  private static final String WATCH =
      """
      {"name": "Crowd", "when": {"expression": "people > 3"}, "merge_gap": 0}
      """;

  @TempDir Path folder;

  @Test
  void whenAnswersChange() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), people())) {
      TestClient client = service.client();
      JsonNode watch = made(client, WATCH);
      assertThat(watch.path("state").asText()).isEqualTo("armed");
      String id = client.stream(TestVideos.moving(folder, PEOPLE.length), START);
      List<JsonNode> events = client.socket("/ws/" + id + "?since=0").untilEnd();

      JsonNode opened = only(events, "incident.opened");
      JsonNode ended = only(events, "incident.ended");
      // Two of three answers open the incident, three in a row end it.
      assertThat(second(events, opened.at("/incident/first/seq").asLong())).isEqualTo(2);
      assertThat(second(events, opened.at("/incident/opened/seq").asLong())).isEqualTo(3);
      assertThat(second(events, ended.at("/incident/peak/seq").asLong())).isEqualTo(4);
      assertThat(second(events, ended.at("/incident/last/seq").asLong())).isEqualTo(5);
      assertThat(second(events, ended.at("/incident/ended/seq").asLong())).isEqualTo(8);
      assertThat(opened.path("seq").asLong())
          .as("the event follows its answer at once")
          .isEqualTo(opened.at("/incident/opened/seq").asLong() + 1);
      assertThat(ended.at("/incident/id")).isEqualTo(opened.at("/incident/id"));
      assertThat(ended.at("/incident/end_reason").asText()).isEqualTo("cleared");
      assertThat(ended.at("/incident/count").asInt()).isEqualTo(4);

      JsonNode listed = json(client, "/incidents?session=" + id);
      assertThat(listed.path("incidents")).hasSize(1);
      assertThat(listed.at("/incidents/0/state").asText()).isEqualTo("ended");
      assertThat(json(client, "/watches/" + watch.path("id").asText()).path("triggers").asInt())
          .isEqualTo(1);
      List<JsonNode> notices = notices(folder.resolve("data"));
      assertThat(notices)
          .extracting(notice -> notice.path("seq").asLong())
          .as("each has the number of its event")
          .containsExactly(opened.path("seq").asLong(), ended.path("seq").asLong());
      assertThat(notices.getFirst().path("answer").asText()).isEqualTo("{\"people\": 5}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void atTheSameAnswersDespiteClockChanges(int hours) throws Exception {
    var clock = new ShiftedClock();
    var backend =
        new ScriptedBackend(
            1,
            (clip, question) -> {
              if (clip.index() == 4) {
                clock.advance(Duration.ofHours(hours));
              }
              return "{\"people\": %d}".formatted(PEOPLE[(int) clip.index()]);
            });
    try (var service = RunningService.on(folder.resolve("data"), backend, Map.of(), clock)) {
      TestClient client = service.client();
      made(client, WATCH);
      String id = client.stream(TestVideos.moving(folder, PEOPLE.length), START);
      List<JsonNode> events = client.socket("/ws/" + id + "?since=0").untilEnd();
      assertThat(
              second(events, only(events, "incident.opened").at("/incident/opened/seq").asLong()))
          .isEqualTo(3);
      JsonNode ended = only(events, "incident.ended");
      assertThat(second(events, ended.at("/incident/ended/seq").asLong())).isEqualTo(8);
      assertThat(ended.at("/incident/length_seconds").asDouble()).isEqualTo(6);
    }
  }

  @Test
  void aQuotaOfZeroKeepsNoPictures() throws Exception {
    var none = Map.of("FRAMEWISE_INCIDENT_QUOTA", "0");
    try (var service = RunningService.on(folder.resolve("data"), people(), none)) {
      TestClient client = service.client();
      made(client, WATCH);
      String id = client.stream(TestVideos.moving(folder, PEOPLE.length), START);
      client.socket("/ws/" + id).untilEnd();
      String one = "/incidents/" + json(client, "/incidents").at("/incidents/0/id").asText();
      assertThat(json(client, one).path("picture").asBoolean()).isFalse();
      assertThat(folder.resolve("data/incidents").resolve(id)).doesNotExist();
    }
  }

  @Test
  void theEndOfTheSessionEndsThemFirst() throws Exception {
    var always = new ScriptedBackend((clip, question) -> "{\"people\": 9}");
    try (var service = RunningService.on(folder.resolve("data"), always)) {
      TestClient client = service.client();
      made(client, WATCH);
      String id = client.stream(TestVideos.moving(folder, 4), START);
      List<JsonNode> events = client.socket("/ws/" + id + "?since=0").untilEnd();
      JsonNode ended = only(events, "incident.ended");
      assertThat(ended.at("/incident/end_reason").asText()).isEqualTo("session_ended");
      assertThat(events.getLast().path("type").asText()).isEqualTo("end");
    }
  }

  @Test
  void picturesAndClipsOutliveTheVideo() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), people())) {
      TestClient client = service.client();
      made(client, WATCH);
      String id = client.stream(TestVideos.moving(folder, PEOPLE.length), START);
      client.socket("/ws/" + id).untilEnd();
      String incident = json(client, "/incidents").at("/incidents/0/id").asText();
      String one = "/incidents/" + incident;
      await().until(() -> json(client, one).path("picture").asBoolean());
      await().until(() -> json(client, one).path("clip").asBoolean());

      var picture = client.sendForBytes(client.to(one + "/picture.jpg").GET());
      assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
      assertThat(picture.body()).startsWith(0xff, 0xd8);
      var clip = client.sendForBytes(client.to(one + "/clip.mp4").GET());
      assertThat(clip.headers().firstValue("Content-Type")).contains("video/mp4");
      Path file = Files.write(folder.resolve("clip.mp4"), clip.body());
      var info = VideoReader.probe(file);
      assertThat(info.codec()).isEqualTo("h264");
      assertThat(info.duration().map(MediaTime::seconds).orElse(0.0)).isBetween(8.0, 10.5);

      assertThat(client.delete("/sessions/" + id).statusCode()).isEqualTo(204);
      assertThat(client.get(one).statusCode()).isEqualTo(404);
      assertThat(folder.resolve("data/incidents").resolve(id)).doesNotExist();
    }
  }

  @Test
  void aWatchIsTriedOnPastAnswers() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), people())) {
      TestClient client = service.client();
      String id = client.stream(TestVideos.moving(folder, PEOPLE.length), START);
      client.socket("/ws/" + id).untilEnd();
      HttpResponse<String> answer = client.post("/watches/try", WATCH);
      CONTRACT.fits(Request.Method.POST, "/watches/try", answer);
      JsonNode tried = TestClient.json(answer);
      assertThat(tried.path("incidents")).hasSize(1);
      assertThat(tried.path("yes").asInt()).isEqualTo(4);
      assertThat(tried.path("no").asInt()).isEqualTo(6);
      assertThat(json(client, "/incidents").path("incidents")).isEmpty();
      assertThat(json(client, "/watches").path("watches")).isEmpty();

      JsonNode never =
          TestClient.json(client.post("/watches/try", WATCH.replace("people > 3", "dogs > 3")));
      assertThat(never.path("incidents")).isEmpty();
      assertThat(never.path("unknown").asInt()).isEqualTo(10);
    }
  }

  @Test
  void reviewsAreStoredAndReported() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), people())) {
      TestClient client = service.client();
      made(client, WATCH);
      String id = client.stream(TestVideos.moving(folder, PEOPLE.length), START);
      client.socket("/ws/" + id).untilEnd();
      String one = "/incidents/" + json(client, "/incidents").at("/incidents/0/id").asText();
      HttpResponse<String> said =
          client.post(one + "/acknowledge", "{\"by\": \"Mo\", \"note\": \"A parade\"}");
      CONTRACT.fits(Request.Method.POST, one + "/acknowledge", said);
      CONTRACT.fits(Request.Method.GET, one, client.get(one));
      assertThat(json(client, one).path("acknowledged_by").asText()).isEqualTo("Mo");
      assertThat(json(client, "/incidents?acknowledged=false").path("incidents")).isEmpty();
      assertThat(json(client, "/incidents?acknowledged=true").path("incidents")).hasSize(1);
      JsonNode last =
          client.socket("/ws/" + id + "?since=0").next("incident.updated").path("incident");
      assertThat(last.path("note").asText()).isEqualTo("A parade");
    }
  }

  @Test
  void snoozedDisabledAndDeletedWatchesOpenNone() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), people())) {
      TestClient client = service.client();
      String watch = "/watches/" + made(client, WATCH).path("id").asText();
      HttpResponse<String> snoozed =
          client.post(watch + "/snooze", "{\"seconds\": 600, \"by\": \"Mo\"}");
      CONTRACT.fits(Request.Method.POST, watch + "/snooze", snoozed);
      assertThat(TestClient.json(snoozed).path("state").asText()).isEqualTo("snoozed");
      assertThat(TestClient.json(snoozed).path("snoozed_by").asText()).isEqualTo("Mo");
      Path video = TestVideos.moving(folder, PEOPLE.length);
      client.socket("/ws/" + client.stream(video, START)).untilEnd();
      assertThat(json(client, "/incidents").path("incidents")).isEmpty();

      assertThat(TestClient.json(client.post(watch + "/snooze", "{}")).path("state").asText())
          .isEqualTo("armed");
      patch(client, watch, "{\"enabled\": false}");
      assertThat(json(client, watch).path("state").asText()).isEqualTo("off");
      client.socket("/ws/" + client.stream(video, START)).untilEnd();
      assertThat(json(client, "/incidents").path("incidents")).isEmpty();

      patch(
          client,
          watch,
          "{\"enabled\": true, \"quiet_hours\": {\"from\": \"00:00\", \"to\": \"00:00\", \"zone\":"
              + " \"UTC\"}}");
      assertThat(json(client, watch).path("state").asText()).isEqualTo("quiet");
      patch(client, watch, "{\"quiet_hours\": null, \"max_triggers\": 1}");
      client.socket("/ws/" + client.stream(video, START)).untilEnd();
      client.socket("/ws/" + client.stream(video, START)).untilEnd();
      assertThat(json(client, "/incidents").path("incidents")).hasSize(1);
      assertThat(json(client, watch).path("state").asText()).isEqualTo("done");

      patch(client, watch, "{\"max_triggers\": null, \"until\": \"2026-01-01T00:00:00Z\"}");
      assertThat(json(client, watch).path("state").asText()).isEqualTo("done");
      client.socket("/ws/" + client.stream(video, START)).untilEnd();
      assertThat(json(client, "/incidents").path("incidents")).hasSize(1);

      assertThat(client.delete(watch).statusCode()).isEqualTo(204);
      assertThat(client.get(watch).statusCode()).isEqualTo(404);
      assertThat(json(client, "/incidents").path("incidents")).hasSize(1);
    }
  }

  @Test
  void recapsCountThem() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), people())) {
      TestClient client = service.client();
      made(client, WATCH);
      String id = client.stream(TestVideos.moving(folder, PEOPLE.length), START);
      client.socket("/ws/" + id).untilEnd();
      String path = "/sessions/" + id + "/recap";
      HttpResponse<String> answer = client.get(path);
      CONTRACT.fits(Request.Method.GET, path, answer);
      JsonNode recap = TestClient.json(answer);
      assertThat(recap.path("incidents")).hasSize(1);
      JsonNode question = recap.at("/questions/0");
      assertThat(question.path("answers").asInt()).isEqualTo(10);
      assertThat(question.at("/numbers/people/max").asInt()).isEqualTo(7);
      assertThat(question.at("/numbers/people/min").asInt()).isZero();
      assertThat(question.at("/numbers/people/mean").asDouble()).isEqualTo(2.1);
      assertThat(question.path("spans")).hasSize(6);
      assertThat(recap.path("text").asText()).contains("10 answers", "1 incident");
      assertThat(json(client, path + "?from=2999-01-01T00:00:00Z").path("questions")).isEmpty();
      JsonNode written = TestClient.json(client.post(path, ""));
      assertThat(written.at("/model/backend").asText()).isEqualTo("builtin");
    }
  }

  @Test
  void allErrorsAreReportedTogether() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), people())) {
      TestClient client = service.client();
      refused(client, "{}", "name is missing", "when is missing");
      refused(client, watch("people >"), "when.expression");
      refused(client, watch("RANDOM() > 1"), "at character 1");
      refused(client, WATCH.replace("\"merge_gap\": 0", "\"merge_gap\": -1"), "0 to 3600 seconds");
      refused(
          client, with("\"open\": {\"yes\": 4, \"of\": 3}"), "open.yes is 4 but must be at most 3");
      refused(
          client,
          with("\"quiet_hours\": {\"from\": \"25:00\", \"to\": \"6\", \"zone\": \"Mars\"}"),
          "quiet_hours.from",
          "quiet_hours.to",
          "quiet_hours.zone");
      refused(client, with("\"until\": \"tomorrow\""), "until is \"tomorrow\"");
      refused(client, with("\"sessions\": [\"1\"]"), "sessions has \"1\"");
      refused(
          client,
          with("\"sessions\": [\"0c6f1b62-52b3-4d6c-9f43-5f4c7a3b9a10\"]"),
          "there is no such session");
      refused(
          client,
          "{\"name\": \"a\", \"when\": {\"words\": \"a\", \"expression\": \"a\"}}",
          "either expression or words");
      made(client, WATCH);
      refused(client, WATCH.replace("Crowd", "CROWD"), "another watch of yours has this name");
      for (String path : List.of("/watches/none", "/incidents/none", "/incidents/none/clip.mp4")) {
        assertThat(client.get(path).statusCode()).isEqualTo(404);
      }
      assertThat(client.get("/incidents?state=maybe").statusCode()).isEqualTo(422);
      assertThat(client.get("/incidents?before=none").statusCode()).isEqualTo(422);
      CONTRACT.fits(Request.Method.GET, "/watches", client.get("/watches"));
      CONTRACT.fits(Request.Method.GET, "/incidents", client.get("/incidents"));
    }
  }

  @Test
  void areVisibleWithTheSession() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), people())) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      String[] admin = access.admin().headers();
      String[] owner = access.key("operator");
      String[] stranger = access.key("operator");
      Path video = TestVideos.moving(folder, 3);
      String id =
          TestClient.json(
                  client.send(
                      client
                          .to(
                              "/upload-video",
                              "Content-Type",
                              "multipart/form-data; boundary=" + TestClient.boundary(),
                              owner[0],
                              owner[1])
                          .POST(TestClient.form("file", "a.mp4", BodyPublishers.ofFile(video)))))
              .required("session_id")
              .asText();
      assertThat(access.post("/watches", WATCH, owner).statusCode()).isEqualTo(403);
      String own = with("\"sessions\": [\"%s\"]".formatted(id));
      assertThat(access.post("/watches", own, stranger).statusCode()).isEqualTo(422);
      JsonNode made = TestClient.json(AccessFixture.ok(access.post("/watches", own, owner)));
      String watch = "/watches/" + made.path("id").asText();
      AccessFixture.ok(access.post("/start-stream/" + id, START, owner));
      await()
          .until(
              () ->
                  TestClient.json(client.get("/sessions/" + id, owner))
                      .path("status")
                      .asText()
                      .equals("finished"));
      assertThat(client.get(watch, owner).statusCode()).isEqualTo(200);
      assertThat(client.get(watch, admin).statusCode()).isEqualTo(200);
      assertThat(client.get(watch, stranger).statusCode()).isEqualTo(404);
      assertThat(access.post(watch + "/snooze", "{}", stranger).statusCode()).isEqualTo(404);
      assertThat(TestClient.json(client.get("/watches", stranger)).path("watches")).isEmpty();
      assertThat(TestClient.json(client.get("/incidents", stranger)).path("incidents")).isEmpty();
      assertThat(client.get("/watches").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void continueAfterARestart() throws Exception {
    Path data = folder.resolve("data");
    Path video = TestVideos.moving(folder, PEOPLE.length);
    String id;
    String incident;
    var held = new CountDownLatch(1);
    var first =
        new ScriptedBackend(
            (clip, question) -> {
              if (clip.start().seconds() >= 5) {
                held.await();
              }
              return at(clip.start());
            });
    try (var service = RunningService.on(data, first)) {
      TestClient client = service.client();
      made(client, WATCH);
      id = client.stream(video, START);
      incident = client.socket("/ws/" + id).next("incident.opened").at("/incident/id").asText();
    }
    try (var service = RunningService.on(data, people())) {
      TestClient client = service.client();
      List<JsonNode> events = client.socket("/ws/" + id + "?since=0").untilEnd();
      assertThat(only(events, "incident.opened").at("/incident/id").asText()).isEqualTo(incident);
      JsonNode ended = only(events, "incident.ended");
      assertThat(ended.at("/incident/id").asText()).isEqualTo(incident);
      assertThat(ended.at("/incident/end_reason").asText()).isEqualTo("cleared");
      assertThat(second(events, ended.at("/incident/ended/seq").asLong())).isEqualTo(8);
    }
  }

  /** The stored notices, read while the service has the database open. */
  private static List<JsonNode> notices(Path data) throws Exception {
    List<JsonNode> notices = new ArrayList<>();
    try (var database = FolderDatabase.openBeside(data, Optional.empty())) {
      for (Notice notice : new Notices(database).after(0, 100)) {
        if (notice.content().type().startsWith("incident.")) {
          notices.add(TestClient.JSON.readTree(notice.content().data()));
        }
      }
    }
    return notices;
  }

  private static ScriptedBackend people() {
    return new ScriptedBackend((clip, question) -> at(clip.start()));
  }

  private static String at(MediaTime time) {
    int second = (int) Math.floor(time.seconds() + 0.01);
    return "{\"people\": %d}".formatted(PEOPLE[Math.min(second, PEOPLE.length - 1)]);
  }

  private static String watch(String expression) {
    return WATCH.replace("people > 3", expression);
  }

  private static String with(String field) {
    return WATCH.replace("\"merge_gap\": 0", field);
  }

  private static JsonNode made(TestClient client, String watch) throws Exception {
    HttpResponse<String> answer = client.post("/watches", watch);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    CONTRACT.fits(Request.Method.POST, "/watches", answer);
    return TestClient.json(answer);
  }

  private static void patch(TestClient client, String path, String change) throws Exception {
    HttpResponse<String> answer =
        client.send(
            client
                .to(path, "Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(change)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    CONTRACT.fits(Request.Method.PATCH, path, answer);
  }

  private static void refused(TestClient client, String watch, String... why) throws Exception {
    HttpResponse<String> answer = client.post("/watches", watch);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    CONTRACT.fits(Request.Method.POST, "/watches", answer);
    assertThat(TestClient.json(answer).path("detail").asText()).contains(why);
  }

  private static JsonNode json(TestClient client, String path) throws Exception {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestClient.json(answer);
  }

  private static JsonNode only(List<JsonNode> events, String type) {
    List<JsonNode> found =
        events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.getFirst();
  }

  /** Second of the video that a result is about. */
  private static long second(List<JsonNode> events, long seq) {
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.path("seq").asLong() == seq)
        .map(event -> Math.round(event.at("/clip/start_seconds").asDouble()))
        .findFirst()
        .orElseThrow();
  }
}
