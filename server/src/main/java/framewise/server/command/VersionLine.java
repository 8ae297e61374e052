package framewise.server.command;

import framewise.server.service.Build;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"framewise " + Build.current().version()};
  }
}
