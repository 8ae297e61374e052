package framewise.e2e.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.e2e.JarService;
import framewise.e2e.NpmPackages;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs scripts for Node.js that use npm packages. */
public final class NodeScript {
  private NodeScript() {}

  /**
   * Runs a script, one of the test resources, to its end.
   *
   * @return the JSON on the last line of its output
   */
  public static JsonNode run(String name, String... arguments) throws Exception {
    Path packages = NpmPackages.folder();
    // Copied beside the packages, where Node.js looks for them.
    Path script = packages.resolve(name);
    try (InputStream in = NodeScript.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in), script, StandardCopyOption.REPLACE_EXISTING);
    }
    Process node =
        new ProcessBuilder(
                Stream.concat(Stream.of("node", script.toString()), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(said).isZero();
    return new ObjectMapper().readTree(said.lines().reduce("", (before, line) -> line));
  }

  /** Uploads a video and returns the id of its session. */
  public static String upload(JarService service, Path video) throws Exception {
    String boundary = "a-boundary";
    var form =
        BodyPublishers.concat(
            BodyPublishers.ofString(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"clip.mp4\"\r\n\r\n"
                    .formatted(boundary)),
            BodyPublishers.ofFile(video),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(service.address()).resolve("/upload-video"))
                  .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                  .POST(form)
                  .build(),
              BodyHandlers.ofString());
      return new ObjectMapper().readTree(answer.body()).required("session_id").asText();
    }
  }
}
