package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.DomainAccessStore;
import io.gatehouse.admin.store.DomainStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredDomain;
import io.gatehouse.admin.store.StoredDomainAccess;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.CreateDomainNameAccessAssociationRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDomainNameAccessAssociationRequest;
import software.amazon.awssdk.services.apigateway.model.DomainNameAccessAssociation;
import software.amazon.awssdk.services.apigateway.model.GetDomainNameAccessAssociationsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDomainNameAccessAssociationsResponse;
import software.amazon.awssdk.services.apigateway.model.RejectDomainNameAccessAssociationRequest;
import software.amazon.awssdk.services.apigateway.model.ResourceOwner;

/**
 * From which VPC endpoints private domain names may be reached. Imitates the
 * DomainNameAccessAssociation pages of the API reference. Tenants share no names with each other,
 * so both ends are always the caller's own.
 */
@ApplicationScoped
public class DomainNameAccessAssociations implements Operations {

  private static final int MOST = 1000;
  private static final Pattern ENDPOINT = Pattern.compile("vpce-[0-9a-z]{1,60}");

  private DomainStore domains;
  private DomainAccessStore accesses;

  protected DomainNameAccessAssociations() {}

  @Inject
  public DomainNameAccessAssociations(DomainStore domains, DomainAccessStore accesses) {
    this.domains = domains;
    this.accesses = accesses;
  }

  @Operation(value = "POST /domainnameaccessassociations", status = 201)
  public DomainNameAccessAssociation createDomainNameAccessAssociation(
      Caller caller, CreateDomainNameAccessAssociationRequest in) {
    TagRules.check(in.tags());
    if (!ENDPOINT.matcher(in.accessAssociationSource()).matches()) {
      throw ApiError.badRequest("Invalid access association source specified");
    }
    StoredDomain domain = domain(caller, in.domainNameArn());
    DomainNameAccessAssociation association =
        DomainNameAccessAssociation.builder()
            .domainNameAccessAssociationArn(
                arn(caller, domain.name(), in.accessAssociationSource()))
            .domainNameArn(in.domainNameArn())
            .accessAssociationSourceType(in.accessAssociationSourceType())
            .accessAssociationSource(in.accessAssociationSource())
            .tags(in.tags().isEmpty() ? null : in.tags())
            .build();
    if (accesses.count(caller) >= MOST) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "Maximum number of domain name access associations for this account has been reached: "
              + MOST);
    }
    accesses.create(caller, domain, association);
    return association;
  }

  @Operation("GET /domainnameaccessassociations")
  public GetDomainNameAccessAssociationsResponse getDomainNameAccessAssociations(
      Caller caller, GetDomainNameAccessAssociationsRequest in) {
    if (in.resourceOwner() == ResourceOwner.OTHER_ACCOUNTS) {
      return GetDomainNameAccessAssociationsResponse.builder().items(List.of()).build();
    }
    Page<DomainNameAccessAssociation> page =
        accesses.list(caller, new Page.Ask(in.position(), in.limit()));
    return GetDomainNameAccessAssociationsResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation(
      value = "DELETE /domainnameaccessassociations/{domain_name_access_association_arn}",
      status = 202)
  public void deleteDomainNameAccessAssociation(
      Caller caller, DeleteDomainNameAccessAssociationRequest in) {
    accesses.delete(accesses.lock(caller, in.domainNameAccessAssociationArn()));
  }

  @Operation(value = "POST /rejectdomainnameaccessassociations", status = 202)
  public void rejectDomainNameAccessAssociation(
      Caller caller, RejectDomainNameAccessAssociationRequest in) {
    StoredDomainAccess access = accesses.lock(caller, in.domainNameAccessAssociationArn());
    if (!access.body().domainNameArn().equals(in.domainNameArn())) {
      throw ApiError.notFound("Invalid domain name identifier specified");
    }
    accesses.delete(access);
  }

  /** The private name of the ARN, locked. */
  private StoredDomain domain(Caller caller, String text) {
    String resource =
        Arn.parse(text)
            .filter(arn -> arn.service().equals("apigateway"))
            .filter(arn -> arn.resource().startsWith("/domainnames/"))
            .map(Arn::resource)
            .orElseThrow(() -> ApiError.badRequest("Invalid ARN specified in the request"));
    String[] parts = resource.substring("/domainnames/".length()).split("\\+", 2);
    if (parts.length < 2) {
      throw ApiError.badRequest(
          "Domain name access associations are supported only for private custom domain names");
    }
    if (!text.equals(DomainNames.privateArn(caller, parts[0], parts[1]))) {
      throw ApiError.notFound("Invalid domain name identifier specified");
    }
    return domains.lock(caller, parts[0], parts[1]);
  }

  private static String arn(Caller caller, String name, String endpoint) {
    return new Arn(
            "aws",
            "apigateway",
            caller.region(),
            caller.account(),
            "/domainnameaccessassociations/domainname/" + name + "/vpcesource/" + endpoint)
        .toString();
  }
}
