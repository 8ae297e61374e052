package framewise.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where everything lies in the project.
 *
 * @param root the folder that holds the modules
 * @param jar the runnable jar: the libraries of a development run come from it
 * @param mainClass the class that starts the service
 */
record Project(Path root, Path jar, String mainClass) {

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

  /**
   * The modules that the service is made of: the folders with a pom, without what only tests or
   * measures it.
   */
  private List<Path> modules() {
    List<String> apart = List.of("dev", "e2e", "bench");
    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(child -> Files.exists(child.resolve("pom.xml")))
          .filter(child -> !apart.contains(String.valueOf(child.getFileName())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
