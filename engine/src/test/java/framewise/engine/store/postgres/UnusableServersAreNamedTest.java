package framewise.engine.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.store.DiskSpace;
import framewise.engine.store.UnusableDataException;
import framewise.testing.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reason for a failed start is one sentence, which never contains the password. */
class UnusableServersAreNamedTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  @TempDir Path folder;

  @Test
  void aStoppedServer() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    refused("postgresql://framewise:hush-hush@127.0.0.1:%d/main".formatted(port))
        .isEqualTo(
            "PostgreSQL at 127.0.0.1:%d/main can't be reached. Start it, or correct FRAMEWISE_DATABASE."
                .formatted(port));
  }

  @Test
  void aServerThatStaysDown() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    PostgresUrl url =
        PostgresUrl.parse("postgresql://framewise:hush-hush@127.0.0.1:%d/main".formatted(port))
            .orElseThrow();
    assertThatThrownBy(() -> PostgresDatabase.awaitServer(url, Duration.ofMillis(100)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("can't be reached");
  }

  @Test
  void aWrongPassword() {
    refused("postgresql://framewise:hush-hush@127.0.0.1:%d/postgres".formatted(SERVER.port()))
        .isEqualTo(
            "PostgreSQL at 127.0.0.1:%d/postgres refused the password of the user framewise. Correct FRAMEWISE_DATABASE."
                .formatted(SERVER.port()));
  }

  @Test
  void aMissingPassword() {
    refused("postgresql://framewise@127.0.0.1:%d/postgres".formatted(SERVER.port()))
        .contains("password");
  }

  @Test
  void aMissingDatabase() {
    refused(SERVER.url("nowhere"))
        .isEqualTo(
            "PostgreSQL at 127.0.0.1:%d has no database nowhere. Create it, for example with: createdb nowhere"
                .formatted(SERVER.port()));
  }

  @Test
  void aUserWithoutTheRightToCreateTables() {
    String database = SERVER.newDatabase();
    String name = database.substring(database.lastIndexOf('/') + 1);
    SERVER.sql(
        name,
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "CREATE ROLE reader_%s LOGIN PASSWORD 'hush-hush'".formatted(name));
    refused("postgresql://reader_%s:hush-hush@127.0.0.1:%d/%s".formatted(name, SERVER.port(), name))
        .startsWith(
            "The user reader_"
                + name
                + " lacks permission to create tables in the database "
                + name)
        .contains("GRANT CREATE, USAGE ON SCHEMA public TO reader_" + name);
  }

  @Test
  void aReadOnlyDatabase() {
    String database = SERVER.newDatabase();
    String name = database.substring(database.lastIndexOf('/') + 1);
    SERVER.sql("postgres", "ALTER DATABASE " + name + " SET default_transaction_read_only = on");
    refused(database).contains("accepts no writes").contains("primary server");
  }

  @Test
  void anotherEncoding() {
    SERVER.sql(
        "postgres",
        "DROP DATABASE IF EXISTS latin",
        "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'");
    refused(SERVER.url("latin")).contains("LATIN1").contains("UTF8");
  }

  @Test
  void aDatabaseOfANewerVersion() {
    String database = SERVER.newDatabase();
    open(database).close();
    SERVER.sql(
        database.substring(database.lastIndexOf('/') + 1), "UPDATE schema_part SET version = 99");
    refused(database).contains("newer version of Framewise").contains("99");
  }

  @Test
  void anOldServer() {
    PostgresUrl url = PostgresUrl.parse(SERVER.url("postgres")).orElseThrow();
    assertThatThrownBy(() -> PostgresDatabase.requireVersion(130_016, url))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("is version 13, but Framewise needs 14 or later");
    PostgresDatabase.requireVersion(140_000, url);
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://u:p@h/d, h:5432/d, u, prefer",
    "postgres://u@h:5433/d, h:5433/d, u, prefer",
    "postgresql://a%40b:p%2Fq@h/my%20db?sslmode=verify-full, h:5432/my db, a@b, verify-full",
    "postgresql://u:p+q@[::1]:5/d, ::1:5/d, u, prefer",
  })
  void addressesAreParsed(String text, String shown, String user, String mode) {
    PostgresUrl url = PostgresUrl.parse(text).orElseThrow();
    assertThat(url.shown()).isEqualTo(shown);
    assertThat(url.user()).isEqualTo(user);
    assertThat(url.sslMode()).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data.db",
        "mysql://u:p@h/d",
        "postgresql://h/d",
        "postgresql://:p@h/d",
        "postgresql://u:p@h",
        "postgresql://u:p@h/",
        "postgresql://u:p@h/a/b",
        "postgresql://u:p@h:0/d",
        "postgresql://u:p@h:70000/d",
        "postgresql://u:p@h/d?sslmode=on",
        "postgresql://u:p@h/d?sslmode=require&options=x",
        "postgresql://u:p@h/d?loggerFile=x",
        "postgresql://u:p%zz@h/d",
        "postgresql://u:p@h/d#f",
      })
  void invalidAddressesAreRefused(String text) {
    assertThat(PostgresUrl.parse(text)).isEmpty();
  }

  @Test
  void theAddressHidesItsPassword() {
    PostgresUrl url = PostgresUrl.parse("postgresql://u:hush-hush@h/d").orElseThrow();
    assertThat(url.toString()).isEqualTo("postgresql://u@h:5432/d");
    assertThat(url.password().orElseThrow().reveal()).isEqualTo("hush-hush");
  }

  private PostgresDatabase open(String database) {
    return PostgresDatabase.open(PostgresUrl.parse(database).orElseThrow(), DiskSpace.of(folder));
  }

  /** The error of a refused start; checks that no output contains the password. */
  private org.assertj.core.api.AbstractStringAssert<?> refused(String database) {
    var printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    String sentence = "";
    try (var copy = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(copy);
      System.setErr(copy);
      open(database).close();
    } catch (UnusableDataException e) {
      sentence = String.valueOf(e.getMessage());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(sentence).as("the start is refused").isNotEmpty();
    assertThat(sentence + printed.toString(StandardCharsets.UTF_8))
        .doesNotContain("hush-hush", PostgresServer.PASSWORD);
    return assertThat(sentence);
  }
}
