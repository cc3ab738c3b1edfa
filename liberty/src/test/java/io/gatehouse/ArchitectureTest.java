package io.gatehouse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house: who may know whom, checked over the compiled classes of all modules. */
class ArchitectureTest {

  private static final String MODEL = "io.gatehouse.model..";
  private static final String RUNTIME = "io.gatehouse.runtime..";
  private static final String ADMIN = "io.gatehouse.admin..";
  private static final String GUARD = "io.gatehouse.admin.guard.";

  private static JavaClasses model;
  private static JavaClasses runtime;
  private static JavaClasses admin;
  private static JavaClasses all;

  @BeforeAll
  static void readTheClasses() {
    Path model = classesOf("shared-model");
    Path runtime = classesOf("gateway-runtime");
    Path admin = classesOf("admin-ui");
    ArchitectureTest.model = importing(model);
    ArchitectureTest.runtime = importing(runtime);
    ArchitectureTest.admin = importing(admin);
    ArchitectureTest.all = importing(model, runtime, admin, classesOf("liberty"));
  }

  @Test
  void everyModuleIsUnderTheseRules() {
    assertTrue(model.size() > 10, "shared-model: " + model.size() + " classes");
    assertTrue(runtime.size() > 10, "gateway-runtime: " + runtime.size() + " classes");
    assertTrue(admin.size() > 10, "admin-ui: " + admin.size() + " classes");
  }

  @Test
  void theModelUsesOnlyTheJdkAndJsonAndHistogramsAndTheShapesOfAws() {
    classes()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    MODEL, "java..", "javax.crypto..", "jakarta.json..", "org.HdrHistogram..")
                .or(resideInAnyPackage("software.amazon.awssdk..")))
        .check(model);
  }

  @Test
  void theInnardsOfTheAwsShapesAreTouchedOnlyByWireAndPatch() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.gatehouse.model.wire..", "io.gatehouse.model.patch..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("software.amazon.awssdk.core..")
                .and(
                    describe(
                        "are more than a shape's marker or its bytes",
                        c -> !Set.of("SdkPojo", "SdkBytes").contains(c.getSimpleName()))))
        .check(all);
  }

  @Test
  void nodesTouchTheShapesOfAwsOnlyWhileCompiling() {
    noClasses()
        .that()
        .resideInAPackage(RUNTIME)
        .and()
        .resideOutsideOfPackage("io.gatehouse.runtime.compile..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .check(runtime);
  }

  @Test
  void theDataPlaneDoesNotKnowTheControlPlane() {
    noClasses()
        .that()
        .resideInAnyPackage(RUNTIME, MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ADMIN)
        .check(all);
  }

  @Test
  void theControlPlaneSeesOfTheDataPlaneOnlyCompilerExchangePatternsAndTestInvoker() {
    noClasses()
        .that()
        .resideInAPackage(ADMIN)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(RUNTIME)
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            "io.gatehouse.runtime.compile..",
                            "io.gatehouse.runtime.exchange..",
                            "io.gatehouse.runtime.pattern..",
                            "io.gatehouse.runtime.budget..")))
                .and(
                    describe(
                        "are neither TestInvoker, which runs the same steps on a draft, nor what"
                            + " both ends of the cluster know",
                        c ->
                            !c.getName().startsWith("io.gatehouse.runtime.TestInvoker")
                                && !BOTH_ENDS.contains(c.getName().split("\\$")[0]))))
        .check(all);
  }

  private static final Set<String> BOTH_ENDS =
      Set.of(
          "io.gatehouse.runtime.cluster.CacheOverCluster",
          "io.gatehouse.runtime.cluster.Discovery",
          "io.gatehouse.runtime.cluster.Discovery$Addresses",
          "io.gatehouse.runtime.cluster.Discovery$KubernetesApi",
          "io.gatehouse.runtime.cluster.Discovery$KubernetesDns",
          "io.gatehouse.runtime.cluster.Discovery$Multicast",
          "io.gatehouse.runtime.cluster.DiscoverySettings",
          "io.gatehouse.runtime.cluster.FirstLines",
          "io.gatehouse.runtime.cluster.FunctionsOverCluster",
          "io.gatehouse.runtime.cluster.QuotasOverCluster",
          "io.gatehouse.runtime.cluster.SpoolsOverCluster",
          "io.gatehouse.runtime.cluster.StoriesOverCluster",
          "io.gatehouse.runtime.functions.FunctionSettings",
          "io.gatehouse.runtime.limit.NodeCount",
          "io.gatehouse.runtime.limit.Period",
          "io.gatehouse.runtime.limit.QuotaKey",
          "io.gatehouse.runtime.limit.QuotaState");

  @Test
  void servletsAreKnownOnlyWhereRequestsOfTheServerComeIn() {
    onlyIn(
        List.of("jakarta.servlet.."),
        "io.gatehouse.admin.awsface..",
        "io.gatehouse.admin.console..",
        "io.gatehouse.runtime");
  }

  @Test
  void vertxAndNettyAreKnownOnlyAtTheDoorAndTowardsBackendsAndFunctions() {
    onlyIn(
        List.of("io.vertx..", "io.netty.."),
        "io.gatehouse.runtime.door..",
        "io.gatehouse.runtime.backend..",
        // The Runtime API, which functions ask for their work.
        "io.gatehouse.runtime.functions..",
        "io.gatehouse.runtime");
  }

  @Test
  void hazelcastIsKnownOnlyWhereSnapshotsTravel() {
    onlyIn(
        List.of("com.hazelcast.."),
        "io.gatehouse.runtime.cluster..",
        "io.gatehouse.admin.publish..");
  }

  @Test
  void luceneIsKnownOnlyWhereLogsAreKept() {
    onlyIn(List.of("org.apache.lucene.."), "io.gatehouse.admin.logs..");
  }

  @Test
  void persistenceIsKnownOnlyInTheStore() {
    onlyIn(
        List.of("jakarta.persistence..", "java.sql..", "javax.sql..", "org.flywaydb.."),
        "io.gatehouse.admin.store..",
        "io.gatehouse.operate..");
  }

  /**
   * Audit sees the rows of entities come and go. Queries that write pass it by, so the few classes
   * that have some say what they write, or delete only what goes with something that is seen.
   */
  @Test
  void rowsAreWrittenWhereAuditSeesThem() {
    noClasses()
        .that(describe("tell audit themselves", c -> !WRITING_BY_QUERY.contains(c.getSimpleName())))
        .should()
        .callCodeUnitWhere(
            describe(
                "writes by a query",
                call ->
                    call.getTargetOwner().getPackageName().startsWith("jakarta.persistence")
                        && call.getName().equals("executeUpdate")))
        .check(admin);
  }

  private static final Set<String> WRITING_BY_QUERY =
      Set.of(
          "Definitions",
          "ApiStore",
          "ApiKeyStore",
          "AuditStore",
          "DomainStore",
          "FunctionCodeStore",
          "MetricStore",
          "PlanStore",
          "UsageCountStore");

  @Test
  void vaadinIsKnownOnlyInTheConsole() {
    onlyIn(List.of("com.vaadin.."), "io.gatehouse.admin.console..");
  }

  @Test
  void nodesAndModelAreWiredByHand() {
    noClasses()
        .that()
        .resideInAnyPackage(RUNTIME, MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.enterprise..", "jakarta.inject..", "jakarta.interceptor..", "jakarta.ejb..")
        .check(all);
  }

  @Test
  void doorsOfTheControlPlaneGoThroughOperations() {
    noClasses()
        .that()
        .resideInAnyPackage("io.gatehouse.admin.awsface..", "io.gatehouse.admin.console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.gatehouse.admin.store..", "io.gatehouse.admin.publish..")
        .check(admin);
  }

  @Test
  void presentersDecideWithoutComponents() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Presenter")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.vaadin..")
        .allowEmptyShould(true)
        .check(admin);
  }

  @Test
  void codeIsStraightExceptWhereItTalksToTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.gatehouse.runtime.door..",
            "io.gatehouse.runtime.backend..",
            "io.gatehouse.runtime.cluster..",
            "io.gatehouse.runtime")
        .should()
        .dependOnClassesThat(
            describe(
                "are futures or flows",
                c ->
                    Set.of(
                                "java.util.concurrent.CompletionStage",
                                "java.util.concurrent.CompletableFuture",
                                "java.util.concurrent.Future",
                                "java.util.concurrent.Flow")
                            .contains(c.getName())
                        || c.getPackageName().startsWith("org.reactivestreams")))
        .check(all);
  }

  @Test
  void packagesOfTheModelFormNoCycle() {
    slices().matching("io.gatehouse.model.(*)..").should().beFreeOfCycles().check(model);
  }

  @Test
  void packagesOfTheDataPlaneFormNoCycle() {
    slices().matching("io.gatehouse.runtime.(*)..").should().beFreeOfCycles().check(runtime);
  }

  @Test
  void packagesOfTheControlPlaneFormNoCycle() {
    slices().matching("io.gatehouse.admin.(*)..").should().beFreeOfCycles().check(admin);
  }

  @Test
  void timeAndChanceComeInThroughConstructors() {
    noClasses()
        .that(describe("wire nothing", c -> !WIRING.contains(c.getName())))
        .should()
        .accessTargetWhere(
            describe("the system's clock or random numbers", ArchitectureTest::readsClockOrChance))
        .check(all);
  }

  /** The places where a clock or a source of randomness is picked, to be passed on. */
  private static final Set<String> WIRING =
      Set.of(
          "io.gatehouse.runtime.GatewayNode",
          "io.gatehouse.runtime.NodeFunctions",
          "io.gatehouse.runtime.NodeRecords",
          "io.gatehouse.admin.Surroundings",
          // Programs of their own, which measure the real time and make tokens of today.
          "io.gatehouse.operate.LoadGenerator",
          "io.gatehouse.operate.TokenIssuer",
          // Numbers for a log line, a name and a fair draw: no behaviour hangs on them.
          "io.gatehouse.admin.console.ConsoleService",
          "io.gatehouse.admin.publish.ClusterClient",
          "io.gatehouse.runtime.backend.BackendState");

  private static boolean readsClockOrChance(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
      return false;
    }
    String owner = target.getOwner().getName();
    String name = target.getName();
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
      case "java.lang.Math" -> name.equals("random");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.util.Date", "java.util.Random", "java.security.SecureRandom" ->
          name.equals(JavaConstructor.CONSTRUCTOR_NAME) && target.getRawParameterTypes().isEmpty();
      case "java.util.concurrent.ThreadLocalRandom" -> name.equals("current");
      case "java.time.Clock", "java.time.InstantSource" -> name.startsWith("system");
      default ->
          owner.startsWith("java.time.")
              && name.equals("now")
              && target.getRawParameterTypes().isEmpty();
    };
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(
            ".*\\.(\\w*(Manager|Helper|Utils?|Impl)|Abstract\\w*|\\w*Base[A-Z]?\\w*|I[A-Z][a-z]\\w*)")
        .check(all.that(describe("are named by us", c -> !AWS_NAMES.contains(c.getSimpleName()))));
  }

  /** Names that are AWS's own words. */
  private static final Set<String> AWS_NAMES = Set.of("BasePathMappings");

  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .check(all);
  }

  @Test
  void whatAnOperationOffersIsGuarded() {
    methods()
        .that()
        .arePublic()
        .and()
        .areNotStatic()
        .and(describe("are our own", m -> !m.getModifiers().contains(JavaModifier.SYNTHETIC)))
        .and()
        .areDeclaredInClassesThat(operations())
        .should(
            be(
                "marked @Operation or @ConsoleQuery and take the Caller first",
                ArchitectureTest::isGuarded))
        .allowEmptyShould(true)
        .check(admin);
  }

  @Test
  void operationsDoNotCallEachOther() {
    noClasses()
        .that(operations())
        .should()
        .callCodeUnitWhere(
            describe(
                "is another operation",
                call ->
                    operations().test(call.getTargetOwner())
                        && call.getTarget() instanceof CodeUnitCallTarget target
                        && target.resolveMember().filter(ArchitectureTest::isMarked).isPresent()))
        .allowEmptyShould(true)
        .check(admin);
  }

  private static DescribedPredicate<JavaClass> operations() {
    return describe(
        "are Operations",
        c ->
            !c.isInterface()
                && c.getAllRawInterfaces().stream()
                    .anyMatch(i -> i.getName().equals(GUARD + "Operations")));
  }

  private static boolean isGuarded(JavaMethod method) {
    List<JavaClass> parameters = method.getRawParameterTypes();
    return isMarked(method)
        && !parameters.isEmpty()
        && parameters.get(0).getName().equals(GUARD + "Caller");
  }

  private static boolean isMarked(JavaCodeUnit unit) {
    return Stream.of("Operation", "ConsoleQuery")
        .anyMatch(mark -> unit.isAnnotatedWith(GUARD + mark));
  }

  private static ArchCondition<JavaMethod> be(
      String what, java.util.function.Predicate<JavaMethod> condition) {
    return new ArchCondition<>("be " + what) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                method, condition.test(method), method.getFullName() + " must be " + what));
      }
    };
  }

  private static void onlyIn(List<String> strangers, String... homes) {
    noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(strangers.toArray(String[]::new))
        .check(all);
  }

  private static Path classesOf(String module) {
    return Path.of("..", module, "target", "classes");
  }

  private static JavaClasses importing(Path... folders) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPaths(folders);
  }
}
