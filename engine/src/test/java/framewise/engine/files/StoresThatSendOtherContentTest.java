package framewise.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.engine.RefusedException;
import framewise.engine.folder.FileStores;
import framewise.engine.store.DiskSpace;
import framewise.overshoot.Secret;
import framewise.time.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seen: a store that sent an object without an end filled the disk with its copy. */
@Timeout(120)
class StoresThatSendOtherContentTest {
  private static final int SIZE = 1_000;
  private static final long MUCH = 64L << 20;
  private static final String LISTING =
      "<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>";

  @TempDir Path folder;
  private final AtomicLong sent = new AtomicLong();
  private HttpServer server;
  private FileStore store;

  /**
   * Value of Content-Length of an object; 0 for chunks without an end, as the JDK's server does.
   */
  private long announced = SIZE;

  /** The answer to a list; a second element is repeated without an end. */
  private volatile List<String> list = List.of(LISTING);

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    store =
        FileStores.open(
            new FileLocation.Bucket(
                S3Address.parse(
                    "s3://bucket?endpoint=http://127.0.0.1:%d&region=eu-central-1"
                        .formatted(server.getAddress().getPort())),
                Optional.of(new S3Credentials("id", Secret.of("secret"))),
                MUCH),
            folder,
            DiskSpace.of(folder),
            WallClock.system());
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
  }

  @Test
  void whatTheyAnnounceIsRead() throws Exception {
    assertThat(Files.size(store.local("videos/one", FileStore.CopyProgress.NONE))).isEqualTo(SIZE);
  }

  @Test
  void endlessObjectsAreRefused() throws Exception {
    announced = 0;
    refused("an object without its length");
    assertThat(sent).hasValueLessThan(MUCH);
  }

  @Test
  void longerObjectsAreRefused() throws Exception {
    announced = SIZE + 1;
    refused("1,001 bytes but was asked for 1,000");
  }

  @Test
  void otherPartsAreRefused() {
    assertThatThrownBy(() -> store.read("videos/one", 10, SIZE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the start of an object but was asked for a later part");
  }

  /** Seen: one list without an end used up the heap. */
  @Test
  void endlessListsAreRefused() {
    list =
        List.of("<ListBucketResult>", "<Contents><Key>videos/one</Key><Size>1</Size></Contents>");
    assertThatThrownBy(() -> store.list("videos/")).isInstanceOf(RefusedException.class);
    assertThat(sent).hasValueLessThan(MUCH);
  }

  @Test
  void listsWithoutALastPageAreRefused() {
    list =
        List.of(
            "<ListBucketResult><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>again</NextContinuationToken></ListBucketResult>");
    assertThatThrownBy(() -> store.list("videos/"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a list of more than 200,000 files");
  }

  private void refused(String why) throws IOException {
    assertThatThrownBy(() -> store.local("videos/one", FileStore.CopyProgress.NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> parts = files.filter(file -> file.toString().endsWith(".part")).toList();
      assertThat(parts).isEmpty();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      boolean object = exchange.getRequestURI().getPath().endsWith("/one");
      switch (exchange.getRequestMethod()) {
        case "HEAD" -> {
          exchange.getResponseHeaders().set("Content-Length", Integer.toString(SIZE));
          exchange.getResponseHeaders().set("Last-Modified", "Tue, 01 Dec 2026 00:00:00 GMT");
          exchange.sendResponseHeaders(200, -1);
        }
        case "GET" -> {
          if (object) {
            send(exchange);
          } else {
            list(exchange);
          }
        }
        default -> exchange.sendResponseHeaders(200, -1);
      }
    }
  }

  private void list(HttpExchange exchange) throws IOException {
    boolean endless = list.size() > 1;
    byte[] begin = list.getFirst().getBytes(StandardCharsets.US_ASCII);
    byte[] more = list.getLast().repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, endless ? 0 : begin.length);
    exchange.getResponseBody().write(begin);
    while (endless) {
      exchange.getResponseBody().write(more);
      sent.addAndGet(more.length);
    }
  }

  private void send(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    long left = announced == 0 ? Long.MAX_VALUE : announced;
    var some = new byte[64 << 10];
    while (left > 0) {
      int count = (int) Math.min(left, some.length);
      exchange.getResponseBody().write(some, 0, count);
      sent.addAndGet(count);
      left -= count;
    }
  }
}
