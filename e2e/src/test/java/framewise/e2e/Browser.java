package framewise.e2e;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import framewise.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real Chromium for the tests of a class. Every page has storage of its own; what is still open
 * when a test fails is kept as a picture under {@code target/screenshots}. Classes that start
 * Chromium with the same flags share its process, which ends with the JVM.
 */
final class Browser implements BeforeAllCallback, AfterTestExecutionCallback, AfterEachCallback {
  private static final Map<List<String>, com.microsoft.playwright.Browser> RUNNING =
      new HashMap<>();

  /** The clip of each sign: a running Chromium goes on to read it. */
  private static final Map<String, Path> CAMERAS = new HashMap<>();

  private static @Nullable Playwright playwright;

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          // A name that is not this machine to Chromium, so that its pages are not secure.
          "--host-resolver-rules=MAP framewise.example 127.0.0.1");

  /** Models answer slowly on a machine that does other things as well. */
  private static final double PATIENCE_MS = 45_000;

  private final @Nullable String sign;
  private final int cameras;
  private com.microsoft.playwright.@Nullable Browser chromium;
  private final List<Page> pages = new ArrayList<>();

  Browser() {
    this(null, 0);
  }

  private Browser(@Nullable String sign, int cameras) {
    this.sign = sign;
    this.cameras = cameras;
  }

  /** One with a camera that looks at a sign, and that pages may use without asking. */
  static Browser filming(String sign) {
    return new Browser(sign, 1);
  }

  /** One with so many cameras that see a moving test picture, and a screen that shows the same. */
  static Browser withCameras(int count) {
    return new Browser(null, count);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Machine.needs("chromium");
    List<String> flags = new ArrayList<>(FLAGS);
    if (cameras > 0) {
      flags.add("--use-fake-device-for-media-stream=device-count=" + cameras);
      flags.add("--use-fake-ui-for-media-stream");
    }
    if (sign != null) {
      flags.add("--use-file-for-fake-video-capture=" + camera(sign));
    }
    chromium = RUNNING.computeIfAbsent(flags, Browser::launch);
  }

  private static Path camera(String sign) throws IOException {
    Path drawn = CAMERAS.get(sign);
    if (drawn == null) {
      Path folder = Path.of("target", "camera", System.getProperty("framewise.fork", "1"));
      drawn = DrawnClip.forCamera(sign, Files.createDirectories(folder)).toAbsolutePath();
      CAMERAS.put(sign, drawn);
    }
    return drawn;
  }

  private static com.microsoft.playwright.Browser launch(List<String> flags) {
    Playwright driver = playwright == null ? Playwright.create() : playwright;
    playwright = driver;
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    String path = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
    return driver
        .chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(Path.of(path)).setArgs(flags));
  }

  /** The console of a service on a desktop screen, in light colours. */
  ConsolePage open(RunningService service) {
    return open(service, new com.microsoft.playwright.Browser.NewContextOptions());
  }

  /** The same in dark colours. */
  ConsolePage openInTheDark(RunningService service) {
    return open(
        service,
        new com.microsoft.playwright.Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
  }

  /** The same on a phone: a small, sharp screen that is touched. */
  ConsolePage openOnAPhone(RunningService service) {
    return open(
        service,
        new com.microsoft.playwright.Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setIsMobile(true)
            .setHasTouch(true));
  }

  /** The console of a service on the screen that the options tell. */
  ConsolePage open(
      RunningService service, com.microsoft.playwright.Browser.NewContextOptions options) {
    return open(service.address(), options);
  }

  /** The console at an address, on the screen that the options tell. */
  ConsolePage open(String address, com.microsoft.playwright.Browser.NewContextOptions options) {
    if (options.viewportSize == null) {
      options.setViewportSize(1440, 900);
    }
    var page = Objects.requireNonNull(chromium).newContext(options).newPage();
    pages.add(page);
    var console = new ConsolePage(page);
    console.goTo(address);
    return console;
  }

  /** Any page, in a browser that has been nowhere yet. */
  Page visit(String address) {
    var options =
        new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 800);
    var page = Objects.requireNonNull(chromium).newContext(options).newPage();
    pages.add(page);
    page.navigate(address);
    return page;
  }

  /** The page of an app, which is served by {@code app} and talks to {@code service}. */
  OvershootPage open(OvershootApp app, RunningService service) {
    var page = Objects.requireNonNull(chromium).newContext().newPage();
    pages.add(page);
    return new OvershootPage(page, app.address(), service.address() + "/api/v0.2");
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      for (Page page : pages) {
        ConsolePage.picture(page, "failed-" + context.getRequiredTestMethod().getName());
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    pages.forEach(page -> page.context().close());
    pages.clear();
  }
}
