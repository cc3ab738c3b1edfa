package io.gatehouse.admin.pools;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredUserPool;
import io.gatehouse.admin.store.UserPoolStore;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeletionProtectionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserPoolMfaConfigRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserPoolMfaConfigResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SetUserPoolMfaConfigRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SetUserPoolMfaConfigResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/**
 * User pools. The row is written first and the realm after it, within one transaction: when the
 * sign-in service fails, nothing is there; and a pool whose realm has gone already can be deleted.
 */
@ApplicationScoped
public class UserPools implements Operations {

  private UserPoolStore store;
  private Realms realms;
  private Publisher publisher;
  private PoolRules rules;
  private Ids ids;
  private InstantSource clock;
  private String keycloak;

  protected UserPools() {}

  @Inject
  public UserPools(
      UserPoolStore store,
      Realms realms,
      Publisher publisher,
      Settings settings,
      Ids ids,
      InstantSource clock) {
    this.store = store;
    this.realms = realms;
    this.publisher = publisher;
    this.rules = new PoolRules(settings.egressAllow());
    this.ids = ids;
    this.clock = clock;
    this.keycloak = settings.keycloak().url();
  }

  @Operation("POST /#CreateUserPool")
  public CreateUserPoolResponse createUserPool(Caller caller, CreateUserPoolRequest in) {
    String id = caller.region() + "_" + ids.userPool();
    UserPoolType body =
        rules.pool(in).toBuilder()
            .id(id)
            .arn(arn(caller, id))
            .creationDate(now())
            .lastModifiedDate(now())
            .build();
    StoredUserPool pool = store.create(caller, body);
    if (!pool.isRegistered()) {
      realms.create(pool.realm(), body);
    }
    publisher.changed(pool);
    return CreateUserPoolResponse.builder().userPool(pool.body()).build();
  }

  @Operation("POST /#DescribeUserPool")
  public DescribeUserPoolResponse describeUserPool(Caller caller, DescribeUserPoolRequest in) {
    return DescribeUserPoolResponse.builder()
        .userPool(store.get(caller, in.userPoolId()).body())
        .build();
  }

  /** What is not given becomes what it is by itself; names and tags stay. */
  @Operation("POST /#UpdateUserPool")
  public UpdateUserPoolResponse updateUserPool(Caller caller, UpdateUserPoolRequest in) {
    StoredUserPool pool = store.lock(caller, in.userPoolId());
    UserPoolType was = pool.body();
    Map<String, String> tags = in.hasUserPoolTags() ? in.userPoolTags() : was.userPoolTags();
    CreateUserPoolRequest asNew =
        Wire.read(Wire.write(in), CreateUserPoolRequest.builder()).toBuilder()
            .poolName(in.poolName() == null ? was.name() : in.poolName())
            .userPoolTags(tags)
            .build();
    rules.checkTags(was.userPoolTags(), tags);
    UserPoolType body =
        rules.pool(asNew).toBuilder()
            .id(was.id())
            .arn(was.arn())
            .creationDate(was.creationDate())
            .lastModifiedDate(now())
            // These are given for good.
            .aliasAttributesWithStrings(was.aliasAttributesAsStrings())
            .usernameAttributesWithStrings(was.usernameAttributesAsStrings())
            .usernameConfiguration(was.usernameConfiguration())
            .build();
    store.replace(pool, body);
    if (!pool.isRegistered()) {
      realms.update(pool.realm(), body);
    }
    publisher.changed(pool);
    return UpdateUserPoolResponse.builder().build();
  }

  /** Authorizers that name it refuse everybody from then on, as at the vendor. */
  @Operation("POST /#DeleteUserPool")
  public DeleteUserPoolResponse deleteUserPool(Caller caller, DeleteUserPoolRequest in) {
    StoredUserPool pool = store.lock(caller, in.userPoolId());
    if (pool.body().deletionProtection() == DeletionProtectionType.ACTIVE) {
      throw ApiError.badRequest(
          "The user pool cannot be deleted because deletion protection is activated. Deletion"
              + " protection must be inactivated first.");
    }
    boolean hosted = !pool.isRegistered();
    store.delete(pool);
    if (hosted) {
      realms.delete(pool.realm());
    }
    publisher.gone(pool);
    return DeleteUserPoolResponse.builder().build();
  }

  @Operation("POST /#ListUserPools")
  public ListUserPoolsResponse listUserPools(Caller caller, ListUserPoolsRequest in) {
    Page<UserPoolDescriptionType> page =
        Page.within(
                store.pools(caller),
                new Page.Ask(in.nextToken(), in.maxResults()),
                StoredUserPool::poolId)
            .map(UserPools::described);
    return ListUserPoolsResponse.builder()
        .userPools(page.items())
        .nextToken(page.position().orElse(null))
        .build();
  }

  @Operation("POST /#SetUserPoolMfaConfig")
  public SetUserPoolMfaConfigResponse setUserPoolMfaConfig(
      Caller caller, SetUserPoolMfaConfigRequest in) {
    Unbuilt.refuseOthers(in, Set.of("UserPoolId", "MfaConfiguration"));
    Unbuilt.refuseUnless(
        in.mfaConfiguration() == null || in.mfaConfiguration() == UserPoolMfaType.OFF,
        "MfaConfiguration");
    store.lock(caller, in.userPoolId());
    return SetUserPoolMfaConfigResponse.builder().mfaConfiguration(UserPoolMfaType.OFF).build();
  }

  @Operation("POST /#GetUserPoolMfaConfig")
  public GetUserPoolMfaConfigResponse getUserPoolMfaConfig(
      Caller caller, GetUserPoolMfaConfigRequest in) {
    store.get(caller, in.userPoolId());
    return GetUserPoolMfaConfigResponse.builder().mfaConfiguration(UserPoolMfaType.OFF).build();
  }

  /** Whose tokens are taken, as nodes are told. */
  @ConsoleQuery
  public PoolIssuer userPoolIssuer(Caller caller, String poolId) {
    return store.issuer(store.get(caller, poolId), keycloak);
  }

  static String arn(Caller caller, String poolId) {
    return new Arn("aws", "cognito-idp", caller.region(), caller.account(), "userpool/" + poolId)
        .toString();
  }

  private static UserPoolDescriptionType described(StoredUserPool pool) {
    UserPoolType body = pool.body();
    return UserPoolDescriptionType.builder()
        .id(body.id())
        .name(body.name())
        .creationDate(body.creationDate())
        .lastModifiedDate(body.lastModifiedDate())
        .build();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
