package framewise.server.access.account;

import framewise.engine.Refusal;
import framewise.engine.ShownText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Name of an account.
 *
 * @param shown as written, in Unicode's form NFC
 */
public record AccountName(String shown) {
  /** Maximum length, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final Pattern SYNTAX =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@+ -]*(?<! )");

  /**
   * Parses a name.
   *
   * @throws framewise.engine.RefusedException when it is invalid
   */
  public static AccountName of(String text) {
    String name = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    if (name.length() > MAX_LENGTH
        || !SYNTAX.matcher(name).matches()
        || ShownText.hasHidden(name)) {
      throw Refusal.field(
              "name",
              "name must be 1 to %d letters and digits, with . _ @ + - or blanks between them"
                  .formatted(MAX_LENGTH))
          .asException();
    }
    return new AccountName(name);
  }

  /** The form in which names are compared. */
  public String folded() {
    return fold(shown);
  }

  /** The comparable form of any text. */
  public static String fold(String text) {
    return Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
