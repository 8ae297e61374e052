package framewise.e2e.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import framewise.e2e.Browser;
import framewise.e2e.ConsolePage;
import framewise.e2e.JarService;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A page from another address than localhost may use a camera, because it was loaded over HTTPS.
 */
class PhonesFilmOverHttpsTest {
  @RegisterExtension
  static final JarService service =
      JarService.with(
          Map.of(
              "FRAMEWISE_TLS",
              "self-signed",
              "BACKEND_HOST",
              "0.0.0.0",
              "FRAMEWISE_ACCESS",
              "open"));

  @RegisterExtension static final Browser browser = Browser.filming("EXIT 42");

  @Test
  void thePhonesCameraIsAnswered() {
    String address = service.phoneAddress();
    Assertions.assertThat(address).startsWith("https://").doesNotContain("127.0.0.1");
    ConsolePage console =
        browser.open(
            address, accepting().setViewportSize(390, 844).setIsMobile(true).setHasTouch(true));
    Assertions.assertThat(console.page().evaluate("isSecureContext")).isEqualTo(true);
    console.button("Webcam").click();
    console.button("Read any visible text").click();
    console
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start").setExact(true))
        .click();
    console.expectAnswer("EXIT 42");
    console.picture("https-phone");
    console.button("Stop").click();
    assertThat(console.note("Stopped")).isVisible();
    Assertions.assertThat(console.faults()).isEmpty();
  }

  @Test
  void plainHttpRedirects() {
    var page = browser.open(service.phoneAddress(), accepting());
    page.page().navigate(service.phoneAddress().replace("https:", "http:") + "/console/");
    assertThat(page.connection()).hasText("Connected");
    Assertions.assertThat(page.page().url()).isEqualTo(service.phoneAddress() + "/console/");
  }

  @Test
  void theQrCodeOpensTheConsole() throws Exception {
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      ConsolePage console = browser.open(service.address(), accepting().setColorScheme(scheme));
      console.button("Use a phone").click();
      Locator code = console.page().getByAltText("QR code for");
      assertThat(code).isVisible();
      console
          .page()
          .waitForCondition(() -> Boolean.TRUE.equals(code.evaluate("i => i.naturalWidth > 0")));
      Assertions.assertThat(scanned(code)).isEqualTo(service.phoneAddress() + "/console/");
      Assertions.assertThat(console.barriers()).isEmpty();
      console.picture("use-a-phone-" + scheme);
      console.page().keyboard().press("Escape");
      assertThat(code).isHidden();
    }
  }

  /** Reads the code on the screen like a phone's camera. */
  private static String scanned(Locator code) throws Exception {
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(code.screenshot()));
    int width = seen.getWidth();
    int height = seen.getHeight();
    int[] pixels = seen.getRGB(0, 0, width, height, null, 0, width);
    var picture = new RGBLuminanceSource(width, height, pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture))).getText();
  }

  private static NewContextOptions accepting() {
    return new NewContextOptions().setIgnoreHTTPSErrors(true);
  }
}
