package io.gatehouse.admin.awsface;

import io.gatehouse.model.snapshot.VpcLinkTags;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.DomainName;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsageResponse;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageResponse;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.VpcLink;

/**
 * Tells beside an answer which of its settings are kept but not enforced yet, so that nobody takes
 * the vendor's words for the vendor's deeds.
 */
final class Notice {

  static final String HEADER = "x-gatehouse-notice";

  private Notice() {}

  /** One sentence; empty when nodes do all that the answer says. */
  static Optional<String> of(SdkPojo answer) {
    return switch (answer) {
      case Stage stage -> kept(List.of(stage), Notice::of);
      case GetStagesResponse list -> kept(list.item(), Notice::of);
      case UsagePlan plan -> kept(List.of(plan), Notice::of);
      case GetUsagePlansResponse list -> kept(list.items(), Notice::of);
      case ApiKey key ->
          key.stageKeys().isEmpty()
              ? Optional.empty()
              : Optional.of("Kept but without effect: stageKeys; usage plans open stages.");
      case VpcLink link ->
          link.tags().containsKey(VpcLinkTags.TARGETS)
              ? Optional.empty()
              : Optional.of("The VPC link leads nowhere without the tag gatehouse:targets.");
      case DomainName domain when domain.domainNameId() != null ->
          kept(List.of(domain), d -> Set.of("the private domain name"));
      case GetUsageResponse usage -> uncounted();
      case UpdateUsageResponse usage -> uncounted();
      default -> Optional.empty();
    };
  }

  private static Optional<String> uncounted() {
    return Optional.of("Requests are not counted yet, so none is shown as used.");
  }

  private static <T> Optional<String> kept(
      Collection<T> shapes, Function<T, Set<String>> settings) {
    Set<String> names = new LinkedHashSet<>();
    shapes.forEach(shape -> names.addAll(settings.apply(shape)));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("Kept but not enforced yet: " + String.join(", ", names) + ".");
  }

  private static Set<String> of(Stage stage) {
    Set<String> names = new LinkedHashSet<>();
    add(names, "methodSettings", !stage.methodSettings().isEmpty());
    add(names, "cacheClusterEnabled", Boolean.TRUE.equals(stage.cacheClusterEnabled()));
    add(names, "accessLogSettings", stage.accessLogSettings() != null);
    add(names, "tracingEnabled", Boolean.TRUE.equals(stage.tracingEnabled()));
    add(names, "webAclArn", stage.webAclArn() != null);
    return names;
  }

  private static Set<String> of(UsagePlan plan) {
    Set<String> names = new LinkedHashSet<>();
    add(names, "throttle", plan.throttle() != null);
    add(names, "quota", plan.quota() != null);
    add(
        names,
        "apiStages.throttle",
        plan.apiStages().stream().anyMatch(stage -> !stage.throttle().isEmpty()));
    return names;
  }

  private static void add(Set<String> names, String name, boolean there) {
    if (there) {
      names.add(name);
    }
  }
}
