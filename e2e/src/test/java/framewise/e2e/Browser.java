package framewise.e2e;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import framewise.e2e.overshoot.OvershootApp;
import framewise.e2e.overshoot.OvershootPage;
import framewise.testing.TestMachine;
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
 * Real Chromium for the tests of a class. Every page has its own storage; pages still open when a
 * test fails are saved as pictures under {@code target/screenshots}. Classes that start Chromium
 * with the same flags share its process, which ends with the JVM.
 */
public final class Browser
    implements BeforeAllCallback, AfterTestExecutionCallback, AfterEachCallback {
  private static final Map<List<String>, com.microsoft.playwright.Browser> RUNNING =
      new HashMap<>();

  /** Clips of signs, kept because a running Chromium reads them again and again. */
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
          // Chromium does not treat this name as local, so its pages are not a secure context.
          "--host-resolver-rules=MAP framewise.example 127.0.0.1");

  /** How long to wait for an answer: models are slow on a machine that runs other tests as well. */
  private static final double PATIENCE_MS = 45_000;

  private final @Nullable String sign;
  private final int cameras;
  private com.microsoft.playwright.@Nullable Browser chromium;
  private final List<Page> pages = new ArrayList<>();

  public Browser() {
    this(null, 0);
  }

  private Browser(@Nullable String sign, int cameras) {
    this.sign = sign;
    this.cameras = cameras;
  }

  /** A browser with a camera that films a sign; pages may use it without asking for permission. */
  public static Browser filming(String sign) {
    return new Browser(sign, 1);
  }

  /** A browser with this many cameras; they and the shared screen show a moving test picture. */
  public static Browser withCameras(int count) {
    return new Browser(null, count);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    TestMachine.needs("chromium");
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

  /** Opens the console of a service on a desktop screen, in light colours. */
  public ConsolePage open(JarService service) {
    return open(service, new com.microsoft.playwright.Browser.NewContextOptions());
  }

  /** Opens it in dark colours. */
  public ConsolePage openInTheDark(JarService service) {
    return open(
        service,
        new com.microsoft.playwright.Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
  }

  /** Opens it on a phone: a small, sharp touch screen. */
  public ConsolePage openOnAPhone(JarService service) {
    return open(
        service,
        new com.microsoft.playwright.Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setIsMobile(true)
            .setHasTouch(true));
  }

  /** Opens the console of a service on a screen with these options. */
  public ConsolePage open(
      JarService service, com.microsoft.playwright.Browser.NewContextOptions options) {
    return open(service.address(), options);
  }

  /**
   * Opens it in another language.
   *
   * @param connected the page's text once it is connected to the service
   */
  public ConsolePage open(
      JarService service,
      com.microsoft.playwright.Browser.NewContextOptions options,
      String connected) {
    return open(service.address(), options, connected);
  }

  /** Opens the console at an address, on a screen with these options. */
  public ConsolePage open(
      String address, com.microsoft.playwright.Browser.NewContextOptions options) {
    return open(address, options, "Connected");
  }

  private ConsolePage open(
      String address,
      com.microsoft.playwright.Browser.NewContextOptions options,
      String connected) {
    if (options.viewportSize == null) {
      options.setViewportSize(1440, 900);
    }
    var page = Objects.requireNonNull(chromium).newContext(options).newPage();
    pages.add(page);
    var console = new ConsolePage(page);
    console.goTo(address, connected);
    return console;
  }

  /** Opens any page, in a fresh browser. */
  public Page visit(String address) {
    var options =
        new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 800);
    var page = Objects.requireNonNull(chromium).newContext(options).newPage();
    pages.add(page);
    page.navigate(address);
    return page;
  }

  /** Opens the page of an app that {@code app} serves; it uses the API of {@code service}. */
  public OvershootPage open(OvershootApp app, JarService service) {
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
