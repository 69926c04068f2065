package io.backstop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Who may know whom, and what nobody does. */
@AnalyzeClasses(packages = "io.backstop", importOptions = ArchitectureTest.ProductOnly.class)
class ArchitectureTest {
  private static final String[] FEATURES = {
    "intake",
    "idempotency",
    "execution",
    "retry",
    "limit",
    "circuit",
    "cache",
    "fleet",
    "command",
    "event",
    "deadletter",
    "desk",
    "statistics",
    "fallback",
    "replay"
  };
  private static final String[] FOUNDATIONS = {"executor", "serde", "metrics", "config"};
  private static final String[] ROOMS = {"devcluster", "simulator"};

  /** Not the tests, and not the classes of others that are unpacked beside ours. */
  static final class ProductOnly implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return new DoNotIncludeTests().includes(location) && location.contains("io/backstop");
    }
  }

  @ArchTest
  static final ArchRule shouldDependDownwardsOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("App")
          .definedBy("io.backstop")
          .layer("Commands")
          .definedBy(packages("cli"))
          .layer("Tours")
          .definedBy(packages("demo", "bench", "torture"))
          .layer("Admin")
          .definedBy(packages("admin"))
          .layer("Processes")
          .definedBy(packages("runtime", "client"))
          .layer("Topology")
          .definedBy(packages("topology"))
          .layer("Features")
          .definedBy(packages(FEATURES))
          .layer("Foundations")
          .definedBy(packages(FOUNDATIONS))
          .layer("Actions")
          .definedBy(packages("action"))
          .whereLayer("App")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("Commands")
          .mayOnlyBeAccessedByLayers("App")
          .whereLayer("Tours")
          .mayOnlyBeAccessedByLayers("App", "Commands")
          .whereLayer("Admin")
          .mayOnlyBeAccessedByLayers("App", "Commands", "Tours")
          .whereLayer("Processes")
          .mayOnlyBeAccessedByLayers("App", "Commands", "Tours", "Admin")
          .whereLayer("Topology")
          .mayOnlyBeAccessedByLayers("App", "Commands", "Tours", "Admin", "Processes")
          .whereLayer("Features")
          .mayOnlyBeAccessedByLayers("App", "Commands", "Tours", "Admin", "Processes", "Topology")
          .whereLayer("Foundations")
          .mayOnlyBeAccessedByLayers(
              "App", "Commands", "Tours", "Admin", "Processes", "Topology", "Features");

  @ArchTest
  static final ArchRule shouldKeepFeaturesApart =
      slices()
          .matching("io.backstop.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(notInAny(FEATURES), DescribedPredicate.alwaysTrue())
          .ignoreDependency(DescribedPredicate.alwaysTrue(), notInAny(FEATURES));

  @ArchTest
  static final ArchRule shouldKeepDevClusterAndSimulatorApart =
      noClasses()
          .that()
          .resideInAnyPackage(packages(ROOMS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              packages(
                  "admin",
                  "cli",
                  "runtime",
                  "client",
                  "replay",
                  "demo",
                  "bench",
                  "torture",
                  "topology",
                  "intake",
                  "idempotency",
                  "execution",
                  "retry",
                  "limit",
                  "circuit",
                  "cache",
                  "fleet",
                  "command",
                  "event",
                  "deadletter",
                  "desk",
                  "statistics",
                  "fallback",
                  "executor",
                  "serde",
                  "metrics",
                  "action"));

  @ArchTest
  static final ArchRule shouldUseTheRoomsOnlyFromCommandsAndTours =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              Stream.of(packages(ROOMS), packages("cli", "demo", "bench", "torture"))
                  .flatMap(Arrays::stream)
                  .toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(ROOMS));

  @ArchTest
  static final ArchRule shouldNotNameClassesForNothing =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Common)")
          .because("a name says what a class is for");

  @ArchTest
  static final ArchRule shouldEndTheProcessOnlyInApp =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.backstop.App")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule shouldNeverSleep =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class);

  @ArchTest
  static final ArchRule shouldPrintOnlyFromCommands =
      noClasses()
          .that()
          .resideOutsideOfPackages(packages("cli", "demo", "bench"))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule shouldLogBySlf4jOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.apache.log4j..");

  @ArchTest
  static final ArchRule shouldNotReachIntoKafkaStreamsInternals =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka.streams.processor.internals..",
              "org.apache.kafka.streams.state.internals..");

  @ArchTest
  static final ArchRule shouldHaveNoMutableStatics =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .areNotAnnotatedWith(org.apache.avro.specific.AvroGenerated.class)
          .should()
          .beStatic()
          .andShould()
          .notBeFinal();

  @ArchTest
  static final ArchRule shouldMakeExecutorsFinal =
      classes()
          .that()
          .implement("io.backstop.executor.ActionExecutor")
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

  private static String[] packages(String... names) {
    return Stream.of(names).map(name -> "io.backstop." + name + "..").toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> notInAny(String... names) {
    return DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages(names)));
  }
}
