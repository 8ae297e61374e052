package framewise.webrtc.library;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.webrtc.Peers;
import framewise.webrtc.Publisher;
import framewise.webrtc.Receiver;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library can be replaced, because no type of it is visible outside the module. */
class NoNativeTypeLeavesTheModuleTest {
  private static final Path CLASSES = Path.of("target", "classes");

  @Test
  void publicSignaturesUseOwnAndJdkTypesOnly() throws Exception {
    List<Class<?>> open = publicClasses();
    assertThat(open).contains(Peers.class, Publisher.class, Receiver.class);
    for (Class<?> type : open) {
      Stream.concat(
              Arrays.stream(type.getDeclaredMethods()),
              Arrays.stream(type.getDeclaredConstructors()))
          .filter(NoNativeTypeLeavesTheModuleTest::isOpen)
          .forEach(
              member ->
                  assertThat(types(member))
                      .as("%s", member)
                      .noneMatch(name -> name.contains("dev.onvoid")));
      assertThat(
              Arrays.stream(type.getDeclaredFields())
                  .filter(NoNativeTypeLeavesTheModuleTest::isOpen))
          .noneMatch(field -> field.getGenericType().getTypeName().contains("dev.onvoid"));
      assertThat(String.valueOf(type.getGenericSuperclass())).doesNotContain("dev.onvoid");
    }
  }

  private static List<String> types(Executable member) {
    List<String> names = new ArrayList<>();
    Arrays.stream(member.getGenericParameterTypes()).forEach(type -> names.add(type.getTypeName()));
    if (member instanceof Method method) {
      names.add(method.getGenericReturnType().getTypeName());
    }
    return names;
  }

  private static boolean isOpen(Member member) {
    return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
  }

  private static List<Class<?>> publicClasses() throws Exception {
    List<Class<?>> open = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = CLASSES.relativize(file).toString().replace(".class", "");
        Class<?> type =
            Class.forName(
                name.replace('/', '.').replace('\\', '.'), false, Peers.class.getClassLoader());
        if (Modifier.isPublic(type.getModifiers())) {
          open.add(type);
        }
      }
    }
    return open;
  }
}
