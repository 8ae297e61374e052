package framewise.engine.store.postgres;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Converts values for storage: booleans become 0 and 1, as in SQLite, and NUL characters, which
 * PostgreSQL can't store in a text, are replaced.
 */
final class PostgresArguments implements ArgumentFactory.Preparable {
  @Override
  public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
    if (type.equals(boolean.class) || type.equals(Boolean.class)) {
      return Optional.of(
          value -> (at, statement, context) -> statement.setLong(at, (Boolean) value ? 1 : 0));
    }
    if (type.equals(String.class)) {
      return Optional.of(
          value ->
              (at, statement, context) ->
                  statement.setString(at, ((String) value).replace('\0', '\uFFFD')));
    }
    return Optional.empty();
  }
}
