package framewise.webrtc.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text that is passed to the native library has been checked character by character. */
class OnlyCheckedTextReachesTheLibraryTest {
  private static final Path CLASSES = Path.of("target", "classes");

  @Test
  void descriptionsAreMadeWhereTheyAreChecked() throws Exception {
    assertThat(callers("dev/onvoid/webrtc/RTCSessionDescription", "<init>"))
        .containsExactly("framewise/webrtc/Connection.checked");
    assertThat(callers("dev/onvoid/webrtc/RTCIceCandidate", "<init>")).isEmpty();
    assertThat(callers("dev/onvoid/webrtc/RTCPeerConnection", "addIceCandidate")).isEmpty();
    // Check first that the test finds known callers.
    assertThat(callers("dev/onvoid/webrtc/RTCPeerConnection", "setRemoteDescription"))
        .containsExactly("framewise/webrtc/Connection.setRemote");
    assertThat(callers("dev/onvoid/webrtc/RTCPeerConnection", "setLocalDescription"))
        .containsExactly("framewise/webrtc/Connection.setLocal");
  }

  private static Set<String> callers(String owner, String method) throws Exception {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        var type = ClassFile.of().parse(file);
        for (MethodModel each : type.methods()) {
          boolean calls =
              each.code().stream()
                  .flatMap(code -> code.elementStream())
                  .anyMatch(
                      element ->
                          element instanceof InvokeInstruction call
                              && call.owner().asInternalName().equals(owner)
                              && call.name().equalsString(method));
          if (calls) {
            found.add(type.thisClass().asInternalName() + "." + each.methodName().stringValue());
          }
        }
      }
    }
    return found;
  }
}
