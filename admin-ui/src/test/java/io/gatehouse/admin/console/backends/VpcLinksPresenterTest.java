package io.gatehouse.admin.console.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.backends.VpcLinksPresenter.Form;
import io.gatehouse.admin.console.backends.VpcLinksPresenter.Row;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Backends;
import io.gatehouse.admin.operations.Backends.Backend;
import io.gatehouse.admin.operations.Tags;
import io.gatehouse.admin.operations.VpcLinks;
import io.gatehouse.model.snapshot.VpcLinkTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CreateVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinksRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinksResponse;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.VpcLink;

class VpcLinksPresenterTest {

  private static final VpcLink LINK =
      VpcLink.builder()
          .id("l1")
          .name("Pets")
          .tags(Map.of(VpcLinkTags.TARGETS, "a:1 b:2", VpcLinkTags.INTERVAL, "30", "team", "pets"))
          .build();

  private final List<Object> asked = new ArrayList<>();
  private final List<Object> shown = new ArrayList<>();
  private List<Backend> seen = List.of();
  private VpcLinks.Users users = new VpcLinks.Users(List.of(), List.of());
  private final VpcLinksPresenter presenter =
      new VpcLinksPresenter(
          new FakeLinks(),
          new FakeTags(),
          new Backends() {
            @Override
            public List<Backend> backends(Caller caller) {
              return seen;
            }
          },
          () -> new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE),
          new FakeScreen());

  @Test
  void aLinkIsMadeWithItsTargetsAsTags() {
    presenter.create(new Form(" My pets! ", "a:1\nb:2, c:3", "http:/health", Optional.of(5)));

    CreateVpcLinkRequest made = (CreateVpcLinkRequest) asked.getFirst();
    assertEquals("My pets!", made.name());
    assertEquals(
        Map.of(
            VpcLinkTags.TARGETS,
            "a:1 b:2 c:3",
            VpcLinkTags.HEALTH_CHECK,
            "http:/health",
            VpcLinkTags.INTERVAL,
            "5"),
        made.tags());
    assertEquals(
        List.of(
            "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/my-pets-/0000000000000000"),
        made.targetArns());
  }

  @Test
  void whatIsNoLongerWantedIsUntaggedAndOtherTagsStay() {
    presenter.edit(LINK, new Form("Pets", "", "tcp", Optional.empty()));

    assertEquals(
        Map.of(VpcLinkTags.HEALTH_CHECK, "tcp"), ((TagResourceRequest) asked.getFirst()).tags());
    UntagResourceRequest untagged = (UntagResourceRequest) asked.get(1);
    assertEquals(Set.of(VpcLinkTags.TARGETS, VpcLinkTags.INTERVAL), Set.copyOf(untagged.tagKeys()));
    assertEquals("arn:aws:apigateway:us-east-1::/vpclinks/l1", untagged.resourceArn());
  }

  @Test
  void aRowTellsTargetsAndWhatNodesThinkOfThem() {
    seen = List.of(backend("l1", "a:1"), backend("other", "a:1"));

    presenter.load();

    Row row = (Row) shown.getFirst();
    assertEquals(List.of("a:1", "b:2"), row.targets());
    assertEquals("tcp", row.healthCheck());
    assertEquals(List.of(seen.getFirst()), row.health());
    assertEquals(new Form("Pets", "a:1\nb:2", "tcp", Optional.of(30)), VpcLinksPresenter.form(row));
  }

  @Test
  void theListIsShownAnewOnlyWhenItIsDifferent() {
    presenter.load();
    presenter.look();
    assertEquals(1, shown.size());

    seen = List.of(backend("l1", "a:1"));
    presenter.look();
    assertEquals(2, shown.size());
  }

  @Test
  void whoeverEditsOrDeletesALinkIsToldWhoUsesIt() {
    assertEquals("No method and no stage leads through it.", presenter.usedBy(LINK));

    users = new VpcLinks.Users(List.of("a1:GET:root"), List.of("a1:prod", "a1:test"));
    String told = presenter.usedBy(LINK);
    assertTrue(told.contains("a1:GET:root and by the stages a1:prod, a1:test"), told);
  }

  private static Backend backend(String link, String address) {
    return new Backend(
        "http://pets:80",
        Optional.of(link),
        address,
        Backends.State.OPEN,
        Instant.EPOCH,
        1,
        "refused",
        List.of("node-1"));
  }

  private final class FakeLinks extends VpcLinks {
    @Override
    public VpcLink createVpcLink(Caller caller, CreateVpcLinkRequest in) {
      asked.add(in);
      return LINK;
    }

    @Override
    public GetVpcLinksResponse getVpcLinks(Caller caller, GetVpcLinksRequest in) {
      return GetVpcLinksResponse.builder().items(LINK).build();
    }

    @Override
    public Users vpcLinkUsers(Caller caller, String linkId) {
      return users;
    }
  }

  private final class FakeTags extends Tags {
    @Override
    public void tagResource(Caller caller, TagResourceRequest in) {
      asked.add(in);
    }

    @Override
    public void untagResource(Caller caller, UntagResourceRequest in) {
      asked.add(in);
    }
  }

  private final class FakeScreen implements VpcLinksPresenter.Screen {
    @Override
    public void show(List<Row> links) {
      shown.addAll(links);
    }

    @Override
    public void notice(String text) {}
  }
}
