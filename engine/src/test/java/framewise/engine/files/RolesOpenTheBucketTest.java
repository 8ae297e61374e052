package framewise.engine.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.engine.folder.FileStores;
import framewise.engine.store.DiskSpace;
import framewise.testing.S3Server;
import framewise.time.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * If the settings have no key, the role of the pod gives access to the bucket. The stubs of the
 * services that issue its keys use the real formats; the store is real and checks signatures. Seen:
 * a token of Kubernetes (IRSA) was ignored, and the start failed with "no key".
 */
@Timeout(180)
class RolesOpenTheBucketTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/framewise";

  @TempDir Path folder;
  private final Map<String, Optional<String>> before = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private S3Server store;
  private HttpServer keys;

  @BeforeEach
  void start() throws IOException {
    store = S3Server.start(folder);
    keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    keys.createContext("/", this::exchangeToken);
    keys.createContext("/pod", this::keysOfPod);
    keys.start();
    set("aws.disableEc2Metadata", "true");
    set("aws.region", "eu-central-1");
    set("aws.sharedCredentialsFile", folder.resolve("none").toString());
    set("aws.configFile", folder.resolve("none").toString());
  }

  @AfterEach
  void close() {
    before.forEach(
        (name, value) ->
            value.ifPresentOrElse(
                old -> System.setProperty(name, old), () -> System.clearProperty(name)));
    keys.stop(0);
    store.close();
  }

  @Test
  void ofAServiceAccountOfKubernetes() throws Exception {
    set("aws.roleArn", ROLE);
    set("aws.webIdentityTokenFile", written("token", "a.token.of-kubernetes"));
    set("aws.endpointUrlSts", url(""));
    requireOpen();
    assertThat(asked)
        .isNotEmpty()
        .allMatch(request -> request.contains("Action=AssumeRoleWithWebIdentity"))
        .allMatch(request -> request.contains("WebIdentityToken=a.token.of-kubernetes"))
        .allMatch(request -> request.contains("RoleArn=" + ROLE));
  }

  @Test
  void ofAPodIdentity() throws Exception {
    set("aws.containerCredentialsFullUri", url("/pod"));
    set("aws.containerAuthorizationTokenFile", written("token", "a.token.of-the-pod"));
    requireOpen();
    assertThat(asked).isNotEmpty().allMatch(request -> request.equals("a.token.of-the-pod"));
  }

  private void requireOpen() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (FileStore files =
        FileStores.open(
            new FileLocation.Bucket(
                S3Address.parse(store.location("role")), Optional.empty(), 1 << 30),
            data,
            DiskSpace.of(data),
            WallClock.system())) {
      Path file = Files.writeString(Files.createTempFile(data, "a", "b"), "content");
      files.put("videos/one", file);
      assertThat(store.keys("role/videos/")).containsExactly("role/videos/one");
    }
  }

  /** Answers in the format of the AWS Security Token Service. */
  private void exchangeToken(HttpExchange call) throws IOException {
    asked.add(URLDecoder.decode(new String(call.getRequestBody().readAllBytes(), UTF_8), UTF_8));
    send(
        call,
        "text/xml",
        """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <AssumedRoleUser>
              <Arn>%1$s</Arn><AssumedRoleId>AROA:framewise</AssumedRoleId>
            </AssumedRoleUser>
            <Credentials>
              <AccessKeyId>%2$s</AccessKeyId><SecretAccessKey>%3$s</SecretAccessKey>
              <SessionToken>a-session</SessionToken><Expiration>%4$s</Expiration>
            </Credentials>
          </AssumeRoleWithWebIdentityResult>
          <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
        </AssumeRoleWithWebIdentityResponse>
        """
            .formatted(ROLE, S3Server.ID, S3Server.SECRET, inAnHour()));
  }

  /** Answers in the format of the credential agents in containers. */
  private void keysOfPod(HttpExchange call) throws IOException {
    asked.add(call.getRequestHeaders().getFirst("Authorization"));
    send(
        call,
        "application/json",
        "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Token\":\"a-session\",\"Expiration\":\"%s\"}"
            .formatted(S3Server.ID, S3Server.SECRET, inAnHour()));
  }

  private static void send(HttpExchange call, String type, String text) throws IOException {
    try (call) {
      call.getResponseHeaders().set("Content-Type", type);
      call.sendResponseHeaders(200, text.getBytes(UTF_8).length);
      call.getResponseBody().write(text.getBytes(UTF_8));
    }
  }

  private static Instant inAnHour() {
    return WallClock.system().now().plus(Duration.ofHours(1));
  }

  private String written(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(keys.getAddress().getPort(), path);
  }

  private void set(String name, String value) {
    before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
    System.setProperty(name, value);
  }
}
