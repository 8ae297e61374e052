package framewise.server.service.upload;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedUploadSaysWhyTest {
  private static final int LIMIT = 256 << 10;

  @TempDir Path folder;
  private RunningService service;

  @BeforeEach
  void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_MAX_UPLOAD", "256KB"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (String kept : new String[] {"uploads", "videos"}) {
      try (Stream<Path> files = Files.list(folder.resolve("data").resolve(kept))) {
        assertThat(files).isEmpty();
      }
    }
    assertThat(TestClient.json(service.client().get("/sessions")).path("total").asInt()).isZero();
    service.close();
  }

  @Test
  void tooLargeByContentLength() throws Exception {
    var refused =
        service.client().upload("file", "a.mp4", BodyPublishers.ofByteArray(new byte[4 * LIMIT]));
    assertTooLarge(refused);
  }

  @Test
  void tooLargeWithoutAContentLength() throws Exception {
    var refused =
        service
            .client()
            .upload(
                "file",
                "a.mp4",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[4 * LIMIT])));
    assertTooLarge(refused);
  }

  @Test
  void notAVideo() throws Exception {
    var refused =
        service.client().upload("file", "notes.mp4", BodyPublishers.ofString("just words\n"));
    assertProblem(refused, 415, "not_a_video");
    assertThat(TestClient.json(refused).path("detail").asText()).endsWith(".");
  }

  @Test
  void playlistNamingAnotherFile() throws Exception {
    var refused =
        service
            .client()
            .upload(
                "file",
                "list.mp4",
                BodyPublishers.ofString("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"));
    assertProblem(refused, 415, "not_a_video");
  }

  @Test
  void emptyFile() throws Exception {
    var refused = service.client().upload("file", "a.mp4", BodyPublishers.noBody());
    assertProblem(refused, 422, "invalid_field");
    assertThat(TestClient.json(refused).path("errors").path(0).path("field").asText())
        .isEqualTo("file");
    assertThat(refused.body()).contains("The file is empty");
  }

  @Test
  void withoutAFilePart() throws Exception {
    var refused = service.client().upload("video", "a.mp4", BodyPublishers.ofString("x"));
    assertProblem(refused, 422, "invalid_field");
    assertThat(refused.body()).contains("no part named file");
  }

  @Test
  void twoFiles() throws Exception {
    String part =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n"
            .formatted(TestClient.boundary());
    assertProblem(
        form(part + part + "--" + TestClient.boundary() + "--\r\n"), 422, "invalid_field");
  }

  @Test
  void truncatedForm() throws Exception {
    String part =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx"
            .formatted(TestClient.boundary());
    var refused = form(part);
    assertProblem(refused, 400, "invalid_request");
    assertThat(refused.body()).contains("ends before its last boundary");
  }

  @Test
  void withoutAForm() throws Exception {
    var refused =
        service
            .client()
            .send(
                service
                    .client()
                    .to("/upload-video", "Content-Type", "video/mp4")
                    .POST(BodyPublishers.ofString("x")));
    assertProblem(refused, 415, "unsupported_media_type");
    assertThat(refused.body()).contains("video/mp4").contains("multipart/form-data");
  }

  private HttpResponse<String> form(String body) throws Exception {
    return service
        .client()
        .send(
            service
                .client()
                .to(
                    "/upload-video",
                    "Content-Type",
                    "multipart/form-data; boundary=" + TestClient.boundary())
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8))));
  }

  private static void assertTooLarge(HttpResponse<String> refused) throws Exception {
    assertProblem(refused, 413, "too_large");
    assertThat(TestClient.json(refused).path("detail").asText())
        .contains("256 KB")
        .contains("FRAMEWISE_MAX_UPLOAD");
  }

  private static void assertProblem(HttpResponse<String> refused, int status, String code)
      throws Exception {
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(TestClient.json(refused).path("code").asText()).isEqualTo(code);
  }
}
