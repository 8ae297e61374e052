package framewise.server.access;

import framewise.engine.Refusal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of an account.
 *
 * @param shown as it was written, in Unicode's form NFC
 */
public record AccountName(String shown) {
  /** The longest one, in characters. */
  public static final int LONGEST = 64;

  private static final Pattern SYNTAX =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@+ -]*(?<! )");

  /**
   * Reads one.
   *
   * @throws framewise.engine.RefusedException when it is none
   */
  public static AccountName of(String text) {
    String name = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    if (name.length() > LONGEST || !SYNTAX.matcher(name).matches()) {
      throw Refusal.field(
              "name",
              "name must be 1 to %d letters and digits, with . _ @ + - or blanks between them"
                  .formatted(LONGEST))
          .asException();
    }
    return new AccountName(name);
  }

  /** What counts when names are compared. */
  public String folded() {
    return fold(shown);
  }

  /** The same for any text. */
  static String fold(String text) {
    return Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
