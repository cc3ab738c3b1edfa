package io.gatehouse.admin.pools;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.StoredUserPool;
import io.gatehouse.admin.store.UserPoolStore;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolDomainRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolDomainResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolDomainRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolDomainResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolDomainRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolDomainResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DomainDescriptionType;

/**
 * Names for the sign-in pages of pools. No name of the vendor's leads here, so none can be given;
 * the refusal tells where the pages are.
 */
@ApplicationScoped
public class UserPoolDomains implements Operations {

  private UserPoolStore store;
  private String keycloak;

  protected UserPoolDomains() {}

  @Inject
  public UserPoolDomains(UserPoolStore store, Settings settings) {
    this.store = store;
    this.keycloak = settings.keycloak().url();
  }

  @Operation("POST /#CreateUserPoolDomain")
  public CreateUserPoolDomainResponse createUserPoolDomain(
      Caller caller, CreateUserPoolDomainRequest in) {
    StoredUserPool pool = UserPoolClients.hosted(store.get(caller, in.userPoolId()));
    throw ApiError.of(
        ApiError.Kind.NOT_IMPLEMENTED,
        "Domains of user pools are not built in this version of Gatehouse: the sign-in pages of %s"
                .formatted(pool.poolId())
            + " are those of "
            + store.issuer(pool, keycloak).url()
            + "/.well-known/openid-configuration");
  }

  /** For a domain that there is not the vendor answers an empty description. */
  @Operation("POST /#DescribeUserPoolDomain")
  public DescribeUserPoolDomainResponse describeUserPoolDomain(
      Caller caller, DescribeUserPoolDomainRequest in) {
    return DescribeUserPoolDomainResponse.builder()
        .domainDescription(DomainDescriptionType.builder().build())
        .build();
  }

  @Operation("POST /#DeleteUserPoolDomain")
  public DeleteUserPoolDomainResponse deleteUserPoolDomain(
      Caller caller, DeleteUserPoolDomainRequest in) {
    store.get(caller, in.userPoolId());
    throw ApiError.badRequest("No such domain or user pool exists.");
  }
}
