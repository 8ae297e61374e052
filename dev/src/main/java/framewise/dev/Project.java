package framewise.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The project's folders and files.
 *
 * @param root the parent folder of the modules
 * @param jar the runnable jar, which provides the libraries of a development run
 * @param mainClass the class that starts the service
 */
record Project(Path root, Path jar, String mainClass) {
  private static final Pattern USED_MODULE =
      Pattern.compile("<artifactId>framewise-(\\w+)</artifactId>");

  /** The folders of Java sources, one per module. */
  List<Path> sourceFolders() {
    return foldersOfModules("src/main/java");
  }

  /** The folders of resources, one per module; a development run reads them in place. */
  List<Path> resourceFolders() {
    return foldersOfModules("src/main/resources");
  }

  /** The console's files: the service serves them from here, so a change needs no restart. */
  Path console() {
    return root.resolve("console/src/main/resources/console");
  }

  /** The files that determine the libraries: a change needs a new jar. */
  List<Path> poms() {
    List<Path> poms = new ArrayList<>();
    poms.add(root.resolve("pom.xml"));
    for (Path module : modules()) {
      poms.add(module.resolve("pom.xml"));
    }
    return poms.stream().filter(Files::exists).toList();
  }

  /** The service's settings. */
  Path settings() {
    return root.resolve(".env");
  }

  /** The folder for the classes of a development run. */
  Path output() {
    return root.resolve("server/target/dev");
  }

  private List<Path> foldersOfModules(String folder) {
    return modules().stream().map(m -> m.resolve(folder)).filter(Files::isDirectory).toList();
  }

  /** The modules of the service: the server and its dependencies, transitively. */
  private Set<Path> modules() {
    Set<Path> modules = new LinkedHashSet<>();
    Deque<String> names = new ArrayDeque<>(List.of("server"));
    while (!names.isEmpty()) {
      Path module = root.resolve(names.remove());
      if (modules.add(module)) {
        USED_MODULE
            .matcher(read(module.resolve("pom.xml")))
            .results()
            .forEach(used -> names.add(used.group(1)));
      }
    }
    return modules;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
