package framewise.engine.store;

import java.util.List;

/** The steps of the sessions' schema, for other engines than SQLite. */
public final class SchemaSteps {
  private SchemaSteps() {}

  /** All steps, in SQLite's words; each migrates the tables from its index to the next version. */
  public static List<String> all() {
    return Schema.steps();
  }
}
