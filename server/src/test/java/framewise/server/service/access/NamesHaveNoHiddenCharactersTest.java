package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names and notes that people see must not contain characters that change the text direction or are
 * invisible.
 */
@Timeout(120)
class NamesHaveNoHiddenCharactersTest {
  private static final String[] HIDDEN = {"a\u202Eb", "a\u200Bb", "a\u3164b", "a\u0007b", "\u200D"};

  @TempDir Path folder;

  @Test
  void inEveryNameField() throws Exception {
    try (var service =
        RunningService.on(
            folder.resolve("data"),
            new ScriptedBackend((clip, question) -> "{\"people\": 9}"),
            Map.of("FRAMEWISE_URL_SOURCES", "any"))) {
      TestClient client = service.client();
      String session =
          client.stream(
              TestVideos.moving(folder, 1),
              "{\"prompt\":\"a\",\"delay_seconds\":0.5,\"loop\":true}");
      String watch =
          TestClient.json(
                  AccessFixture.ok(
                      client.post(
                          "/watches",
                          "{\"name\":\"Crowd\",\"open\":{\"yes\":1},\"when\":{\"expression\":\"people"
                              + " > 3\"}}")))
              .path("id")
              .asText();
      String incident = incident(client);
      for (String hidden : HIDDEN) {
        String text = JsonNodeFactory.instance.textNode(hidden).toString();
        refused(
            client,
            "POST",
            "/endpoints",
            "{\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:9/\",\"name\":%s}",
            text);
        refused(
            client,
            "POST",
            "/watches",
            "{\"when\":{\"expression\":\"people > 3\"},\"name\":%s}",
            text);
        refused(client, "POST", "/watches", "{\"name\":\"x\",\"when\":{\"words\":%s}}", text);
        refused(
            client,
            "POST",
            "/start-stream/" + session,
            "{\"prompts\":[{\"prompt\":\"a\",\"name\":%s}]}",
            text);
        refused(
            client,
            "POST",
            "/access/setup",
            "{\"password\":\"correct horse battery\",\"name\":%s}",
            text);
        if (!hidden.equals("\u200D")) {
          // If a name is optional, one without visible characters counts as missing.
          refused(client, "PATCH", "/sessions/" + session, "{\"name\":%s}", text);
          refused(client, "POST", "/incidents/" + incident + "/acknowledge", "{\"note\":%s}", text);
          refused(client, "POST", "/incidents/" + incident + "/acknowledge", "{\"by\":%s}", text);
          refused(
              client, "POST", "/watches/" + watch + "/snooze", "{\"seconds\":5,\"by\":%s}", text);
        }
      }
      String expression = JsonNodeFactory.instance.textNode("text == \"a\u202Eb\"").toString();
      refused(
          client, "POST", "/watches", "{\"name\":\"x\",\"when\":{\"expression\":%s}}", expression);
      HttpResponse<String> lines =
          client.post("/incidents/" + incident + "/acknowledge", "{\"note\":\"one\\ntwo\"}");
      assertThat(lines.statusCode()).as(lines.body()).isEqualTo(200);

      // Some services have the model in the URL path, so every request that names a model checks
      // it.
      for (String model : new String[] {"../other", "a?b"}) {
        String text = JsonNodeFactory.instance.textNode(model).toString();
        refused(
            client,
            "POST",
            "/watches",
            "{\"name\":\"x\",\"when\":{\"words\":\"a\",\"model\":%s}}",
            text);
        refused(
            client,
            "POST",
            "/watches",
            "{\"name\":\"x\",\"when\":{\"words\":\"a\"},\"second_opinion\":{\"backend\":\"builtin\",\"model\":%s}}",
            text);
        String query = model.replace("?", "%3F");
        assertThat(client.post("/sessions/" + session + "/recap?model=" + query, "").statusCode())
            .isEqualTo(422);
      }
      var access = new AccessFixture(client);
      for (String hidden : HIDDEN) {
        String text = JsonNodeFactory.instance.textNode(hidden).toString();
        HttpResponse<String> key =
            access.post(
                "/access/keys",
                "{\"role\":\"viewer\",\"name\":%s}".formatted(text),
                access.admin().headers());
        assertThat(key.statusCode()).as(key.body()).isEqualTo(422);
      }
    }
  }

  private static void refused(
      TestClient client, String method, String path, String body, String text) throws Exception {
    HttpResponse<String> answer =
        client.send(
            client
                .to(path, AccessFixture.json())
                .method(method, BodyPublishers.ofString(body.formatted(text))));
    assertThat(answer.statusCode())
        .as("%s %s %s: %s", method, path, text, answer.body())
        .isEqualTo(422);
  }

  private static String incident(TestClient client) throws Exception {
    String id = "";
    while (id.isEmpty()) {
      id = TestClient.json(client.get("/incidents")).path("incidents").path(0).path("id").asText();
    }
    return id;
  }
}
