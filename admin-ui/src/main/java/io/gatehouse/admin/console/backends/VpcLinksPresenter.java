package io.gatehouse.admin.console.backends;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Backends;
import io.gatehouse.admin.operations.Backends.Backend;
import io.gatehouse.admin.operations.Tags;
import io.gatehouse.admin.operations.VpcLinks;
import io.gatehouse.admin.operations.VpcLinks.Users;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.snapshot.VpcLinkTags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.CreateVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinksRequest;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.VpcLink;

/** Makes VPC links, gives them targets and tells who uses them. */
final class VpcLinksPresenter {

  interface Screen {
    void show(List<Row> links);

    void notice(String text);
  }

  /**
   * A link as the list shows it.
   *
   * @param health what nodes see of its targets; empty when none has called one yet
   */
  record Row(VpcLink link, List<String> targets, String healthCheck, List<Backend> health) {}

  /**
   * What the dialog shows and is filled in with.
   *
   * @param targets one a line
   * @param interval in seconds, blank for the usual one
   */
  record Form(String name, String targets, String healthCheck, Optional<Integer> interval) {

    static final Form EMPTY = new Form("", "", "tcp", Optional.empty());
  }

  /** More than an account may have. */
  private static final int MOST = 500;

  private final VpcLinks links;
  private final Tags tags;
  private final Backends backends;
  private final Supplier<Caller> caller;
  private final Screen screen;
  private List<Row> shown = List.of();

  VpcLinksPresenter(
      VpcLinks links, Tags tags, Backends backends, Supplier<Caller> caller, Screen screen) {
    this.links = links;
    this.tags = tags;
    this.backends = backends;
    this.caller = caller;
    this.screen = screen;
  }

  void load() {
    shown = rows();
    screen.show(shown);
  }

  /** Shows the list anew, if anything in it is different. */
  void look() {
    List<Row> now = rows();
    if (!now.equals(shown)) {
      shown = now;
      screen.show(now);
    }
  }

  private List<Row> rows() {
    List<Backend> seen = backends.backends(caller.get());
    return links
        .getVpcLinks(caller.get(), GetVpcLinksRequest.builder().limit(MOST).build())
        .items()
        .stream()
        .map(link -> row(link, seen))
        .toList();
  }

  private static Row row(VpcLink link, List<Backend> seen) {
    return new Row(
        link,
        entries(link.tags().getOrDefault(VpcLinkTags.TARGETS, "")),
        link.tags().getOrDefault(VpcLinkTags.HEALTH_CHECK, "tcp"),
        seen.stream().filter(each -> each.link().equals(Optional.of(link.id()))).toList());
  }

  static Form form(Row row) {
    return new Form(
        row.link().name(),
        String.join("\n", row.targets()),
        row.healthCheck(),
        Optional.ofNullable(row.link().tags().get(VpcLinkTags.INTERVAL)).map(Integer::valueOf));
  }

  void create(Form form) {
    VpcLink made =
        links.createVpcLink(
            caller.get(),
            CreateVpcLinkRequest.builder()
                .name(form.name().strip())
                .targetArns(balancer(form.name()))
                .tags(tags(form))
                .build());
    load();
    screen.notice("Made VPC link " + made.name());
  }

  /**
   * The protocol wants a load balancer for a link. There is none here, nothing is called there, and
   * the ARN only has to look like one.
   */
  private String balancer(String name) {
    String slug = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return new Arn(
            "aws",
            "elasticloadbalancing",
            caller.get().region(),
            caller.get().account(),
            "loadbalancer/net/" + slug + "/0000000000000000")
        .toString();
  }

  void edit(VpcLink link, Form form) {
    Map<String, String> wanted = tags(form);
    List<String> gone =
        new ArrayList<>(
            List.of(VpcLinkTags.TARGETS, VpcLinkTags.HEALTH_CHECK, VpcLinkTags.INTERVAL));
    gone.removeAll(wanted.keySet());
    gone.retainAll(link.tags().keySet());
    String arn = Arn.apigateway(caller.get().region(), "/vpclinks/" + link.id()).toString();
    tags.tagResource(
        caller.get(), TagResourceRequest.builder().resourceArn(arn).tags(wanted).build());
    if (!gone.isEmpty()) {
      tags.untagResource(
          caller.get(), UntagResourceRequest.builder().resourceArn(arn).tagKeys(gone).build());
    }
    load();
    screen.notice("Saved VPC link " + link.name());
  }

  private static Map<String, String> tags(Form form) {
    Map<String, String> tags = new HashMap<>();
    tags.put(VpcLinkTags.HEALTH_CHECK, form.healthCheck().strip());
    List<String> targets = entries(form.targets());
    if (!targets.isEmpty()) {
      tags.put(VpcLinkTags.TARGETS, String.join(" ", targets));
    }
    form.interval().ifPresent(s -> tags.put(VpcLinkTags.INTERVAL, Integer.toString(s)));
    return tags;
  }

  /** People separate by lines, blanks and commas alike. */
  private static List<String> entries(String text) {
    return Arrays.stream(text.split("[\\s,]+")).filter(entry -> !entry.isEmpty()).toList();
  }

  /** Who leads through the link, in a sentence. */
  String usedBy(VpcLink link) {
    Users users = links.vpcLinkUsers(caller.get(), link.id());
    List<String> all = new ArrayList<>();
    if (!users.methods().isEmpty()) {
      all.add("the methods " + String.join(", ", users.methods()));
    }
    if (!users.stages().isEmpty()) {
      all.add("the stages " + String.join(", ", users.stages()) + " as deployed");
    }
    return all.isEmpty()
        ? "No method and no stage leads through it."
        : "It is used by "
            + String.join(" and by ", all)
            + ", and cannot be deleted as long as it is.";
  }

  void delete(VpcLink link) {
    links.deleteVpcLink(caller.get(), DeleteVpcLinkRequest.builder().vpcLinkId(link.id()).build());
    load();
    screen.notice("Deleted VPC link " + link.name());
  }
}
