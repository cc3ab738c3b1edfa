package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.snapshot.Snapshot.BasePath;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.apigateway.model.BasePathMapping;
import software.amazon.awssdk.services.apigateway.model.CreateBasePathMappingRequest;
import software.amazon.awssdk.services.apigateway.model.CreateDomainNameAccessAssociationRequest;
import software.amazon.awssdk.services.apigateway.model.CreateDomainNameRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteBasePathMappingRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDomainNameAccessAssociationRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDomainNameRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.DomainName;
import software.amazon.awssdk.services.apigateway.model.DomainNameAccessAssociation;
import software.amazon.awssdk.services.apigateway.model.GetBasePathMappingRequest;
import software.amazon.awssdk.services.apigateway.model.GetBasePathMappingsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDomainNameAccessAssociationsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDomainNameRequest;
import software.amazon.awssdk.services.apigateway.model.GetDomainNamesRequest;
import software.amazon.awssdk.services.apigateway.model.GetTagsRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.RejectDomainNameAccessAssociationRequest;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateBasePathMappingRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateDomainNameRequest;

/** Custom domain names, their base paths and who may reach the private ones, on both databases. */
class DomainsTest {

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(Database.Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(Database.Kind.POSTGRESQL);
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Cases {

    private static final String CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/a";
    private static final String POLICY =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"execute-api:Invoke\",\"Resource\":\"execute-api:/*\"}]}";

    private final Database.Kind kind;
    private House house;
    private String apiId;
    private String name;
    private int names;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      house = new House(Database.open(kind));
    }

    @AfterAll
    void close() throws Exception {
      house.close();
    }

    @BeforeEach
    void anApiWithAStage() {
      apiId = house.ids.restApi();
      name = "api" + names++ + ".example.com";
      house.run(
          () -> {
            house.kit.apis.create(ALICE, Kit.mock(apiId));
            house.kit.deployments.create(
                ALICE, apiId, Deployment.builder().id("dep1").build(), Kit.mock(apiId));
            house.kit.stages.create(
                ALICE, apiId, Stage.builder().stageName("prod").deploymentId("dep1").build());
          });
      house.published.clear();
    }

    @Test
    void aRegionalNameHasAnAddressOfItsRegion() {
      DomainName made =
          create(
              ALICE,
              r ->
                  r.regionalCertificateArn(CERTIFICATE)
                      .endpointConfiguration(e -> e.typesWithStrings("REGIONAL")));

      assertEquals("arn:aws:apigateway:us-east-1::/domainnames/" + name, made.domainNameArn());
      assertTrue(
          made.regionalDomainName()
              .matches("d-[a-z0-9]{10}\\.execute-api\\.us-east-1\\.amazonaws\\.com"),
          made.regionalDomainName());
      assertEquals("Z1UJRXOUMOOFQ8", made.regionalHostedZoneId());
      assertEquals("AVAILABLE", made.domainNameStatusAsString());
      assertEquals("TLS_1_2", made.securityPolicyAsString());
      assertEquals("BASE_PATH_MAPPING_ONLY", made.routingModeAsString());
      assertEquals(CERTIFICATE, made.regionalCertificateArn());
      assertNull(made.distributionDomainName());
      assertNull(made.domainNameId());
      assertFalse(Wire.write(made).containsKey("tags"));
      DomainName found = get(ALICE, name, null);
      assertEquals(Map.of(), found.tags());
      assertEquals(made.regionalDomainName(), found.regionalDomainName());
    }

    @Test
    void aNameIsOfTheEdgeUnlessItSaysOtherwise() {
      DomainName made = create(ALICE, r -> r.certificateArn(CERTIFICATE));

      assertEquals(List.of("EDGE"), made.endpointConfiguration().typesAsStrings());
      assertTrue(made.distributionDomainName().endsWith(".cloudfront.net"));
      assertEquals("Z2FDTNDATAQYW2", made.distributionHostedZoneId());
      assertEquals(Kit.NOON, made.certificateUploadDate());
      assertNull(made.regionalDomainName());
    }

    @Test
    void namesAreHostNamesAndNotTheInstallationsOwn() {
      assertEquals("No Domain Name specified", refused(() -> named(ALICE, "")).getMessage());
      for (String wrong :
          List.of(
              "localhost",
              "127.0.0.1",
              "Api.example.com",
              "a_b.example.com",
              "-a.example.com",
              "a..example.com",
              "example.com.",
              "*.*.example.com",
              "a.*.com",
              "*",
              "*.com.",
              "a.example.com:80",
              "a.example.com/b",
              "abc123.execute-api.us-east-1.amazonaws.com",
              "*.execute-api.example.com",
              "execute-api.example.com",
              "a".repeat(64) + ".com",
              "a.".repeat(126) + "com")) {
        ApiError error = refused(() -> named(ALICE, wrong));
        assertEquals("Invalid domain name specified", error.getMessage(), wrong);
      }
    }

    @Test
    void aNameHasOneOwnerInTheWholeInstallation() {
      named(ALICE, name);

      ApiError mine = refused(() -> named(ALICE, name));
      ApiError other = refused(() -> named(MALLORY, name));

      assertEquals(ApiError.Kind.CONFLICT, other.kind());
      assertEquals("The domain name you provided already exists.", other.getMessage());
      assertEquals(mine.getMessage(), other.getMessage());
      delete(ALICE, name);
      named(MALLORY, name);
      delete(MALLORY, name);
    }

    @Test
    void aWildcardAndWhatItCoversHaveOneOwner() {
      named(ALICE, "www.one.test");
      assertEquals(ApiError.Kind.CONFLICT, refused(() -> named(MALLORY, "*.one.test")).kind());
      named(ALICE, "*.one.test");
      assertEquals(ApiError.Kind.CONFLICT, refused(() -> named(MALLORY, "new.one.test")).kind());
      named(ALICE, "new.one.test");
      named(MALLORY, "a.new.one.test");
      named(MALLORY, "one.test");
    }

    @Test
    void anotherTenantsNameAnswersAsOneThatNamesNothing() {
      named(ALICE, name);

      for (Executable attempt :
          List.<Executable>of(
              () -> get(MALLORY, name, null),
              () -> delete(MALLORY, name),
              () -> patch(MALLORY, name, replace("/securityPolicy", "TLS_1_0")),
              () -> map(MALLORY, "", apiId, "prod"),
              () -> mappings(MALLORY))) {
        ApiError error = refused(attempt);
        assertEquals(ApiError.Kind.NOT_FOUND, error.kind());
        assertEquals("Invalid domain name identifier specified", error.getMessage());
      }
      assertTrue(
          in(
                  () ->
                      house.domains.getDomainNames(
                          MALLORY, GetDomainNamesRequest.builder().limit(500).build()))
              .items()
              .stream()
              .noneMatch(d -> d.domainName().equals(name)));
    }

    @Test
    void whatCannotBeHonouredIsRefused() {
      for (Consumer<CreateDomainNameRequest.Builder> wish :
          List.<Consumer<CreateDomainNameRequest.Builder>>of(
              r -> r.mutualTlsAuthentication(m -> m.truststoreUri("s3://bucket/trust.pem")),
              r -> r.certificateBody("x").certificatePrivateKey("y"),
              r -> r.endpointAccessMode("STRICT"))) {
        assertEquals(ApiError.Kind.NOT_IMPLEMENTED, refused(() -> create(ALICE, wish)).kind());
      }
      assertEquals(
          ApiError.Kind.BAD_REQUEST, refused(() -> create(ALICE, r -> r.policy(POLICY))).kind());
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          refused(() -> create(ALICE, r -> r.certificateArn("mine"))).kind());
      named(ALICE, name);
      assertEquals(
          ApiError.Kind.NOT_IMPLEMENTED,
          refused(
                  () ->
                      patch(
                          ALICE, name, replace("/mutualTlsAuthentication/truststoreUri", "s3://b")))
              .kind());
      patch(ALICE, name, replace("/mutualTlsAuthentication/truststoreUri", ""));
    }

    @Test
    void aNameIsPatchedAsToolsDo() {
      create(
          ALICE,
          r ->
              r.regionalCertificateArn(CERTIFICATE)
                  .endpointConfiguration(e -> e.typesWithStrings("REGIONAL")));

      DomainName patched =
          patch(
              ALICE,
              name,
              replace("/regionalCertificateArn", CERTIFICATE + "b"),
              replace("/securityPolicy", "TLS_1_0"));
      assertEquals(CERTIFICATE + "b", patched.regionalCertificateArn());
      assertEquals("TLS_1_0", patched.securityPolicyAsString());
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          refused(() -> patch(ALICE, name, replace("/securityPolicy", "TLS_0_9"))).kind());
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          refused(() -> patch(ALICE, name, replace("/domainName", "other.example.com"))).kind());

      DomainName edge =
          patch(
              ALICE,
              name,
              replace("/certificateArn", CERTIFICATE),
              replace("/endpointConfiguration/types/0", "EDGE"));
      assertNull(edge.regionalDomainName());
      assertTrue(edge.distributionDomainName().endsWith(".cloudfront.net"));
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          refused(() -> patch(ALICE, name, replace("/endpointConfiguration/types/EDGE", "PRIVATE")))
              .kind());
    }

    @Test
    void aMappingIsMadeReadMovedAndDeleted() {
      named(ALICE, name);

      BasePathMapping made = map(ALICE, "pets", apiId, "prod");

      assertEquals("pets", made.basePath());
      assertEquals(made, mapping("pets"));
      BasePathMapping moved = patchMapping("pets", replace("/basePath", "animals"));
      assertEquals("animals", moved.basePath());
      assertEquals(
          "Invalid base path mapping identifier specified",
          refused(() -> mapping("pets")).getMessage());
      assertNull(patchMapping("animals", replace("/stage", "")).stage());
      assertEquals(apiId, patchMapping("animals", replace("/restapiId", apiId)).restApiId());
      assertEquals(List.of("animals"), mappings(ALICE));
      unmap("animals");
      assertEquals(List.of(), mappings(ALICE));
    }

    @Test
    void theEmptyBasePathIsCalledNone() {
      named(ALICE, name);

      assertEquals("(none)", map(ALICE, "", apiId, "").basePath());
      assertNull(mapping("(none)").stage());
      assertEquals(ApiError.Kind.CONFLICT, refused(() -> map(ALICE, null, apiId, "prod")).kind());
      assertEquals("all", patchMapping("(none)", replace("/basePath", "all")).basePath());
      assertEquals("(none)", patchMapping("all", replace("/basePath", "")).basePath());
      unmap("(none)");
    }

    @Test
    void aMappingNamesWhatThereIs() {
      named(ALICE, name);
      named(MALLORY, "mallory-" + name);
      map(ALICE, "pets", apiId, "prod");

      assertEquals(
          "Base path already exists for this domain name",
          refused(() -> map(ALICE, "pets", apiId, "prod")).getMessage());
      assertEquals(
          "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create"
              + " a multi-level base path mapping, use API Gateway V2.",
          refused(() -> map(ALICE, "a/b", apiId, "prod")).getMessage());
      assertEquals(
          ApiError.Kind.BAD_REQUEST, refused(() -> map(ALICE, "a b", apiId, "prod")).kind());
      assertEquals(
          "Invalid REST API identifier specified",
          refused(() -> map(ALICE, "x", "nothing000", "prod")).getMessage());
      assertEquals(
          "Invalid stage identifier specified",
          refused(() -> map(ALICE, "x", apiId, "test")).getMessage());
      assertEquals(
          "Invalid stage identifier specified",
          refused(() -> patchMapping("pets", replace("/stage", "test"))).getMessage());
      String mine = name;
      name = "mallory-" + mine;
      assertEquals(
          "Invalid REST API identifier specified",
          refused(() -> map(MALLORY, "x", apiId, "prod")).getMessage());
      name = mine;
    }

    @Test
    void whatADomainLeadsToIsNotDeleted() {
      named(ALICE, name);
      map(ALICE, "pets", apiId, "prod");

      assertEquals(
          "Deleting RestApi %s failed. Please remove all base path mappings related to the RestApi in your domains: %s"
              .formatted(apiId, name),
          refused(() -> house.run(() -> house.kit.apis.delete(ALICE, apiId))).getMessage());
      assertEquals(
          "Deleting stage prod failed. Please remove all base path mappings related to the stage in your domains: "
              + name,
          refused(this::deleteStage).getMessage());

      delete(ALICE, name);
      deleteStage();
      house.run(() -> house.kit.apis.delete(ALICE, apiId));
    }

    @Test
    void nodesLearnOfEveryChangeOfAPublicName() {
      named(ALICE, name);
      map(ALICE, "", apiId, "");
      map(ALICE, "pets", apiId, "prod");
      unmap("(none)");

      assertEquals(
          List.of(
              Map.of(),
              Map.of("", new BasePath(apiId, Optional.empty())),
              Map.of(
                  "",
                  new BasePath(apiId, Optional.empty()),
                  "pets",
                  new BasePath(apiId, Optional.of("prod"))),
              Map.of("pets", new BasePath(apiId, Optional.of("prod")))),
          house.published.stream().map(s -> ((DomainSnapshot) s).mappings()).toList());
      long before = house.published.getLast().revision();
      delete(ALICE, name);
      Tombstone gone = assertInstanceOf(Tombstone.class, house.published.getLast());
      assertEquals("domain/" + name, gone.key());
      assertTrue(gone.revision() > before);
      named(MALLORY, name);
      assertTrue(house.published.getLast().revision() > gone.revision());
      delete(MALLORY, name);
    }

    @Test
    void aNameThatFollowsRoutingRulesOnlyLeadsNowhere() {
      named(ALICE, name);
      map(ALICE, "pets", apiId, "prod");

      patch(ALICE, name, replace("/routingMode", "ROUTING_RULE_ONLY"));

      assertEquals(Map.of(), ((DomainSnapshot) house.published.getLast()).mappings());
      patch(ALICE, name, replace("/routingMode", "ROUTING_RULE_THEN_BASE_PATH_MAPPING"));
      assertEquals(1, ((DomainSnapshot) house.published.getLast()).mappings().size());
    }

    @Test
    void aPrivateNameIsToldApartByItsIdAndIsNeverServed() {
      DomainName one = privateName(ALICE);
      DomainName other = privateName(MALLORY);

      assertNotEquals(one.domainNameId(), other.domainNameId());
      assertEquals(
          "arn:aws:apigateway:us-east-1:%s:/domainnames/%s+%s"
              .formatted(ALICE.account(), name, one.domainNameId()),
          one.domainNameArn());
      assertNull(one.regionalDomainName());
      assertNull(one.distributionDomainName());
      assertEquals("dualstack", one.endpointConfiguration().ipAddressTypeAsString());
      assertEquals(POLICY, one.policy(), "as sent");
      assertEquals(one.domainNameId(), get(ALICE, name, one.domainNameId()).domainNameId());
      assertEquals(ApiError.Kind.NOT_FOUND, refused(() -> get(ALICE, name, null)).kind());
      assertEquals(
          ApiError.Kind.NOT_FOUND, refused(() -> get(MALLORY, name, one.domainNameId())).kind());
      assertEquals(List.of(), house.published);
    }

    @Test
    void aPrivateNameIsReachedFromEndpointsThatAreAssociatedWithIt() {
      DomainName domain = privateName(ALICE);

      DomainNameAccessAssociation made = associate(ALICE, domain.domainNameArn(), "vpce-1a");

      assertEquals(
          "arn:aws:apigateway:us-east-1:%s:/domainnameaccessassociations/domainname/%s/vpcesource/vpce-1a"
              .formatted(ALICE.account(), name),
          made.domainNameAccessAssociationArn());
      assertTrue(associations(ALICE).contains(made));
      assertEquals(List.of(), associations(MALLORY));
      assertEquals(
          ApiError.Kind.CONFLICT,
          refused(() -> associate(ALICE, domain.domainNameArn(), "vpce-1a")).kind());
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          refused(() -> associate(ALICE, domain.domainNameArn(), "10.0.0.1")).kind());
      assertEquals(
          ApiError.Kind.NOT_FOUND,
          refused(() -> associate(MALLORY, domain.domainNameArn(), "vpce-1a")).kind());
      assertEquals(
          ApiError.Kind.NOT_FOUND,
          refused(() -> dissociate(MALLORY, made.domainNameAccessAssociationArn())).kind());

      DomainNameAccessAssociation second = associate(ALICE, domain.domainNameArn(), "vpce-2b");
      dissociate(ALICE, made.domainNameAccessAssociationArn());
      house.run(
          () ->
              house.accesses.rejectDomainNameAccessAssociation(
                  ALICE,
                  RejectDomainNameAccessAssociationRequest.builder()
                      .domainNameArn(domain.domainNameArn())
                      .domainNameAccessAssociationArn(second.domainNameAccessAssociationArn())
                      .build()));
      assertTrue(associations(ALICE).stream().noneMatch(a -> a.domainNameArn().contains(name)));
    }

    @Test
    void aPublicNameHasNoAssociations() {
      String arn = named(ALICE, name).domainNameArn();

      assertEquals(
          ApiError.Kind.BAD_REQUEST, refused(() -> associate(ALICE, arn, "vpce-1a")).kind());
    }

    @Test
    void tagsOfNamesAndAssociationsAreReadAndChanged() {
      DomainName domain = privateName(ALICE);
      for (String arn :
          List.of(
              create(ALICE, r -> r.domainName("tagged-" + name)).domainNameArn(),
              domain.domainNameArn(),
              associate(ALICE, domain.domainNameArn(), "vpce-3c")
                  .domainNameAccessAssociationArn())) {
        house.run(
            () ->
                house.tags.tagResource(
                    ALICE,
                    TagResourceRequest.builder().resourceArn(arn).tags(Map.of("a", "1")).build()));

        assertEquals(Map.of("a", "1"), tags(ALICE, arn));
        assertThrows(ApiError.class, () -> tags(MALLORY, arn));
      }
    }

    private DomainName create(Caller caller, Consumer<CreateDomainNameRequest.Builder> wish) {
      CreateDomainNameRequest.Builder request = CreateDomainNameRequest.builder().domainName(name);
      wish.accept(request);
      return in(() -> house.domains.createDomainName(caller, request.build()));
    }

    private DomainName named(Caller caller, String wanted) {
      return create(caller, r -> r.domainName(wanted));
    }

    private DomainName privateName(Caller caller) {
      return create(
          caller,
          r ->
              r.certificateArn(CERTIFICATE)
                  .policy(POLICY)
                  .endpointConfiguration(e -> e.typesWithStrings("PRIVATE")));
    }

    private DomainName get(Caller caller, String wanted, String id) {
      return in(
          () ->
              house.domains.getDomainName(
                  caller,
                  GetDomainNameRequest.builder().domainName(wanted).domainNameId(id).build()));
    }

    private DomainName patch(Caller caller, String wanted, PatchOperation... operations) {
      return in(
          () ->
              house.domains.updateDomainName(
                  caller,
                  UpdateDomainNameRequest.builder()
                      .domainName(wanted)
                      .patchOperations(operations)
                      .build()));
    }

    private void delete(Caller caller, String wanted) {
      house.run(
          () ->
              house.domains.deleteDomainName(
                  caller, DeleteDomainNameRequest.builder().domainName(wanted).build()));
    }

    private void deleteStage() {
      house.run(() -> house.kit.stages.delete(house.kit.stages.lock(ALICE, apiId, "prod")));
    }

    private BasePathMapping map(Caller caller, String basePath, String api, String stage) {
      return in(
          () ->
              house.mappings.createBasePathMapping(
                  caller,
                  CreateBasePathMappingRequest.builder()
                      .domainName(name)
                      .basePath(basePath)
                      .restApiId(api)
                      .stage(stage)
                      .build()));
    }

    private BasePathMapping mapping(String basePath) {
      return in(
          () ->
              house.mappings.getBasePathMapping(
                  ALICE,
                  GetBasePathMappingRequest.builder().domainName(name).basePath(basePath).build()));
    }

    private BasePathMapping patchMapping(String basePath, PatchOperation operation) {
      return in(
          () ->
              house.mappings.updateBasePathMapping(
                  ALICE,
                  UpdateBasePathMappingRequest.builder()
                      .domainName(name)
                      .basePath(basePath)
                      .patchOperations(operation)
                      .build()));
    }

    private void unmap(String basePath) {
      house.run(
          () ->
              house.mappings.deleteBasePathMapping(
                  ALICE,
                  DeleteBasePathMappingRequest.builder()
                      .domainName(name)
                      .basePath(basePath)
                      .build()));
    }

    private List<String> mappings(Caller caller) {
      return in(
              () ->
                  house.mappings.getBasePathMappings(
                      caller, GetBasePathMappingsRequest.builder().domainName(name).build()))
          .items()
          .stream()
          .map(BasePathMapping::basePath)
          .toList();
    }

    private DomainNameAccessAssociation associate(Caller caller, String arn, String endpoint) {
      return in(
          () ->
              house.accesses.createDomainNameAccessAssociation(
                  caller,
                  CreateDomainNameAccessAssociationRequest.builder()
                      .domainNameArn(arn)
                      .accessAssociationSourceType("VPCE")
                      .accessAssociationSource(endpoint)
                      .build()));
    }

    private List<DomainNameAccessAssociation> associations(Caller caller) {
      return in(() ->
              house.accesses.getDomainNameAccessAssociations(
                  caller, GetDomainNameAccessAssociationsRequest.builder().build()))
          .items();
    }

    private void dissociate(Caller caller, String arn) {
      house.run(
          () ->
              house.accesses.deleteDomainNameAccessAssociation(
                  caller,
                  DeleteDomainNameAccessAssociationRequest.builder()
                      .domainNameAccessAssociationArn(arn)
                      .build()));
    }

    private Map<String, String> tags(Caller caller, String arn) {
      return in(() -> house.tags.getTags(caller, GetTagsRequest.builder().resourceArn(arn).build()))
          .tags();
    }

    private <T> T in(Supplier<T> operation) {
      return house.in(operation);
    }

    private static ApiError refused(Executable operation) {
      return assertThrows(ApiError.class, operation);
    }

    private static PatchOperation replace(String path, String value) {
      return PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build();
    }
  }
}
