package framewise.server.command;

import framewise.server.service.Build;
import picocli.CommandLine.IVersionProvider;

/** Output of {@code --version}. */
final class VersionLine implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"framewise " + Build.current().version()};
  }
}
