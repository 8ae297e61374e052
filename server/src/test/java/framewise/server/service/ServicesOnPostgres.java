package framewise.server.service;

import framewise.testing.PostgresServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs the services of a class's tests, and of those that it inherits, on PostgreSQL. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServicesOnPostgres.Databases.class)
public @interface ServicesOnPostgres {
  /** A new database for each test. */
  final class Databases implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      RunningService.useDatabase(PostgresServer.shared().newDatabase());
    }

    @Override
    public void afterEach(ExtensionContext context) {
      RunningService.useDatabase("");
    }
  }
}
