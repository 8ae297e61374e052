package framewise.engine.store;

import java.util.List;

/** The migrations of the sessions' schema, for engines other than SQLite. */
public final class SchemaSteps {
  private SchemaSteps() {}

  /** All steps, in SQLite's SQL; each migrates the tables from its index to the next version. */
  public static List<String> all() {
    return Schema.steps();
  }
}
