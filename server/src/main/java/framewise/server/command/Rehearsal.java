package framewise.server.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import framewise.webrtc.PeerFault;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Publisher;
import framewise.webrtc.library.PeersUnavailableException;
import framewise.webrtc.sdp.SdpRefusedException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a user's first steps on a service at a local address: opens the console, runs the sample,
 * publishes live video and listens to the answers. The model is a separate server that answers at
 * once, so the whole path runs: receive, decode, encode, ask, store, deliver.
 */
final class Rehearsal implements AutoCloseable {
  private static final List<String> FIRST_REQUESTS =
      List.of("/", "/console/", "/backends", "/sessions", "/health/ready", "/metrics");
  private static final String WHIP =
      "/whip?prompt=What+is+there%3F&backend=local&delay_seconds=0.2";
  private static final String START =
      "{\"prompt\":\"What is there?\",\"backend\":\"local\",\"pace\":\"fast\"}";
  private static final Pattern ID = Pattern.compile("\"session_id\":\"([^\"]+)\"");
  private static final int STREAMS = 2;
  private static final int PICTURES = 90;
  private static final Duration BETWEEN_PICTURES = Duration.ofMillis(33);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpServer model;

  Rehearsal() throws IOException {
    model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
    model.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    model.createContext("/v1/chat/completions", Rehearsal::answer);
    model.start();
  }

  /** Settings of a service that uses this rehearsal's model. */
  Map<String, String> settings() {
    return Map.of(
        "LOCAL_BASE_URL",
        "http://127.0.0.1:%d/v1".formatted(model.getAddress().getPort()),
        "LOCAL_MODEL",
        "rehearsal");
  }

  /**
   * Takes the steps on the service at this port.
   *
   * @throws IOException when it does not answer
   */
  void run(int port) throws IOException, InterruptedException {
    String address = "127.0.0.1:" + port;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : FIRST_REQUESTS) {
        HttpResponse<Void> _ =
            client.send(request(address, path).build(), BodyHandlers.discarding());
      }
      List<WebSocket> sockets = new ArrayList<>();
      runSample(client, address, sockets);
      publish(client, address, sockets);
      sockets.forEach(WebSocket::abort);
    }
  }

  @Override
  public void close() {
    model.stop(0);
  }

  private static void runSample(HttpClient client, String address, List<WebSocket> sockets)
      throws IOException, InterruptedException {
    String made = post(client, address, "/sessions/demo", "application/json", "{}").body();
    Matcher id = ID.matcher(made);
    if (id.find()) {
      listen(client, address, id.group(1), sockets);
      HttpResponse<String> _ =
          post(client, address, "/start-stream/" + id.group(1), "application/json", START);
    }
  }

  /**
   * A machine without any network address, or without the system libraries of WebRTC, can't
   * publish; its rehearsal ends with the sample.
   */
  private static void publish(HttpClient client, String address, List<WebSocket> sockets)
      throws IOException, InterruptedException {
    List<Publisher> publishers = new ArrayList<>();
    try (var peers = new Peers(PeerOptions.DEFAULTS)) {
      for (int i = 0; i < STREAMS; i++) {
        Publisher publisher = peers.publisher(PeerListener.NONE);
        publishers.add(publisher);
        HttpResponse<String> answer =
            post(client, address, WHIP, "application/sdp", publisher.offer());
        publisher.accept(answer.body());
        String[] location = answer.headers().firstValue("Location").orElse("//").split("/", -1);
        listen(client, address, location[location.length - 2], sockets);
      }
      for (int number = 0; number < PICTURES; number++) {
        try (Frame picture = Frame.of(draw(number), MediaTime.ZERO)) {
          publishers.forEach(publisher -> publisher.send(picture));
        }
        WallClock.system().sleep(BETWEEN_PICTURES);
      }
      publishers.forEach(Publisher::close);
    } catch (PeerFault | PeersUnavailableException | SdpRefusedException e) {
      System.err.println("No live video in this rehearsal: " + e.getMessage());
    }
  }

  private static void listen(
      HttpClient client, String address, String session, List<WebSocket> sockets) {
    URI socket = URI.create("ws://%s/ws/%s?since=0".formatted(address, session));
    sockets.add(
        client.newWebSocketBuilder().buildAsync(socket, new WebSocket.Listener() {}).join());
  }

  private static BufferedImage draw(int number) {
    var image = new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.getHSBColor(number / (float) PICTURES, 0.5f, 0.8f));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.fillOval(5 * number, 2 * number, 100, 100);
    graphics.dispose();
    return image;
  }

  private static HttpResponse<String> post(
      HttpClient client, String address, String path, String type, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(address, path)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String address, String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(TIMEOUT);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] _ = exchange.getRequestBody().readAllBytes();
      byte[] answer =
          """
          {"id":"1","object":"chat.completion","created":1,"model":"rehearsal","choices":[{"index":0,\
          "message":{"role":"assistant","content":"A disc."},"finish_reason":"stop"}],\
          "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
          """
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
