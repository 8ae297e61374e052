package framewise.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives every wait of every test a minute. Awaitility's own ten seconds are too few on a machine
 * that does other things as well; a wait that succeeds takes no longer for it. JUnit finds this
 * class by its service file.
 */
public final class PatientWaits implements LauncherSessionListener {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(PATIENCE);
  }
}
