package framewise.dev;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The properties that the build fills in, such as the version: they come from the jar, because
 * their sources only have placeholders.
 */
final class BuiltResources {
  private final Project project;

  BuiltResources(Project project) {
    this.project = project;
  }

  /** Copies them into the folder of classes, where they take precedence over their sources. */
  void copyTo(Path classes) throws IOException {
    try (JarFile jar = new JarFile(project.jar().toFile())) {
      for (Path folder : project.resourceFolders()) {
        for (Path source : templates(folder)) {
          String name = folder.relativize(source).toString().replace('\\', '/');
          ZipEntry built = jar.getEntry(name);
          if (built != null) {
            Path target = classes.resolve(name);
            Files.createDirectories(target.getParent());
            try (InputStream content = jar.getInputStream(built)) {
              Files.copy(content, target);
            }
          }
        }
      }
    }
  }

  private static List<Path> templates(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".properties"))
          .filter(BuiltResources::isTemplate)
          .toList();
    }
  }

  private static boolean isTemplate(Path file) {
    try {
      return Files.readString(file).contains("${");
    } catch (IOException e) {
      return false;
    }
  }
}
