package framewise.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The console lists the models of a local server; users can also type another name. */
class ModelsOfLocalServersAreChosenTest {
  private static final HttpServer server = start();

  @RegisterExtension
  static final JarService service =
      JarService.with(
          Map.of(
              "LOCAL_BASE_URL", "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort())));

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void fromTheListOrByName() {
    ConsolePage console = browser.open(service);
    Page page = console.page();
    console.upload(DrawnClip.saying("EXIT 42", 2, folder));
    console.answerAsFastAsItGoes();
    page.locator("input[name=backend][value=local]").check();
    Locator model = page.locator("fw-model-field select");
    assertThat(page.getByLabel("Model", new Page.GetByLabelOptions().setExact(true))).isVisible();
    assertThat(model.locator("option"))
        .hasText(new String[] {"Default", "llava", "moondream", "qwen-vl", "Another model…"});
    assertThat(model).hasValue("");
    model.selectOption("moondream");
    assertThat(console.barriers()).isEmpty();
    model.scrollIntoViewIfNeeded();
    console.picture("models");
    console.start("Count the people");
    assertThat(console.answers("Said by moondream.").first()).isVisible();
    assertThat(console.button("Start again")).isVisible();

    model.selectOption(new SelectOption().setLabel("Another model…"));
    Locator name = page.getByLabel("Name of the model");
    assertThat(name).isFocused();
    name.fill("my-own");
    name.press("Tab");
    console.button("Start again").click();
    assertThat(console.answers("Said by my-own.").first()).isVisible();
    assertThat(console.button("Start again")).isVisible();
    page.reload();
    console.openAsking();
    assertThat(model).hasValue("my-own");
    assertThat(console.faults()).isEmpty();
  }

  private static HttpServer start() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.setExecutor(task -> Thread.ofVirtual().start(task));
      made.createContext(
          "/v1/models",
          exchange -> {
            try (exchange) {
              send(
                  exchange,
                  "{\"data\":[{\"id\":\"llava\"},{\"id\":\"moondream\"},{\"id\":\"qwen-vl\"}]}");
            }
          });
      made.createContext(
          "/v1/chat/completions",
          exchange -> {
            try (exchange) {
              String asked =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              String model = asked.replaceAll("(?s).*?\"model\"\\s*:\\s*\"([^\"]*)\".*", "$1");
              send(
                  exchange,
                  "{\"id\":\"1\",\"model\":\"%s\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Said by %s.\"}}]}"
                      .formatted(model, model));
            }
          });
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
