package framewise.vision.schema;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import framewise.time.Deadline;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression from outside, with a deadline: some take years to find that a text does not
 * match.
 */
final class BoundedPattern implements RegularExpression {
  private final Pattern pattern;
  private final Supplier<Deadline> deadline;

  /**
   * @param deadline read at each match
   * @throws SchemaException when it is not a valid regular expression
   */
  BoundedPattern(String regex, Supplier<Deadline> deadline) {
    try {
      this.pattern =
          Pattern.compile(
              RegularExpressions.replaceDollarAnchors(
                  RegularExpressions.replaceLongformCharacterProperties(regex)));
    } catch (PatternSyntaxException e) {
      throw new SchemaException(
          "\"%s\" is not a regular expression: %s".formatted(regex, e.getDescription()));
    }
    this.deadline = deadline;
  }

  @Override
  public boolean matches(String text) {
    return pattern.matcher(new TimedText(text, deadline.get(), pattern)).find();
  }

  /** A text that stops returning characters at the deadline. */
  private record TimedText(CharSequence text, Deadline deadline, Pattern pattern)
      implements CharSequence {
    @Override
    public char charAt(int index) {
      if (deadline.hasPassed()) {
        throw new SchemaException("the pattern %s takes too long".formatted(pattern));
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new TimedText(text.subSequence(start, end), deadline, pattern);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
