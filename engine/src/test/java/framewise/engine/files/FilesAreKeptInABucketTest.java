package framewise.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.files.s3.S3Store;
import framewise.engine.folder.FileStores;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.UnusableDataException;
import framewise.overshoot.Secret;
import framewise.testing.S3Server;
import framewise.time.WallClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real S3-compatible server, which checks signatures. */
class FilesAreKeptInABucketTest {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final long MUCH = 1L << 30;

  /** Large enough for an upload in several parts. */
  private static final int LARGE = 37 << 20;

  @TempDir static Path shared;
  private static S3Server server;

  @TempDir Path folder;
  private final String prefix = "test-" + NEXT.incrementAndGet();

  @BeforeAll
  static void start() {
    server = S3Server.start(shared);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyNodeReadsAnyRange() throws Exception {
    byte[] content = random(LARGE);
    try (FileStore first = open("a", MUCH);
        FileStore second = open("b", MUCH)) {
      first.put("videos/one", file(content));

      assertThat(server.keys(prefix + "/videos/")).containsExactly(prefix + "/videos/one");
      assertThat(second.find("videos/one").orElseThrow().bytes()).isEqualTo(LARGE);
      assertThat(read(second, "videos/one", 20 << 20, 100))
          .isEqualTo(Arrays.copyOfRange(content, 20 << 20, (20 << 20) + 100));
      assertThat(read(second, "videos/one", LARGE - 5, 100))
          .isEqualTo(Arrays.copyOfRange(content, LARGE - 5, LARGE));
      assertThat(Files.readAllBytes(second.local("videos/one", FileStore.CopyProgress.NONE)))
          .isEqualTo(content);
      assertThat(second.list("videos/")).extracting(FileEntry::key).containsExactly("videos/one");
      assertThat(second.find("videos/two")).isEmpty();
      assertThatThrownBy(() -> second.read("videos/two", 0, 1))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> second.local("videos/two", FileStore.CopyProgress.NONE))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void deletedFilesAreGoneOnEveryNode() throws Exception {
    try (FileStore first = open("a", MUCH);
        FileStore second = open("b", MUCH)) {
      first.put("videos/one", file(random(100)));
      for (int i = 0; i < 3; i++) {
        first.putSoon("evidence/one/%d.zip".formatted(i), random(10));
      }
      Path copy = second.local("videos/one", FileStore.CopyProgress.NONE);
      await().until(() -> server.keys(prefix + "/evidence/").size() == 3);

      first.delete("videos/one");
      first.deleteAll("evidence/one/");

      await().until(() -> server.keys(prefix + "/evidence/").isEmpty());
      assertThat(server.keys(prefix + "/videos/")).isEmpty();
      assertThat(second.list("videos/")).isEmpty();
      assertThat(copy).doesNotExist();
    }
  }

  @Test
  void theLeastRecentlyUsedCopiesAreEvictedFirst() throws Exception {
    try (FileStore first = open("a", MUCH);
        FileStore second = open("b", 2_500)) {
      for (String key : new String[] {"videos/one", "videos/two", "videos/three"}) {
        first.put(key, file(random(1_000)));
      }
      Path one = second.local("videos/one", FileStore.CopyProgress.NONE);
      Files.setLastModifiedTime(one, FileTime.from(WallClock.system().now().minusSeconds(60)));
      Path two = second.local("videos/two", FileStore.CopyProgress.NONE);
      Path three = second.local("videos/three", FileStore.CopyProgress.NONE);
      assertThat(one).doesNotExist();
      assertThat(two).exists();
      assertThat(three).exists();
    }
  }

  @Test
  void anOutageLosesNothing() throws Exception {
    try (S3Server own = S3Server.start(folder);
        FileStore store = open(own, "a", MUCH)) {
      store.put("videos/one", file(random(100)));
      own.stop();

      byte[] kept = random(1_000);
      store.putSoon("evidence/one/1.zip", kept);
      assertThat(read(store, "evidence/one/1.zip", 0, 5_000)).isEqualTo(kept);
      assertThat(store.local("videos/one", FileStore.CopyProgress.NONE))
          .as("a copy is here")
          .exists();
      assertThatThrownBy(() -> store.put("videos/two", file(random(100))))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> {
                assertThat(e.refusal().code()).isEqualTo(Code.FILES_UNAVAILABLE);
                assertThat(e.refusal().detail())
                    .contains("Can't reach the file store", "nothing accepts connections");
              });
      store.delete("videos/one");

      own.restart();
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> own.keys(prefix + "/evidence/").size() == 1);
      await().until(() -> own.keys(prefix + "/videos/").isEmpty());
      await().until(((BucketStore) store)::isReachable);
      assertThat(((BucketStore) store).waiting()).isZero();
    }
  }

  /** Accepts connections and does not answer, like a machine that is swapping. */
  @Test
  void aHangingStoreTimesOut() throws Exception {
    try (S3Server own = S3Server.start(folder);
        FileStore store = open(own, "a", MUCH)) {
      store.put("videos/one", file(random(100)));
      own.pause();
      store.putSoon("evidence/one/1.zip", random(10));
      assertThatThrownBy(() -> store.find("videos/two"))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal().code()).isEqualTo(Code.FILES_UNAVAILABLE));
      assertThat(store.find("videos/one")).as("a copy is here").isPresent();
      own.resume();
      assertThat(store.find("videos/two")).isEmpty();
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> own.keys(prefix + "/evidence/").size() == 1);
    }
  }

  @Test
  void waitingFilesAreSentAfterARestart() throws Exception {
    try (S3Server own = S3Server.start(folder)) {
      try (FileStore store = open(own, "a", MUCH)) {
        own.stop();
        store.putSoon("evidence/one/1.zip", random(10));
        store.putSoon("evidence/two/1.zip", random(10));
        store.deleteAll("evidence/two/");
      }
      own.restart();
      try (FileStore _ = open(own, "a", MUCH)) {
        await()
            .until(
                () ->
                    own.keys(prefix + "/evidence/")
                        .equals(List.of(prefix + "/evidence/one/1.zip")));
      }
    }
  }

  /** An incomplete upload would take up space for ever, and object lists do not show it. */
  @Test
  void anAbortedUploadLeavesNothing() throws Exception {
    try (S3Server own = S3Server.start(folder);
        FileStore store = open(own, "a", MUCH)) {
      Path file = file(random(LARGE));
      long before = own.stored();
      Thread cut =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      store.put("videos/one", file);
                    } catch (IOException | RuntimeException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      await().until(() -> own.stored() > before);
      cut.interrupt();
      cut.join();

      assertThat(store.find("videos/one")).isEmpty();
      // The server may still be removing the part that was being uploaded.
      await().untilAsserted(() -> assertThat(own.stored()).isEqualTo(before));
      assertThat(file).as("the caller's file").exists();
      var later = WallClock.system().now().plusSeconds(60);
      try (var objects = S3Store.open(address(own), keys(S3Server.SECRET))) {
        assertThat(objects.deleteUnfinished(later)).isZero();
      }
    }
  }

  @Test
  void configurationErrorsSayWhatToDo() {
    assertThatThrownBy(() -> opened(address(server), keys("wrong")))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("rejected the secret key. Check FRAMEWISE_S3_SECRET_ACCESS_KEY");
    assertThatThrownBy(
            () ->
                opened(
                    address(server),
                    Optional.of(new S3Credentials("nobody", Secret.of(S3Server.SECRET)))))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageMatching("The file store .* (rejected the access key|denied access).*");
    assertThatThrownBy(
            () ->
                opened(
                    S3Address.parse("s3://no-such-bucket?endpoint=" + server.endpoint()),
                    keys(S3Server.SECRET)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("has no bucket no-such-bucket");
    assertThatThrownBy(
            () ->
                opened(
                    S3Address.parse("s3://bucket?endpoint=http://127.0.0.1:1"),
                    keys(S3Server.SECRET)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessage(
            "Can't reach the file store s3://bucket at http://127.0.0.1:1: nothing accepts"
                + " connections there. Check FRAMEWISE_FILES and the network.");
    assertThatThrownBy(
            () ->
                opened(
                    S3Address.parse("s3://bucket?endpoint=https://nowhere.invalid"),
                    keys(S3Server.SECRET)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("its host name is unknown");
  }

  private FileStore open(String node, long copies) throws IOException {
    return open(server, node, copies);
  }

  private FileStore open(S3Server at, String node, long copies) throws IOException {
    return open(address(at), keys(S3Server.SECRET), node, copies);
  }

  private void opened(S3Address address, Optional<S3Credentials> keys) throws IOException {
    open(address, keys, "a", MUCH).close();
  }

  private FileStore open(S3Address address, Optional<S3Credentials> keys, String node, long copies)
      throws IOException {
    Path data = Files.createDirectories(folder.resolve(node));
    return FileStores.open(
        new FileLocation.Bucket(address, keys, copies),
        data,
        DiskSpace.of(data),
        WallClock.system());
  }

  private S3Address address(S3Server at) {
    return S3Address.parse(at.location(prefix));
  }

  private static Optional<S3Credentials> keys(String secret) {
    return Optional.of(new S3Credentials(S3Server.ID, Secret.of(secret)));
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder, "upload", ".part"), content);
  }

  private static byte[] read(FileStore store, String key, long first, long length)
      throws IOException {
    try (InputStream in = store.read(key, first, length)) {
      return in.readAllBytes();
    }
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(IntStream.of(length, NEXT.get()).sum()).nextBytes(bytes);
    return bytes;
  }
}
