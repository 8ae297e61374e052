package framewise.vision.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.vision.chat.wire.BaseUrl;
import framewise.vision.chat.wire.Redirect;
import framewise.vision.chat.wire.ReplyBody;
import framewise.vision.schema.ServiceJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Requests the list of models from servers with OpenAI's API: {@code GET /models}. Sends no key.
 */
final class ModelList {
  private static final JsonMapper JSON = ServiceJson.MAPPER;
  private static final int MAX_MODELS = 500;
  private static final int MAX_REDIRECTS = 4;
  private static final int MAX_NAME_LENGTH = 300;
  private static final int MAX_LIST_LENGTH = 1 << 20;

  private final Duration patience;
  private final HttpClient http;

  ModelList(Duration patience) {
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .build();
  }

  /**
   * The names of the available models, in the server's order; empty when no such server answers.
   */
  Optional<List<String>> of(URI baseUrl) throws InterruptedException {
    try {
      HttpResponse<InputStream> response = get(new BaseUrl(baseUrl).at("/models"));
      try (var body = new ReplyBody(response, patience)) {
        return response.statusCode() == 200
            ? read(body.readNBytes(MAX_LIST_LENGTH))
            : Optional.empty();
      }
    } catch (IOException | IllegalArgumentException nobody) {
      return Optional.empty();
    }
  }

  /** Whether an address has an API: it lists models, or requires a key. */
  boolean hasApi(BaseUrl base) throws InterruptedException {
    try {
      HttpResponse<InputStream> response = get(base.at("/models"));
      try (var body = new ReplyBody(response, patience)) {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
          return true;
        }
        JsonNode json = JSON.readTree(body.readNBytes(MAX_LIST_LENGTH));
        return status == 200 && (json.path("data").isArray() || json.path("models").isArray());
      }
    } catch (IOException | IllegalArgumentException nobody) {
      return false;
    }
  }

  /** Sends a request and follows redirects within the same server. */
  private HttpResponse<InputStream> get(URI address) throws IOException, InterruptedException {
    URI at = address;
    for (int hops = 0; ; hops++) {
      var request =
          HttpRequest.newBuilder(at).timeout(patience).header("Accept", "application/json").build();
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      Optional<Redirect> redirect = Redirect.of(response).filter(Redirect::isSafe);
      if (redirect.isEmpty() || hops == MAX_REDIRECTS) {
        return response;
      }
      response.body().close();
      at = redirect.get().to();
    }
  }

  private static Optional<List<String>> read(byte[] body) throws IOException {
    JsonNode json = JSON.readTree(body);
    // Ollama sends null when it has none.
    if (!json.path("object").asText().equals("list") && !json.path("data").isArray()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode model : json.path("data")) {
      String name = model.path("id").asText();
      boolean ready = model.path("status").asText("ready").equals("ready");
      if (ready
          && !name.isBlank()
          && name.length() <= MAX_NAME_LENGTH
          && names.size() < MAX_MODELS) {
        names.add(name);
      }
    }
    return Optional.of(names);
  }
}
