package framewise.server.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.ChildService;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import framewise.vision.Question;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watches whose condition is described in words, and second opinions. */
@Timeout(180)
class WatchesInWordsAskByThemselvesTest {
  private static final String START = "{\"prompt\": \"Describe\", \"loop\": true}";

  @TempDir Path folder;

  @Test
  void andOpenIncidents() throws Exception {
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              if (isOfAWatch(question)) {
                return "{\"verdict\": \"yes\", \"reason\": \"A truck stands there.\"}";
              }
              return "A street.";
            });
    try (var service = RunningService.on(folder.resolve("data"), backend)) {
      TestClient client = service.client();
      String watch =
          made(
                  client,
                  """
                  {"name": "Dock", "when": {"words": "the loading dock is blocked", "every": 0.5}}
                  """)
              .path("id")
              .asText();
      String id = client.stream(TestVideos.moving(folder, 5), START);
      List<JsonNode> events =
          client
              .socket("/ws/" + id + "?since=0")
              .until(event -> event.path("type").asText().equals("incident.opened"));
      JsonNode answer =
          events.stream()
              .filter(event -> event.path("name").asText().equals("watch: Dock"))
              .findFirst()
              .orElseThrow();
      assertThat(answer.path("prompt").asText()).contains("the loading dock is blocked");
      assertThat(events.getLast().at("/incident/watch_id").asText()).isEqualTo(watch);
      assertThat(client.delete("/watches/" + watch).statusCode()).isEqualTo(204);
      JsonNode ended =
          client
              .socket("/ws/" + id + "?since=" + events.getLast().path("seq").asLong())
              .next("incident.ended");
      assertThat(ended.at("/incident/end_reason").asText()).isEqualTo("watch_ended");
    }
  }

  @Test
  void aMissingAnswerIsUnknown() throws Exception {
    var asked = new AtomicInteger();
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              if (isOfAWatch(question)) {
                return asked.getAndIncrement() % 2 == 0 ? "{\"verdict\": \"unknown\"}" : "Hm.";
              }
              return "A street.";
            });
    try (var service = RunningService.on(folder.resolve("data"), backend)) {
      TestClient client = service.client();
      made(
          client, "{\"name\": \"Dock\", \"when\": {\"words\": \"it is blocked\", \"every\": 0.5}}");
      client.stream(TestVideos.moving(folder, 5), START);
      await().until(() -> asked.get() > 4);
      assertThat(TestClient.json(client.get("/incidents")).path("incidents")).isEmpty();
    }
  }

  @Test
  void quietScenesAreAskedRarely() throws Exception {
    var asked = new AtomicInteger();
    var others = new AtomicInteger();
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              if (isOfAWatch(question)) {
                asked.incrementAndGet();
                return "{\"verdict\": \"no\", \"next_look_in\": 9999}";
              }
              others.incrementAndGet();
              return "A street.";
            });
    try (var service = RunningService.on(folder.resolve("data"), backend)) {
      TestClient client = service.client();
      made(
          client,
          """
          {"name": "Dock", "when": {"words": "it is blocked", "every": 0.5,
           "self_paced": {"min": 1, "max": 300}}}
          """);
      int before =
          asked.get(); // the creation of the watch has asked the back end whether it can answer
      client.stream(TestVideos.moving(folder, 5), START);
      await().until(() -> asked.get() > before);
      int now = others.get();
      await().until(() -> others.get() > now + 4);
      assertThat(asked.get()).isEqualTo(before + 1);
    }
  }

  @Test
  void unsupportedConditionsAreRefusedWithAnAlternative() throws Exception {
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              throw new AnswerException(FailureKind.SCHEMA_UNSUPPORTED, "It cannot fill verdict.");
            });
    try (var service = RunningService.on(folder.resolve("data"), backend)) {
      HttpResponse<String> refused =
          service
              .client()
              .post(
                  "/watches",
                  "{\"name\": \"Mood\", \"when\": {\"words\": \"people look unhappy\"}}");
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(TestClient.json(refused).path("detail").asText())
          .startsWith("the built-in model can't answer when.words")
          .contains("people > 3");
    }
  }

  @Test
  void theBuiltInModelAnswersKnownConditions() throws Exception {
    try (var service = ChildService.start(folder.resolve("data"), Map.of())) {
      made(
          service.client(),
          "{\"name\": \"Person\", \"when\": {\"words\": \"Is there a person?\"}}");
      HttpResponse<String> refused =
          service
              .client()
              .post(
                  "/watches",
                  "{\"name\": \"Mood\", \"when\": {\"words\": \"somebody looks unhappy\"}}");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    }
  }

  @Test
  void aSecondBackEndConfirmsOrRejects() throws Exception {
    var backend =
        new ScriptedBackend(
            (clip, question) ->
                question.prompt().startsWith("An alarm says")
                    ? "{\"verdict\": \"no\", \"reason\": \"Those are statues.\"}"
                    : "{\"people\": 9}");
    try (var service = RunningService.on(folder.resolve("data"), backend)) {
      TestClient client = service.client();
      made(
          client,
          """
          {"name": "Crowd", "when": {"expression": "people > 3"},
           "second_opinion": {"backend": "builtin"}}
          """);
      String id =
          client.stream(
              TestVideos.moving(folder, 5), "{\"prompt\": \"How many?\", \"pace\": \"fast\"}");
      client.socket("/ws/" + id).untilEnd();
      await()
          .until(
              () ->
                  TestClient.json(client.get("/incidents"))
                      .at("/incidents/0/second_opinion/verdict")
                      .asText()
                      .equals("rejected"));
      assertThat(
              TestClient.json(client.get("/incidents"))
                  .at("/incidents/0/second_opinion/reason")
                  .asText())
          .isEqualTo("Those are statues.");
    }
  }

  private static boolean isOfAWatch(Question question) {
    return question.outputSchema().isPresent();
  }

  private static JsonNode made(TestClient client, String watch) throws Exception {
    HttpResponse<String> answer = client.post("/watches", watch);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestClient.json(answer);
  }
}
