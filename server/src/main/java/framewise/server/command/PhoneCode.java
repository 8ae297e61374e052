package framewise.server.command;

import framewise.server.phone.PhoneAccess;
import framewise.server.phone.QrCode;
import java.io.Console;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * Prints the console's address as a QR code in the terminal. Without a suitable terminal, as in a
 * pipe or a log, only the log line has the address.
 */
final class PhoneCode {
  private PhoneCode() {}

  static void print(PhoneAccess phone) {
    if (isTerminal() && phone.isSecure()) {
      lines(phone, System.out.charset(), hasColours()).ifPresent(System.out::println);
    }
  }

  /** Prints another address. */
  static void print(String url) {
    if (isTerminal()) {
      lines(url, System.out.charset(), hasColours()).ifPresent(System.out::println);
    }
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && !"dumb".equals(System.getenv("TERM"));
  }

  private static boolean hasColours() {
    return System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
  }

  /**
   * The code with the address below it.
   *
   * @param colours whether colours are wanted (https://no-color.org)
   * @return empty when no other device can connect, or the terminal's charset has no block
   *     characters
   */
  static Optional<String> lines(PhoneAccess phone, Charset terminal, boolean colours) {
    return phone.urls().stream().findFirst().flatMap(url -> lines(url, terminal, colours));
  }

  private static Optional<String> lines(String url, Charset terminal, boolean colours) {
    return terminal.canEncode() && terminal.newEncoder().canEncode("█▀▄")
        ? Optional.of(QrCode.of(url).lines(colours) + "\n" + url)
        : Optional.empty();
  }
}
