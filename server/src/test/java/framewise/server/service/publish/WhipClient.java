package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** WHIP client (RFC 9725), written by hand. */
public final class WhipClient {
  private final TestClient client;

  public WhipClient(TestClient client) {
    this.client = client;
  }

  /** A sender's data about its connection. */
  public record Published(String path, String session, String tag, HttpResponse<String> response) {}

  /** Publishes the sender's video to {@code path}; headers as name and value in turn. */
  public Published publish(VideoSender sender, String path, String... headers) throws Exception {
    HttpResponse<String> response = offer(path, sender.offer(), headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    sender.accept(response.body());
    String location = response.headers().firstValue("Location").orElseThrow();
    String resource = URI.create("http://x" + path).resolve(location).getPath();
    return new Published(
        resource,
        resource.split("/", -1)[2],
        response.headers().firstValue("ETag").orElseThrow(),
        response);
  }

  /** Posts an offer; headers as name and value in turn. */
  public HttpResponse<String> offer(String path, String offer, String... headers)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/sdp"));
    all.addAll(List.of(headers));
    return client.send(
        client.to(path, all.toArray(String[]::new)).POST(BodyPublishers.ofString(offer)));
  }

  HttpResponse<String> call(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = client.to(path, headers);
    return client.send(request.method(method, BodyPublishers.noBody()));
  }
}
