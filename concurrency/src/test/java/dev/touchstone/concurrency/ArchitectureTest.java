package dev.touchstone.concurrency;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house style that a compiler does not check. */
class ArchitectureTest {

  private static final String ROOT = "dev.touchstone.concurrency";

  private static final JavaClasses module =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void everyPackageIsNullMarked() {
    var packages = module.stream().map(c -> c.getPackage()).distinct();

    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            p -> assertThat(p.isAnnotatedWith(NullMarked.class)).as(p.getName()).isTrue());
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(module);
  }

  @Test
  void nothingPrints() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(module);
  }

  @Test
  void exceptionsHaveATypeOfTheirOwn() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(module);
  }

  @Test
  void publicClassesAreFinalOrMeantToBeExtended() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould()
        .haveModifier(JavaModifier.ABSTRACT)
        .check(module);
  }

  /** A virtual thread that blocks in {@code synchronized} pins its carrier before JDK 24. */
  @Test
  void nothingIsSynchronized() throws IOException {
    noCodeUnits().should().haveModifier(SYNCHRONIZED).check(module);

    var block = Pattern.compile("^\\s*synchronized\\s*\\(", Pattern.MULTILINE);
    try (var files = Files.walk(Path.of("src/main/java"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .allSatisfy(file -> assertThat(block.matcher(Files.readString(file)).find())
              .as("%s", file)
              .isFalse());
    }
  }

  @Test
  void nothingWaitsForAMonitor() {
    noClasses()
        .should()
        .callMethodWhere(target(owner(name(Object.class.getName())))
            .and(target(nameMatching("wait|notify|notifyAll"))))
        .check(module);
  }

  /** Everything that waits for time does so where a test can control it. */
  @Test
  void onlyTimeSourcesReadClocksAndSleep() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".time", ROOT + ".testing")
        .should()
        .callMethodWhere(target(owner(name(System.class.getName())))
            .and(target(nameMatching("nanoTime|currentTimeMillis"))))
        .orShould()
        .callMethodWhere(target(owner(name(Thread.class.getName()))).and(target(name("sleep"))))
        .orShould()
        .callMethodWhere(
            target(owner(name(LockSupport.class.getName()))).and(target(nameMatching("park.*"))))
        .orShould()
        .callMethodWhere(
            target(owner(name(Condition.class.getName()))).and(target(nameMatching("await.+"))))
        .check(module);
  }
}
