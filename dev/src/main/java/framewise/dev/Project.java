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
 * Where everything lies in the project.
 *
 * @param root the folder that holds the modules
 * @param jar the runnable jar: the libraries of a development run come from it
 * @param mainClass the class that starts the service
 */
record Project(Path root, Path jar, String mainClass) {
  private static final Pattern USED_MODULE =
      Pattern.compile("<artifactId>framewise-(\\w+)</artifactId>");

  /** The folders of Java sources, one a module. */
  List<Path> sourceFolders() {
    return foldersOfModules("src/main/java");
  }

  /** The folders of resources, one a module; a development run reads them where they are. */
  List<Path> resourceFolders() {
    return foldersOfModules("src/main/resources");
  }

  /** The console's files: the service serves them from here, so a change needs no restart. */
  Path console() {
    return root.resolve("server/src/main/resources/console");
  }

  /** What decides which libraries there are: a change needs a new jar. */
  List<Path> poms() {
    List<Path> poms = new ArrayList<>();
    poms.add(root.resolve("pom.xml"));
    for (Path module : modules()) {
      poms.add(module.resolve("pom.xml"));
    }
    return poms.stream().filter(Files::exists).toList();
  }

  /** The settings of the service. */
  Path settings() {
    return root.resolve(".env");
  }

  /** Where the classes of a development run go. */
  Path output() {
    return root.resolve("server/target/dev");
  }

  private List<Path> foldersOfModules(String folder) {
    return modules().stream().map(m -> m.resolve(folder)).filter(Files::isDirectory).toList();
  }

  /** The modules that the service is made of: the server and what it uses, and what that uses. */
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
