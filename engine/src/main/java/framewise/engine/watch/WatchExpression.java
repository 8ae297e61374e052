package framewise.engine.watch;

import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.ParseException;
import com.ezylang.evalex.parser.Token.TokenType;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import framewise.engine.Refusal;
import framewise.engine.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * A condition on the fields of an answer, such as {@code people > 3}. Uses three-valued logic:
 * anything that depends on a missing field is unknown. Immutable.
 */
public final class WatchExpression {
  /** Maximum number of characters. */
  public static final int MAX_LENGTH = 500;

  private static final String FIELD = "when.expression";
  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=");
  private static final Set<String> TESTS =
      Set.of("<", "<=", ">", ">=", "==", "=", "!=", "<>", Grammar.CONTAINS, Grammar.MATCHES);
  private static final Set<String> LOGIC = Set.of("and", "&&", "or", "||", "not", "!");

  private final String text;
  private final ASTNode root;
  private final Map<String, Pattern> patterns = new HashMap<>();

  private WatchExpression(String text, ASTNode root) {
    this.text = text;
    this.root = root;
  }

  /**
   * Parses an expression.
   *
   * @throws RefusedException when it is too long or invalid; the message gives the position of the
   *     fault
   */
  public static WatchExpression parse(String text) {
    if (text.isBlank()) {
      throw refused("is empty but must be a condition such as people > 3");
    }
    if (text.length() > MAX_LENGTH) {
      throw refused(
          "has %d characters but must have at most %d".formatted(text.length(), MAX_LENGTH));
    }
    ASTNode root;
    try {
      root = Grammar.parse(text);
    } catch (ParseException e) {
      throw refused(
          "has a fault at character %d (%s): %s"
              .formatted(
                  Math.max(1, e.getStartPosition()), shown(e.getTokenString()), e.getMessage()));
    } catch (RuntimeException unbalanced) { // an operator lacks an operand
      throw refused("can't be read: an operator has no value");
    }
    var expression = new WatchExpression(text, root);
    expression.check(root, true);
    return expression;
  }

  /** Names of the fields that it uses. */
  public Set<String> fields() {
    Set<String> names = new TreeSet<>();
    collect(root, names);
    return names;
  }

  /** Whether an answer with these fields meets the condition. */
  public Verdict test(AnswerFields fields) {
    return test(root, fields);
  }

  /**
   * How clearly the answer meets the condition: by how much the first compared number exceeds its
   * limit. 0 where no numbers are compared.
   */
  public double clearness(AnswerFields fields) {
    return clearness(root, fields).orElse(0);
  }

  @Override
  public String toString() {
    return text;
  }

  private Verdict test(ASTNode node, AnswerFields fields) {
    String operator = operator(node);
    List<ASTNode> parts = node.getParameters();
    return switch (operator) {
      case "and", "&&" -> test(parts.get(0), fields).and(test(parts.get(1), fields));
      case "or", "||" -> test(parts.get(0), fields).or(test(parts.get(1), fields));
      case "not", "!" -> test(parts.getFirst(), fields).not();
      default -> {
        if (TESTS.contains(operator)) {
          yield compared(operator, value(parts.get(0), fields), value(parts.get(1), fields));
        }
        yield value(node, fields).map(FieldValue::truth).orElse(Verdict.UNKNOWN);
      }
    };
  }

  private Verdict compared(String operator, Optional<FieldValue> left, Optional<FieldValue> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    FieldValue a = left.get();
    FieldValue b = right.get();
    return switch (operator) {
      case "==", "=" -> a.equalTo(b);
      case "!=", "<>" -> a.equalTo(b).not();
      case Grammar.CONTAINS -> a.contains(b);
      case Grammar.MATCHES -> a.matches(patterns.get(b.toString()));
      default -> a.order(b, operator);
    };
  }

  private Optional<FieldValue> value(ASTNode node, AnswerFields fields) {
    return switch (node.getToken().getType()) {
      case NUMBER_LITERAL -> FieldValue.number(node.getToken().getValue());
      case STRING_LITERAL -> Optional.of(new FieldValue.Text(node.getToken().getValue()));
      case VARIABLE_OR_CONSTANT, STRUCTURE_SEPARATOR, ARRAY_INDEX -> named(node, fields);
      default -> computed(node, fields);
    };
  }

  private Optional<FieldValue> named(ASTNode node, AnswerFields fields) {
    String name = path(node);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(new FieldValue.Flag(true));
      case "false" -> Optional.of(new FieldValue.Flag(false));
      case "null" -> Optional.of(new FieldValue.Nothing());
      default -> fields.get(name);
    };
  }

  private Optional<FieldValue> computed(ASTNode node, AnswerFields fields) {
    String operator = operator(node);
    if (LOGIC.contains(operator) || TESTS.contains(operator)) {
      return switch (test(node, fields)) {
        case YES -> Optional.of(new FieldValue.Flag(true));
        case NO -> Optional.of(new FieldValue.Flag(false));
        case UNKNOWN -> Optional.empty();
      };
    }
    List<ASTNode> parts = node.getParameters();
    OptionalDouble left = number(parts.getFirst(), fields);
    if (left.isEmpty()) {
      return Optional.empty();
    }
    if (parts.size() == 1) {
      return Optional.of(new FieldValue.Amount(-left.getAsDouble()));
    }
    OptionalDouble right = number(parts.get(1), fields);
    if (right.isEmpty()) {
      return Optional.empty();
    }
    double a = left.getAsDouble();
    double b = right.getAsDouble();
    double result =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          default -> a / b;
        };
    return Double.isFinite(result) ? Optional.of(new FieldValue.Amount(result)) : Optional.empty();
  }

  private OptionalDouble number(ASTNode node, AnswerFields fields) {
    return value(node, fields).map(FieldValue::asNumber).orElse(OptionalDouble.empty());
  }

  private OptionalDouble clearness(ASTNode node, AnswerFields fields) {
    String operator = operator(node);
    if (COMPARISONS.contains(operator)) {
      OptionalDouble left = number(node.getParameters().get(0), fields);
      OptionalDouble right = number(node.getParameters().get(1), fields);
      if (left.isEmpty() || right.isEmpty()) {
        return OptionalDouble.empty();
      }
      double above = left.getAsDouble() - right.getAsDouble();
      return OptionalDouble.of(operator.startsWith(">") ? above : -above);
    }
    return node.getParameters().stream()
        .map(part -> clearness(part, fields))
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /** Refuses expressions that the parser accepts but no answer could ever meet. */
  private void check(ASTNode node, boolean condition) {
    String operator = operator(node);
    List<ASTNode> parts = node.getParameters();
    TokenType type = node.getToken().getType();
    if (operator.equals(Grammar.MATCHES)) {
      if (parts.get(1).getToken().getType() != TokenType.STRING_LITERAL) {
        throw refused(
            "needs a pattern in quotes after matches, such as text matches \"EXIT \\\\d+\"");
      }
      compile(parts.get(1));
    }
    if (condition
        && (type == TokenType.NUMBER_LITERAL
            || type == TokenType.STRING_LITERAL
            || Set.of("+", "-", "*", "/").contains(operator))) {
      throw refused(
          ("is \"%s\", which is not a condition: compare it with a value, such as people >" + " 3")
              .formatted(text));
    }
    if (type == TokenType.STRUCTURE_SEPARATOR || type == TokenType.ARRAY_INDEX) {
      String _ = path(node);
      return;
    }
    boolean logic = LOGIC.contains(operator);
    parts.forEach(part -> check(part, logic));
  }

  private void compile(ASTNode literal) {
    String pattern = literal.getToken().getValue();
    if (Repetitions.tooMany(pattern)) {
      throw refused(
          "has a pattern at character %d whose repetitions, such as {2,5}, multiply to more than %d"
              .formatted(literal.getToken().getStartPosition(), Repetitions.MAX_PRODUCT));
    }
    try {
      patterns.put(pattern, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
    } catch (PatternSyntaxException e) {
      throw refused(
          "has a pattern that can't be read at character %d: %s"
              .formatted(literal.getToken().getStartPosition(), e.getMessage()));
    }
  }

  private static void collect(ASTNode node, Set<String> names) {
    switch (node.getToken().getType()) {
      case VARIABLE_OR_CONSTANT, STRUCTURE_SEPARATOR, ARRAY_INDEX -> {
        String name = path(node);
        if (!Set.of("true", "false", "null").contains(name.toLowerCase(Locale.ROOT))) {
          names.add(name);
        }
      }
      default -> node.getParameters().forEach(part -> collect(part, names));
    }
  }

  /** The name of a field; nested names are separated by dots. */
  private static String path(ASTNode node) {
    return switch (node.getToken().getType()) {
      case VARIABLE_OR_CONSTANT -> node.getToken().getValue();
      case STRUCTURE_SEPARATOR ->
          path(node.getParameters().get(0)) + "." + path(node.getParameters().get(1));
      case ARRAY_INDEX ->
          "%s[%s]"
              .formatted(
                  path(node.getParameters().get(0)),
                  node.getParameters().get(1).getToken().getValue());
      default ->
          throw refused(
              "needs the name of a field at character %d"
                  .formatted(node.getToken().getStartPosition()));
    };
  }

  /** The operator in lower case; empty for anything else. */
  private static String operator(ASTNode node) {
    return switch (node.getToken().getType()) {
      case INFIX_OPERATOR, PREFIX_OPERATOR -> node.getToken().getValue().toLowerCase(Locale.ROOT);
      default -> "";
    };
  }

  private static String shown(String token) {
    return "\"" + (token.length() > 20 ? token.substring(0, 20) + "..." : token) + "\"";
  }

  private static RefusedException refused(String why) {
    return Refusal.field(FIELD, FIELD + " " + why).asException();
  }
}
