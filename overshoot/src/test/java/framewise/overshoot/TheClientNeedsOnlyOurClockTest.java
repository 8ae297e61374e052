package framewise.overshoot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "framewise.overshoot", importOptions = DoNotIncludeTests.class)
class TheClientNeedsOnlyOurClockTest {

  @ArchTest
  static final ArchRule ONLY_THE_JDK_JACKSON_A_LOGGER_AND_THE_CLOCK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "framewise.overshoot..",
              "framewise.time..",
              "java..",
              "javax.net.ssl..",
              "com.fasterxml.jackson..",
              "org.slf4j..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule THE_WIRE_KNOWS_NO_CLIENT =
      noClasses()
          .that()
          .resideInAnyPackage("framewise.overshoot", "framewise.overshoot.wire")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("framewise.overshoot.v02..");
}
