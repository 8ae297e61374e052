package framewise.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seen: the guides were in the repository only, which users of the jar do not have. */
class GuidesAreServedAsPagesTest {
  private static final Path DOCS = Path.of(System.getProperty("framewise.root", ".."), "docs");
  private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile("id=\"([^\"]*)\"");

  @TempDir Path folder;

  @Test
  void everyGuideAndLink() throws Exception {
    try (var service = RunningService.on(folder, ScriptedBackend.echo())) {
      TestClient client = service.client();
      assertThat(client.get("/guides").headers().firstValue("Location")).hasValue("/guides/");
      Set<String> links = new HashSet<>();
      try (Stream<Path> files = Files.list(DOCS)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".md")).toList()) {
          String name = file.getFileName().toString().replace(".md", ".html");
          String page = name.equals("README.html") ? "" : name;
          var found = client.get("/guides/" + page);
          assertThat(found.statusCode()).as(name).isEqualTo(200);
          assertThat(found.headers().firstValue("Content-Type"))
              .hasValueSatisfying(GuidesAreServedAsPagesTest::isHtml);
          assertThat(found.body()).contains("<h1 id=", "– Framewise</title>");
          LINK.matcher(found.body()).results().map(link -> link.group(1)).forEach(links::add);
        }
      }
      for (String link : links) {
        if (!link.startsWith("http") && !link.startsWith("#")) {
          String[] parts = link.split("#", 2);
          var target = client.get(URI.create("/guides/").resolve(parts[0]).toString());
          assertThat(target.statusCode()).as(link).isEqualTo(200);
          if (parts.length == 2) {
            assertThat(ID.matcher(target.body()).results().map(id -> id.group(1)))
                .as(link)
                .contains(parts[1]);
          }
        }
      }
      for (String none : new String[] {"nothing.html", "README.md", "..%2fdocs", "x%00.html"}) {
        assertThat(client.get("/guides/" + none).statusCode()).as(none).isIn(400, 404);
      }
    }
  }

  @Test
  void htmlIsEscapedAndForeignLinksAreRemoved() {
    String page =
        GuidePage.of(
            """
            # A & B <script>alert(1)</script>

            [run](javascript:alert(1)) [here](search.md#how-it-works) [code](../server/Main.java)
            [note](#a--b)
            """,
            false);
    assertThat(page)
        .contains("&lt;script&gt;", "href=\"search.html#how-it-works\">here</a>", "code")
        .contains("href=\"#a--b\">note</a>", "<title>A &amp; B")
        .doesNotContain("<script>", "javascript:", "Main.java");
  }

  private static void isHtml(String type) {
    assertThat(type).startsWith("text/html");
  }
}
