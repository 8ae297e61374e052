package framewise.engine.watch;

import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.config.OperatorDictionaryIfc;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.ParseException;
import com.ezylang.evalex.parser.Token;
import java.util.Map;

/**
 * The operators of a {@link WatchExpression}. EvalEx is used only as a parser, without its
 * functions and its own operators, so that an expression can access nothing but the fields of an
 * answer.
 */
final class Grammar {
  static final String CONTAINS = "contains";
  static final String MATCHES = "matches";

  private static final ExpressionConfiguration CONFIGURATION =
      ExpressionConfiguration.builder()
          .operatorDictionary(operators())
          .functionDictionary(new MapBasedFunctionDictionary())
          .defaultConstants(Map.of())
          .implicitMultiplicationAllowed(false)
          .singleQuoteStringLiteralsAllowed(true)
          .build();

  private Grammar() {}

  static ASTNode parse(String text) throws ParseException {
    return new Expression(text, CONFIGURATION).getAbstractSyntaxTree();
  }

  private static OperatorDictionaryIfc operators() {
    var dictionary = new MapBasedOperatorDictionary();
    infix(dictionary, OperatorIfc.OPERATOR_PRECEDENCE_OR, "or", "||");
    infix(dictionary, OperatorIfc.OPERATOR_PRECEDENCE_AND, "and", "&&");
    infix(dictionary, OperatorIfc.OPERATOR_PRECEDENCE_EQUALITY, "==", "=", "!=", "<>");
    infix(
        dictionary,
        OperatorIfc.OPERATOR_PRECEDENCE_COMPARISON,
        "<",
        "<=",
        ">",
        ">=",
        CONTAINS,
        MATCHES);
    infix(dictionary, OperatorIfc.OPERATOR_PRECEDENCE_ADDITIVE, "+", "-");
    infix(dictionary, OperatorIfc.OPERATOR_PRECEDENCE_MULTIPLICATIVE, "*", "/");
    // Lower precedence than a comparison: not people > 3 means not (people > 3).
    dictionary.addOperator("not", new Operator(OperatorIfc.OPERATOR_PRECEDENCE_AND + 1, true));
    dictionary.addOperator("!", new Operator(OperatorIfc.OPERATOR_PRECEDENCE_UNARY, true));
    dictionary.addOperator("-", new Operator(OperatorIfc.OPERATOR_PRECEDENCE_UNARY, true));
    return dictionary;
  }

  private static void infix(MapBasedOperatorDictionary to, int precedence, String... names) {
    for (String name : names) {
      to.addOperator(name, new Operator(precedence, false));
    }
  }

  /** Declares an operator's precedence and position to the parser. */
  private record Operator(int precedence, boolean prefix) implements OperatorIfc {
    @Override
    public int getPrecedence() {
      return precedence;
    }

    @Override
    public boolean isLeftAssociative() {
      return !prefix;
    }

    @Override
    public boolean isPrefix() {
      return prefix;
    }

    @Override
    public boolean isPostfix() {
      return false;
    }

    @Override
    public boolean isInfix() {
      return !prefix;
    }

    @Override
    public int getPrecedence(ExpressionConfiguration configuration) {
      return precedence;
    }

    @Override
    public boolean isOperandLazy() {
      return true;
    }

    @Override
    public EvaluationValue evaluate(
        Expression expression, Token operatorToken, EvaluationValue... operands) {
      throw new UnsupportedOperationException("only parsed here");
    }
  }
}
