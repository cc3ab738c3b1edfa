package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.operations.VpcLinks.Users;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.admin.store.Published.Thing;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.HealthCheck;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.gatehouse.model.snapshot.VpcLinkTags;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.VpcLink;
import software.amazon.awssdk.services.apigateway.model.VpcLinkStatus;

/** Where VPC links lead, from tags to nodes, and who leads through them; on both databases. */
class VpcLinkTargetsTest {

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

  abstract static class Cases extends OnOneDatabase {

    private static final String BALANCER =
        "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/nlb/0123456789abcdef";

    Cases(Database.Kind kind) {
      super(kind);
    }

    @Test
    void nodesAreToldOfALinkFromItsMakingToItsEnd() {
      String id = create(Map.of(VpcLinkTags.TARGETS, "10.0.0.5:8080")).id();
      assertEquals(List.of("10.0.0.5:8080"), last().targets());
      assertEquals(HealthCheck.TCP, last().healthCheck());
      assertEquals("vpclink/" + ALICE.account() + "/" + id, last().key());

      long revision = last().revision();
      tag(id, Map.of(VpcLinkTags.TARGETS, "a:1 b:2", VpcLinkTags.HEALTH_CHECK, "https:/health"));
      assertEquals(List.of("a:1", "b:2"), last().targets());
      assertEquals(new HealthCheck("/health", true, 10, 5000, 2, 2), last().healthCheck());
      assertTrue(last().revision() > revision);

      untag(id, VpcLinkTags.HEALTH_CHECK);
      assertEquals(HealthCheck.TCP, last().healthCheck());

      long before = last().revision();
      delete(id);
      Tombstone gone = assertInstanceOf(Tombstone.class, house.published.getLast());
      assertEquals("vpclink/" + ALICE.account() + "/" + id, gone.key());
      assertTrue(gone.revision() > before);
    }

    @Test
    void aLinkWithoutTargetsIsReadyAndLeadsNowhere() {
      VpcLink made = create(Map.of());
      assertEquals(VpcLinkStatus.PENDING, made.status());
      assertEquals(List.of(), last().targets());

      VpcLink found = get(made.id());
      assertEquals(VpcLinkStatus.AVAILABLE, found.status());
      assertEquals("Your vpc link is ready for use", found.statusMessage());
    }

    @Test
    void wrongTagsAreRefusedAndLeaveEverythingAsItWas() {
      ApiError refused =
          assertThrows(ApiError.class, () -> create(Map.of(VpcLinkTags.TARGETS, "10.0.0.5")));
      assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
      assertTrue(refused.getMessage().contains("'gatehouse:targets'"), refused.getMessage());

      String id = create(Map.of(VpcLinkTags.TARGETS, "a:1")).id();
      int before = house.published.size();
      assertThrows(ApiError.class, () -> tag(id, Map.of(VpcLinkTags.HEALTH_CHECK, "ping")));
      assertEquals(Map.of(VpcLinkTags.TARGETS, "a:1"), get(id).tags());
      assertEquals(before, house.published.size());
    }

    @Test
    void anotherTenantNeitherSeesNorTagsALink() {
      String id = create(Map.of()).id();

      for (Runnable attempt :
          List.<Runnable>of(
              () -> house.links.vpcLinkUsers(MALLORY, id),
              () ->
                  house.tags.tagResource(
                      MALLORY,
                      TagResourceRequest.builder()
                          .resourceArn("arn:aws:apigateway:us-east-1::/vpclinks/" + id)
                          .tags(Map.of(VpcLinkTags.TARGETS, "evil:1"))
                          .build()))) {
        ApiError refused = assertThrows(ApiError.class, () -> house.run(attempt));
        assertEquals(ApiError.Kind.NOT_FOUND, refused.kind());
      }
    }

    @Test
    void whatAStageServesKeepsItsLink() {
      String id = create(Map.of()).id();
      lead(id);
      deploy(Map.of());
      lead("another");

      assertEquals(new Users(List.of(), List.of(apiId + ":prod")), users(id));
      ApiError refused = assertThrows(ApiError.class, () -> delete(id));
      assertTrue(refused.getMessage().contains("[" + apiId + ":prod]"), refused.getMessage());

      deploy(Map.of());
      assertEquals(new Users(List.of(), List.of()), users(id));
      delete(id);
    }

    @Test
    void aStageMayNameItsLinkByAVariable() {
      String id = create(Map.of()).id();
      lead("${stageVariables.link}");
      deploy(Map.of("link", id));

      assertEquals(new Users(List.of(), List.of(apiId + ":prod")), users(id));
      assertEquals(new Users(List.of(), List.of()), users(create(Map.of()).id()));
    }

    @Test
    void aDraftThatLeadsThroughALinkIsAUser() {
      String id = create(Map.of()).id();
      lead(id);

      assertEquals(new Users(List.of(apiId + ":GET:root"), List.of()), users(id));
    }

    @Test
    void aLinkIsListedForTheNodesAndLiftedAboveWhatTheyHaveSeen() {
      String id = create(Map.of(VpcLinkTags.TARGETS, "a:1")).id();
      String key = VpcLinkSnapshot.key(ALICE.account(), id);
      Thing thing = house.in(house.kit.published::things).get(key);
      assertEquals(last().revision(), thing.revision());

      long far = thing.revision() + 1_000_000_000;
      VpcLinkSnapshot lifted =
          (VpcLinkSnapshot)
              house
                  .in(() -> house.kit.published.lift(thing, far, house.snapshots.readers()))
                  .orElseThrow();

      assertTrue(lifted.revision() > far);
      assertEquals(List.of("a:1"), lifted.targets());
    }

    @Test
    void tagsFromBeforeTheirRulesDoNotKeepTheOthersFromTheNodes() {
      house.run(
          () ->
              house.kit.links.create(
                  ALICE,
                  VpcLink.builder()
                      .id("old" + apiId)
                      .tags(Map.of(VpcLinkTags.TARGETS, "what? ever"))
                      .build()));

      VpcLinkSnapshot old =
          house.in(() -> house.snapshots.vpcLink(house.kit.links.get(ALICE, "old" + apiId)));

      assertEquals(List.of(), old.targets());
    }

    private void lead(String linkId) {
      ApiDefinition through =
          Kit.definition(
              apiId,
              Map.of(
                  "GET",
                  Kit.mock(apiId).resources().get("root").resourceMethods().get("GET").toBuilder()
                      .methodIntegration(
                          Integration.builder()
                              .type("HTTP_PROXY")
                              .uri("http://pets.internal/")
                              .httpMethod("GET")
                              .connectionType("VPC_LINK")
                              .connectionId(linkId)
                              .build())
                      .build()));
      house.run(() -> house.kit.apis.edit(ALICE, apiId, api -> through));
    }

    private void deploy(Map<String, String> variables) {
      house.run(
          () ->
              house.deployments.createDeployment(
                  ALICE,
                  CreateDeploymentRequest.builder()
                      .restApiId(apiId)
                      .stageName("prod")
                      .variables(variables)
                      .build()));
    }

    private Users users(String linkId) {
      return house.in(() -> house.links.vpcLinkUsers(ALICE, linkId));
    }

    private VpcLinkSnapshot last() {
      return (VpcLinkSnapshot) house.published.getLast();
    }

    private VpcLink create(Map<String, String> tags) {
      return house.in(
          () ->
              house.links.createVpcLink(
                  ALICE,
                  CreateVpcLinkRequest.builder()
                      .name("n")
                      .targetArns(BALANCER)
                      .tags(tags)
                      .build()));
    }

    private VpcLink get(String id) {
      return house.in(
          () -> house.links.getVpcLink(ALICE, GetVpcLinkRequest.builder().vpcLinkId(id).build()));
    }

    private void tag(String id, Map<String, String> tags) {
      house.run(
          () ->
              house.tags.tagResource(
                  ALICE,
                  TagResourceRequest.builder()
                      .resourceArn("arn:aws:apigateway:us-east-1::/vpclinks/" + id)
                      .tags(tags)
                      .build()));
    }

    private void untag(String id, String key) {
      house.run(
          () ->
              house.tags.untagResource(
                  ALICE,
                  UntagResourceRequest.builder()
                      .resourceArn("arn:aws:apigateway:us-east-1::/vpclinks/" + id)
                      .tagKeys(key)
                      .build()));
    }

    private void delete(String id) {
      house.run(
          () ->
              house.links.deleteVpcLink(
                  ALICE, DeleteVpcLinkRequest.builder().vpcLinkId(id).build()));
    }
  }
}
