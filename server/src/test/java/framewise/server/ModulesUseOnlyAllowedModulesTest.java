package framewise.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between modules, read from their compiled classes. */
class ModulesUseOnlyAllowedModulesTest {
  private static final String[] FRAMEWORKS = {
    "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "io.micrometer..", "picocli.."
  };

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("framewise");

  @Test
  void everyModuleIsChecked() {
    for (String module :
        new String[] {"time", "media", "vision", "webrtc", "overshoot", "engine", "server"}) {
      assertThat(OURS.that(resideInAnyPackage("framewise." + module + ".."))).isNotEmpty();
    }
  }

  @Test
  void timeUsesNoOtherModule() {
    mayUse("time");
  }

  @Test
  void mediaUsesTimeOnly() {
    mayUse("media", "time");
  }

  @Test
  void visionUsesMediaOnly() {
    mayUse("vision", "media", "time");
  }

  @Test
  void webrtcUsesMediaOnly() {
    mayUse("webrtc", "media", "time");
  }

  @Test
  void overshootUsesTimeOnly() {
    mayUse("overshoot", "time");
  }

  @Test
  void engineUsesTheModulesBelowIt() {
    mayUse("engine", "media", "vision", "webrtc", "overshoot", "time");
  }

  @Test
  void modulesBelowTheServerUseNoWebFramework() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(
                "framewise.time..",
                "framewise.media..",
                "framewise.vision..",
                "framewise.webrtc..",
                "framewise.overshoot..",
                "framewise.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FRAMEWORKS));
  }

  @Test
  void packagesFormNoCycle() {
    hold(slices().matching("framewise.(**)").should().beFreeOfCycles());
  }

  @Test
  void packagesAreNouns() {
    hold(
        noClasses()
            .should()
            .resideInAnyPackage(
                "..util..", "..utils..", "..common..", "..manager..", "..helper..", "..impl.."));
  }

  @Test
  void onlyTheCommandLinePrints() {
    hold(
        noClasses()
            .that(resideOutsideOfPackages("framewise.server.command.."))
            .and()
            .doNotHaveFullyQualifiedName("framewise.server.Main")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  /** Checks which of the project's own modules {@code module} uses. */
  private static void mayUse(String module, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = "framewise." + module + "..";
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = "framewise." + others[i] + "..";
    }
    hold(
        classes()
            .that()
            .resideInAPackage(allowed[0])
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(allowed).or(resideOutsideOfPackages("framewise.."))));
  }

  private static void hold(ArchRule rule) {
    rule.allowEmptyShould(false).check(OURS);
  }
}
