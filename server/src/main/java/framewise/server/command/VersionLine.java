package framewise.server.command;

import framewise.server.service.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"framewise " + Version.current()};
  }
}
