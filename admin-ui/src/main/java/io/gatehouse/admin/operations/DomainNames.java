package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.DomainStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredDomain;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.RestApiRules;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.CreateDomainNameRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDomainNameRequest;
import software.amazon.awssdk.services.apigateway.model.DomainName;
import software.amazon.awssdk.services.apigateway.model.DomainNameStatus;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.GetDomainNameRequest;
import software.amazon.awssdk.services.apigateway.model.GetDomainNamesRequest;
import software.amazon.awssdk.services.apigateway.model.GetDomainNamesResponse;
import software.amazon.awssdk.services.apigateway.model.ResourceOwner;
import software.amazon.awssdk.services.apigateway.model.RoutingMode;
import software.amazon.awssdk.services.apigateway.model.SecurityPolicy;
import software.amazon.awssdk.services.apigateway.model.UpdateDomainNameRequest;

/** Names of one's own for APIs. Imitates the DomainName pages of the API reference. */
@ApplicationScoped
public class DomainNames implements Operations {

  private static final int MOST = 120;

  /** Where the vendor's DNS keeps the names of its edge, in all regions. */
  private static final String EDGE_ZONE = "Z2FDTNDATAQYW2";

  /** Where the vendor's DNS keeps the names of its first region; it means nothing here. */
  private static final String REGIONAL_ZONE = "Z1UJRXOUMOOFQ8";

  private DomainStore domains;
  private Publisher publisher;
  private Ids ids;
  private InstantSource clock;

  protected DomainNames() {}

  @Inject
  public DomainNames(DomainStore domains, Publisher publisher, Ids ids, InstantSource clock) {
    this.domains = domains;
    this.publisher = publisher;
    this.ids = ids;
    this.clock = clock;
  }

  @Operation(value = "POST /domainnames", status = 201)
  public DomainName createDomainName(Caller caller, CreateDomainNameRequest in) {
    String name = DomainRules.name(in.domainName());
    DomainRules.refuseUnbuilt(in);
    TagRules.check(in.tags());
    DomainName wanted =
        DomainName.builder()
            .domainName(name)
            .certificateName(AccountRules.text("certificate name", given(in.certificateName())))
            .certificateArn(given(in.certificateArn()))
            .regionalCertificateName(
                AccountRules.text("certificate name", given(in.regionalCertificateName())))
            .regionalCertificateArn(given(in.regionalCertificateArn()))
            .ownershipVerificationCertificateArn(given(in.ownershipVerificationCertificateArn()))
            .endpointConfiguration(RestApiRules.endpoint(in.endpointConfiguration()))
            .domainNameStatus(DomainNameStatus.AVAILABLE)
            .securityPolicy(Optional.ofNullable(in.securityPolicy()).orElse(SecurityPolicy.TLS_1_2))
            .endpointAccessMode(in.endpointAccessMode())
            .routingMode(
                Optional.ofNullable(in.routingMode()).orElse(RoutingMode.BASE_PATH_MAPPING_ONLY))
            .policy(given(in.policy()))
            .tags(in.tags().isEmpty() ? null : in.tags())
            .build();
    DomainName domain = DomainRules.checked(addressed(caller, wanted));
    if (domains.count(caller) >= MOST) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "Maximum number of domain names for this account has been reached: " + MOST);
    }
    publisher.changed(domains.create(caller, domain));
    return domain;
  }

  /** Private names are found only with the id that tells them apart. */
  @Operation("GET /domainnames/{domain_name}")
  public DomainName getDomainName(Caller caller, GetDomainNameRequest in) {
    return withTags(domains.get(caller, in.domainName(), in.domainNameId()).body());
  }

  /** Tenants share no names with each other, so that of others is an empty list. */
  @Operation("GET /domainnames")
  public GetDomainNamesResponse getDomainNames(Caller caller, GetDomainNamesRequest in) {
    if (in.resourceOwner() == ResourceOwner.OTHER_ACCOUNTS) {
      return GetDomainNamesResponse.builder().items(List.of()).build();
    }
    Page<DomainName> page = domains.list(caller, new Page.Ask(in.position(), in.limit()));
    return GetDomainNamesResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /domainnames/{domain_name}")
  public DomainName updateDomainName(Caller caller, UpdateDomainNameRequest in) {
    StoredDomain domain = domains.lock(caller, in.domainName(), in.domainNameId());
    DomainName before = domain.body();
    DomainName patched = DomainRules.PATCHES.apply(before, in.patchOperations());
    DomainName after =
        patched.toBuilder()
            .endpointConfiguration(RestApiRules.endpoint(patched.endpointConfiguration()))
            .build();
    domains.replace(domain, DomainRules.checked(addressed(caller, after)));
    publisher.changed(domain);
    return withTags(domain.body());
  }

  /** With all its base path mappings. */
  @Operation(value = "DELETE /domainnames/{domain_name}", status = 202)
  public void deleteDomainName(Caller caller, DeleteDomainNameRequest in) {
    StoredDomain domain = domains.lock(caller, in.domainName(), in.domainNameId());
    domains.delete(domain);
    publisher.gone(domain);
  }

  /** With the addresses that its type of endpoint has; those that it has already stay. */
  private DomainName addressed(Caller caller, DomainName domain) {
    DomainName.Builder out = domain.toBuilder();
    EndpointType type = domain.endpointConfiguration().types().getFirst();
    if (type == EndpointType.PRIVATE) {
      String id = Optional.ofNullable(domain.domainNameId()).orElseGet(ids::domain);
      return out.domainNameId(id)
          .domainNameArn(privateArn(caller, domain.domainName(), id))
          .build();
    }
    out.domainNameArn(
        Arn.apigateway(caller.region(), "/domainnames/" + domain.domainName()).toString());
    if (type == EndpointType.REGIONAL) {
      if (domain.regionalDomainName() == null) {
        out.regionalDomainName(
            "d-%s.execute-api.%s.amazonaws.com".formatted(ids.host(), caller.region()));
      }
      return out.regionalHostedZoneId(REGIONAL_ZONE)
          .distributionDomainName(null)
          .distributionHostedZoneId(null)
          .certificateUploadDate(null)
          .build();
    }
    if (domain.distributionDomainName() == null) {
      out.distributionDomainName("d" + ids.host() + ".cloudfront.net");
    }
    return out.distributionHostedZoneId(EDGE_ZONE)
        .certificateUploadDate(
            Optional.ofNullable(domain.certificateUploadDate()).orElseGet(this::now))
        .regionalDomainName(null)
        .regionalHostedZoneId(null)
        .build();
  }

  static String privateArn(Caller caller, String name, String id) {
    return new Arn(
            "aws",
            "apigateway",
            caller.region(),
            caller.account(),
            "/domainnames/" + name + "+" + id)
        .toString();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** A single answer has tags, be there none, as with the vendor's other tagged things. */
  private static DomainName withTags(DomainName domain) {
    return domain.hasTags() ? domain : domain.toBuilder().tags(Map.of()).build();
  }
}
