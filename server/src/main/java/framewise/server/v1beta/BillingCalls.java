package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.money.Price;
import framewise.engine.money.Spending;
import framewise.server.access.Caller;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Prices of models from the price table, and the rest of today's budget. Nothing is sold. */
final class BillingCalls {
  /** A cent is a million microcents; the price table has prices per million tokens. */
  private static final BigDecimal MICROCENTS_PER_DOLLAR = BigDecimal.valueOf(100_000_000);

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** Balance shown where no budget is set: clients that check it must not run out. */
  private static final BigDecimal WITHOUT_BUDGET = BigDecimal.valueOf(10_000);

  private final Backends backends;
  private final Spending spending;

  BillingCalls(Backends backends, Spending spending) {
    this.backends = backends;
    this.spending = spending;
  }

  void pricing(Context context) {
    ArrayNode prices = JsonNodeFactory.instance.arrayNode();
    for (Backend backend : backends.all()) {
      if (backend instanceof ClipBackend clips) {
        ModelChoice.names(backend).forEach(model -> price(clips, model).ifPresent(prices::add));
      }
    }
    Reply.json(context, prices.toString());
  }

  void price(Context context) {
    // Absent where the address ends with the slash.
    String model = context.pathParamMap().getOrDefault("path", "");
    ObjectNode found =
        backends.all().stream()
            .filter(ClipBackend.class::isInstance)
            .filter(backend -> ModelChoice.names(backend).contains(model))
            .flatMap(backend -> price((ClipBackend) backend, model).stream())
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.of(404, "not_found", "There is no price for this model.")
                        .asException());
    Reply.json(context, found);
  }

  void balance(Context context) {
    BigDecimal left =
        spending
            .dailyBudget()
            .map(budget -> budget.subtract(spending.today().dollars()).max(BigDecimal.ZERO))
            .orElse(WITHOUT_BUDGET);
    long microcents = left.multiply(MICROCENTS_PER_DOLLAR).longValue();
    Reply.json(
        context,
        Reply.object()
            .put("user_id", Caller.of(context).name())
            .put("balance_microcents", microcents)
            .put("balance_cents", microcents / MILLION.longValue()));
  }

  void checkout(Context context) {
    throw Problem.of(
            404,
            "not_found",
            "This service sells nothing. FRAMEWISE_DAILY_BUDGET limits the cost of AI services.")
        .asException();
  }

  /** Empty where the price is unknown; zero for a model in this process. */
  private Optional<ObjectNode> price(ClipBackend backend, String model) {
    Optional<Price> known = spending.prices().of(backend.name(), model);
    if (known.isEmpty() && backend.isRemote()) {
      return Optional.empty();
    }
    ObjectNode json = Reply.object();
    json.put("id", model).put("model", model).put("provider", backend.name());
    json.put("version", spending.prices().dated());
    json.put("input_microcents_per_token", perToken(known.map(Price::input)));
    json.put("output_microcents_per_token", perToken(known.map(Price::output)));
    return Optional.of(json.put("public", true));
  }

  private static BigDecimal perToken(Optional<BigDecimal> perMillion) {
    BigDecimal price =
        perMillion
            .orElse(BigDecimal.ZERO)
            .multiply(MICROCENTS_PER_DOLLAR)
            .divide(MILLION, 3, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    // Not 2.5E+2, which some clients do not read as a whole number.
    return price.scale() < 0 ? price.setScale(0) : price;
  }
}
