package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiKeyStore;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.ClientCertificateStore;
import io.gatehouse.admin.store.DomainAccessStore;
import io.gatehouse.admin.store.DomainStore;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredClientCertificate;
import io.gatehouse.admin.store.StoredDomain;
import io.gatehouse.admin.store.StoredDomainAccess;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.admin.store.StoredVpcLink;
import io.gatehouse.admin.store.VpcLinkStore;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.snapshot.VpcLinkTags;
import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.GetTagsRequest;
import software.amazon.awssdk.services.apigateway.model.GetTagsResponse;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;

/** Tags of whatever has an ARN. Imitates the Tags pages of the API reference. */
@ApplicationScoped
public class Tags implements Operations {

  /** A thing that an ARN names. */
  private interface Tagged {

    Map<String, String> tags();

    /** Locks the thing and changes its tags; the change answers null for none. */
    void change(UnaryOperator<Map<String, String>> change);
  }

  private ApiStore apis;
  private StageStore stages;
  private ApiKeyStore keys;
  private PlanStore plans;
  private ClientCertificateStore certificates;
  private VpcLinkStore links;
  private DomainStore domains;
  private DomainAccessStore accesses;
  private Publisher publisher;

  protected Tags() {}

  @Inject
  public Tags(
      ApiStore apis,
      StageStore stages,
      ApiKeyStore keys,
      PlanStore plans,
      ClientCertificateStore certificates,
      VpcLinkStore links,
      DomainStore domains,
      DomainAccessStore accesses,
      Publisher publisher) {
    this.apis = apis;
    this.stages = stages;
    this.keys = keys;
    this.plans = plans;
    this.certificates = certificates;
    this.links = links;
    this.domains = domains;
    this.accesses = accesses;
    this.publisher = publisher;
  }

  @Operation("GET /tags/{resource_arn}")
  public GetTagsResponse getTags(Caller caller, GetTagsRequest in) {
    Map<String, String> tags = tagged(caller, in.resourceArn()).tags();
    return GetTagsResponse.builder().tags(new TreeMap<>(tags)).build();
  }

  @Operation(value = "PUT /tags/{resource_arn}", status = 204)
  public void tagResource(Caller caller, TagResourceRequest in) {
    tagged(caller, in.resourceArn())
        .change(
            tags -> {
              Map<String, String> next = new TreeMap<>(tags);
              next.putAll(in.tags());
              TagRules.check(next);
              return next;
            });
  }

  @Operation(value = "DELETE /tags/{resource_arn}", status = 204)
  public void untagResource(Caller caller, UntagResourceRequest in) {
    tagged(caller, in.resourceArn())
        .change(
            tags -> {
              Map<String, String> next = new TreeMap<>(tags);
              in.tagKeys().forEach(next::remove);
              return next.isEmpty() ? null : next;
            });
  }

  private Tagged tagged(Caller caller, String text) {
    Arn arn =
        Arn.parse(text)
            .filter(a -> a.service().equals("apigateway"))
            .filter(a -> a.account().isEmpty() || a.account().equals(caller.account()))
            .filter(a -> a.region().equals(caller.region()))
            .orElseThrow(() -> invalid(text));
    // A leading empty part, then family and id.
    String[] path = arn.resource().split("/", -1);
    if (!arn.account().isEmpty()) {
      return ofPrivateName(caller, arn, path);
    }
    if (path.length == 5 && path[1].equals("restapis") && path[3].equals("stages")) {
      return stage(caller, path[2], path[4]);
    }
    if (path.length != 3) {
      throw invalid(text);
    }
    String id = path[2];
    return switch (path[1]) {
      case "restapis" -> restApi(caller, id);
      case "apikeys" -> apiKey(caller, id);
      case "usageplans" -> usagePlan(caller, id);
      case "clientcertificates" -> certificate(caller, id);
      case "vpclinks" -> vpcLink(caller, id);
      case "domainnames" -> domain(caller, id, "");
      default -> throw invalid(text);
    };
  }

  /** Only what has to do with private domain names has ARNs with an account. */
  private Tagged ofPrivateName(Caller caller, Arn arn, String[] path) {
    if (path.length == 3 && path[1].equals("domainnames") && path[2].contains("+")) {
      String[] name = path[2].split("\\+", 2);
      return domain(caller, name[0], name[1]);
    }
    if (path.length > 2 && path[1].equals("domainnameaccessassociations")) {
      return access(caller, arn.toString());
    }
    throw invalid(arn.toString());
  }

  private Tagged restApi(Caller caller, String id) {
    return of(
        () -> apis.get(caller, id).restApi().tags(),
        change ->
            apis.edit(
                caller,
                id,
                api ->
                    api.withRestApi(
                        api.restApi().toBuilder()
                            .tags(change.apply(api.restApi().tags()))
                            .build())));
  }

  private Tagged stage(Caller caller, String apiId, String name) {
    return of(
        () -> stages.get(caller, apiId, name).body().tags(),
        change -> {
          StoredStage stage = stages.lock(caller, apiId, name);
          Map<String, String> tags = change.apply(stage.body().tags());
          stages.replace(stage, stage.body().toBuilder().tags(tags).build());
          publisher.changed(stage);
        });
  }

  private Tagged apiKey(Caller caller, String id) {
    return of(
        () -> keys.get(caller, id).body().tags(),
        change -> {
          StoredApiKey key = keys.lock(caller, id);
          Map<String, String> tags = change.apply(key.body().tags());
          keys.replace(key, key.body().toBuilder().tags(tags).build());
          publisher.changed(key);
        });
  }

  private Tagged usagePlan(Caller caller, String id) {
    return of(
        () -> plans.get(caller, id).body().tags(),
        change -> {
          StoredUsagePlan plan = plans.lock(caller, id);
          Map<String, String> tags = change.apply(plan.body().tags());
          WhenUnreachable.check(tags == null ? Map.of() : tags);
          plans.replace(plan, plan.body().toBuilder().tags(tags).build());
          publisher.changed(plan);
        });
  }

  private Tagged certificate(Caller caller, String id) {
    return of(
        () -> certificates.get(caller, id).body().tags(),
        change -> {
          StoredClientCertificate certificate = certificates.lock(caller, id);
          Map<String, String> tags = change.apply(certificate.body().tags());
          certificates.replace(certificate, certificate.body().toBuilder().tags(tags).build());
        });
  }

  private Tagged vpcLink(Caller caller, String id) {
    return of(
        () -> links.get(caller, id).body().tags(),
        change -> {
          StoredVpcLink link = links.lock(caller, id);
          Map<String, String> tags = change.apply(link.body().tags());
          VpcLinkTags.check(tags == null ? Map.of() : tags);
          links.replace(link, link.body().toBuilder().tags(tags).build());
          publisher.changed(link);
        });
  }

  private Tagged domain(Caller caller, String name, String domainId) {
    return of(
        () -> domains.get(caller, name, domainId).body().tags(),
        change -> {
          StoredDomain domain = domains.lock(caller, name, domainId);
          Map<String, String> tags = change.apply(domain.body().tags());
          domains.replace(domain, domain.body().toBuilder().tags(tags).build());
          publisher.changed(domain);
        });
  }

  private Tagged access(Caller caller, String arn) {
    return of(
        () -> accesses.get(caller, arn).body().tags(),
        change -> {
          StoredDomainAccess access = accesses.lock(caller, arn);
          Map<String, String> tags = change.apply(access.body().tags());
          accesses.replace(access, access.body().toBuilder().tags(tags).build());
        });
  }

  private static Tagged of(
      Supplier<Map<String, String>> tags, Consumer<UnaryOperator<Map<String, String>>> change) {
    return new Tagged() {
      @Override
      public Map<String, String> tags() {
        return tags.get();
      }

      @Override
      public void change(UnaryOperator<Map<String, String>> next) {
        change.accept(next);
      }
    };
  }

  private static ApiError invalid(String arn) {
    return ApiError.badRequest(
        "Invalid ARN specified in the request: "
            + (arn.length() > 200 ? arn.substring(0, 200) + "..." : arn));
  }
}
