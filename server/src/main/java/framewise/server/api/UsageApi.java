package framewise.server.api;

import framewise.engine.money.Spending;
import framewise.server.http.Reply;
import io.javalin.http.Context;

/** Today's spending on answers. */
public final class UsageApi {
  private final Spending spending;

  public UsageApi(Spending spending) {
    this.spending = spending;
  }

  public void usage(Context context) {
    var json = Reply.object();
    json.put("day", spending.day().toString());
    json.set("spent", SpentJson.write(spending.today()));
    json.put("daily_budget", spending.dailyBudget().orElse(null));
    json.put("prices_dated", spending.prices().dated());
    Reply.json(context, json);
  }
}
