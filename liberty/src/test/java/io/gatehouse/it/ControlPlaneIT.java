package io.gatehouse.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Guard;
import io.gatehouse.admin.operations.AuditRecords;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.UpdateRestApiRequest;

/** The control plane's real war on a real server: injection, guard, transactions, persistence. */
@ExtendWith(ArquillianExtension.class)
class ControlPlaneIT {

  private static final String TENANT = "123456789012";

  @Inject private RestApis apis;
  @Inject private Guard guard;
  @Inject private AuditRecords audit;

  @Deployment
  static WebArchive theRealWar() {
    return ShrinkWrap.create(ZipImporter.class, "control.war")
        .importFrom(new File(System.getProperty("gatehouse.image"), "apps/admin-ui.war"))
        .as(WebArchive.class);
  }

  @Test
  void whatAnOperationMadeTheNextOneFinds() {
    RestApi made = apis.createRestApi(caller(TENANT, Caller.Role.OWNER), named("Pets"));

    RestApi found =
        apis.getRestApi(
            caller(TENANT, Caller.Role.VIEWER),
            GetRestApiRequest.builder().restApiId(made.id()).build());

    assertEquals("Pets", found.name());
  }

  @Test
  void theGuardRefusesAViewerWhoWrites() {
    ApiError refused =
        assertThrows(
            ApiError.class,
            () ->
                apis.createRestApi(caller(TENANT, Caller.Role.VIEWER), named("Not mine to make")));

    assertEquals(ApiError.Kind.ACCESS_DENIED, refused.kind());
    assertFalse(exists("Not mine to make"));
  }

  @Test
  void anErrorTakesBackWhatWasWrittenBeforeIt() {
    Caller owner = caller(TENANT, Caller.Role.OWNER);

    assertThrows(
        ApiError.class,
        () ->
            guard.operation(
                owner,
                "POST",
                "/restapis",
                "CreateRestApi",
                named("Half done"),
                () -> {
                  apis.createRestApi(owner, named("Half done"));
                  throw ApiError.conflict("too late");
                }));

    assertFalse(exists("Half done"));
  }

  @Test
  void theGuardAsksForWhatTheVendorAsksFor() {
    ApiError refused =
        assertThrows(
            ApiError.class,
            () ->
                apis.createRestApi(
                    caller(TENANT, Caller.Role.OWNER), CreateRestApiRequest.builder().build()));

    assertTrue(refused.getMessage().toLowerCase().contains("name"), refused.getMessage());
  }

  @Test
  void anotherTenantFindsNothing() {
    RestApi made = apis.createRestApi(caller(TENANT, Caller.Role.OWNER), named("Private"));

    ApiError refused =
        assertThrows(
            ApiError.class,
            () ->
                apis.getRestApi(
                    caller("999999999999", Caller.Role.OWNER),
                    GetRestApiRequest.builder().restApiId(made.id()).build()));

    assertEquals(ApiError.Kind.NOT_FOUND, refused.kind());
  }

  @Test
  void everyChangeAndEveryRefusalLeavesARecord() {
    String account = "123456789777";
    RestApi made = apis.createRestApi(caller(account, Caller.Role.OWNER), named("Audited"));
    apis.updateRestApi(
        caller(account, Caller.Role.OWNER),
        UpdateRestApiRequest.builder()
            .restApiId(made.id())
            .patchOperations(
                PatchOperation.builder().op(Op.REPLACE).path("/name").value("Renamed").build())
            .build());
    assertThrows(
        ApiError.class,
        () -> apis.createRestApi(caller(account, Caller.Role.VIEWER), named("Refused")));

    List<AuditRecords.AuditRecord> records =
        audit
            .tenantRecords(
                new Caller(
                    account, "us-east-1", "ann", Set.of(Caller.Role.OWNER), Caller.Door.CONSOLE),
                new AuditRecords.Asked("", "", "", Optional.empty()))
            .items();

    assertEquals(
        List.of("CreateRestApi", "UpdateRestApi", "CreateRestApi"),
        records.stream().map(AuditRecords.AuditRecord::operation).toList());
    assertEquals("AccessDeniedException", records.get(0).outcome());
    assertTrue(records.get(1).before().contains("Audited"), records.get(1).before());
    assertTrue(records.get(1).after().contains("Renamed"), records.get(1).after());
    assertFalse(records.get(1).after().contains("_persistence"), records.get(1).after());
    assertEquals("", records.get(2).before());
  }

  private boolean exists(String name) {
    return apis
        .getRestApis(
            caller(TENANT, Caller.Role.VIEWER), GetRestApisRequest.builder().limit(500).build())
        .items()
        .stream()
        .anyMatch(api -> api.name().equals(name));
  }

  private static CreateRestApiRequest named(String name) {
    return CreateRestApiRequest.builder().name(name).build();
  }

  private static Caller caller(String account, Caller.Role role) {
    return new Caller(
        account,
        "us-east-1",
        "arn:aws:iam::" + account + ":user/tester",
        Set.of(role),
        Caller.Door.MANAGEMENT_API);
  }
}
