package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.sdk.SdkGenerator;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.GetSdkRequest;
import software.amazon.awssdk.services.apigateway.model.GetSdkResponse;
import software.amazon.awssdk.services.apigateway.model.GetSdkTypeRequest;
import software.amazon.awssdk.services.apigateway.model.GetSdkTypesRequest;
import software.amazon.awssdk.services.apigateway.model.SdkConfigurationProperty;
import software.amazon.awssdk.services.apigateway.model.SdkType;

/** SDKs of what a stage serves, on both databases. */
class SdksTest {

  private static final String API = "api0000001";

  private House house;
  private Sdks sdks;

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private Stream<DynamicTest> onBoth(Step step) {
    return Stream.of(Database.Kind.values())
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.name(),
                    () -> {
                      try (House opened = new House(Database.open(kind))) {
                        house = opened;
                        sdks =
                            new Sdks(
                                opened.kit.stages,
                                opened.kit.deployments,
                                new SdkGenerator(),
                                opened.settings,
                                opened.kit.clock);
                        house.run(() -> house.kit.apis.create(ALICE, Kit.mock(API)));
                        house.in(
                            () ->
                                house.deployments.createDeployment(
                                    ALICE,
                                    CreateDeploymentRequest.builder()
                                        .restApiId(API)
                                        .stageName("prod")
                                        .build()));
                        step.run();
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> anSdkIsAnArchiveThatIsNamedAsTheVendorNamesIt() {
    return onBoth(
        () -> {
          GetSdkResponse sdk = get(ALICE, in -> {});

          assertEquals("application/octet-stream", sdk.contentType());
          assertEquals(
              "attachment; filename=\"javascript_2026-06-01_12-00Z.zip\"",
              sdk.contentDisposition());
          try (ZipInputStream zip =
              new ZipInputStream(new ByteArrayInputStream(sdk.body().asByteArray()))) {
            Stream<String> names = Stream.generate(() -> next(zip)).takeWhile(n -> !n.isEmpty());
            assertEquals(List.of("README.md"), names.filter("README.md"::equals).toList());
          }
        });
  }

  private static String next(ZipInputStream zip) {
    try {
      ZipEntry entry = zip.getNextEntry();
      return entry == null ? "" : entry.getName();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> whatIsUnknownMissingOrAnothersIsRefused() {
    return onBoth(
        () -> {
          assertRefused(404, "Invalid stage identifier specified", MALLORY, in -> {});
          assertRefused(
              404, "Invalid stage identifier specified", ALICE, in -> in.stageName("nosuch"));
          assertRefused(
              404, "Invalid stage identifier specified", ALICE, in -> in.restApiId("nosuch0000"));
          assertRefused(
              400,
              "Invalid SDK type specified. Must be one of: [android, java, javascript, objectivec,"
                  + " python, ruby, swift, typescript]",
              ALICE,
              in -> in.sdkType("cobol"));
          assertRefused(
              400,
              "Missing required parameter for the SDK: java.package-name",
              ALICE,
              in -> in.sdkType("java").parameters(Map.of("serviceName", "Pets")));
          assertRefused(
              400,
              "Invalid value for parameter service.name of the SDK",
              ALICE,
              in -> in.sdkType("ruby").parameters(Map.of("service.name", "Pets,library=evil")));
        });
  }

  @TestFactory
  Stream<DynamicTest> typesTellWhatTheyAskFor() {
    return onBoth(
        () -> {
          List<SdkType> types =
              sdks.getSdkTypes(ALICE, GetSdkTypesRequest.builder().build()).items();
          SdkType ruby = sdks.getSdkType(ALICE, GetSdkTypeRequest.builder().id("ruby").build());

          assertEquals(
              List.of(
                  "android",
                  "java",
                  "javascript",
                  "objectivec",
                  "python",
                  "ruby",
                  "swift",
                  "typescript"),
              types.stream().map(SdkType::id).toList());
          assertEquals("Ruby", ruby.friendlyName());
          assertEquals(
              List.of("service.name true", "ruby.gem-name false", "ruby.gem-version false"),
              ruby.configurationProperties().stream().map(SdksTest::shown).toList());
          assertEquals(
              "Invalid SDK type identifier specified",
              assertThrows(
                      ApiError.class,
                      () -> sdks.getSdkType(ALICE, GetSdkTypeRequest.builder().id("cobol").build()))
                  .getMessage());
        });
  }

  private static String shown(SdkConfigurationProperty property) {
    return property.name() + " " + property.required();
  }

  private void assertRefused(
      int status, String message, Caller caller, Consumer<GetSdkRequest.Builder> more) {
    ApiError refusal = assertThrows(ApiError.class, () -> get(caller, more));
    assertEquals(status + " " + message, refusal.kind().status() + " " + refusal.getMessage());
  }

  private GetSdkResponse get(Caller caller, Consumer<GetSdkRequest.Builder> more) {
    GetSdkRequest.Builder in =
        GetSdkRequest.builder().restApiId(API).stageName("prod").sdkType("javascript");
    more.accept(in);
    return house.in(() -> sdks.getSdk(caller, in.build()));
  }
}
