package framewise.server.command;

import framewise.engine.doctor.Doctor;
import framewise.engine.doctor.Finding;
import framewise.engine.files.FileLocation;
import framewise.engine.files.ObjectStore;
import framewise.engine.folder.FileStores;
import framewise.engine.folder.FolderLock;
import framewise.server.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports what is wrong with the data folder, and repairs it on request. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = {
      "Checks the data folder, and reports faults and what a repair would do.",
      "A repair writes a new database and keeps the old one. Stop Framewise first.",
      "The exit code is 0 for a sound folder and 1 otherwise."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final DataOption data = new DataOption();

  @Option(names = "--repair", description = "repair what can be repaired")
  private boolean repair;

  @Override
  public Integer call() throws IOException, SettingsException, SQLException, BadOptionException {
    if (spec == null) {
      throw new IllegalStateException("the parser sets this");
    }
    Path folder = data.folder();
    if (!Files.isDirectory(folder)) {
      throw new BadOptionException("There is no data folder %s.".formatted(folder));
    }
    Optional<FileLocation.Bucket> bucket = data.bucket();
    if (bucket.isEmpty()) {
      return examine(folder, Optional.empty(), spec.commandLine().getOut());
    }
    try (ObjectStore objects = FileStores.objects(bucket.get())) {
      return examine(folder, Optional.of(objects), spec.commandLine().getOut());
    }
  }

  private int examine(Path folder, Optional<ObjectStore> objects, PrintWriter out)
      throws IOException, SQLException {
    var doctor = new Doctor(folder, objects);
    List<Finding> findings = doctor.examine();
    if (findings.isEmpty()) {
      out.printf("%s: no faults found.%n", folder);
      return 0;
    }
    for (Finding finding : findings) {
      out.println(finding.what());
      if (!finding.remedy().isEmpty()) {
        out.println("  Repair: " + finding.remedy());
      }
    }
    if (!repair) {
      out.println("Nothing was changed. Add --repair to repair it.");
      return 1;
    }
    try (FolderLock _ = FolderLock.take(folder)) {
      List<String> done = doctor.repair();
      done.forEach(out::println);
      out.println(done.isEmpty() ? "Nothing can be repaired." : "Repaired.");
      return done.isEmpty() ? 1 : 0;
    }
  }
}
