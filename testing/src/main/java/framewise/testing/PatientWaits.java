package framewise.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Sets the time-out of every wait in every test to one minute. Awaitility's default of ten seconds
 * is too short on a busy machine; a wait that succeeds takes no longer. JUnit finds this class by
 * its service file.
 */
public final class PatientWaits implements LauncherSessionListener {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(TIMEOUT);
  }
}
