package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.PrincipalChanges;
import io.gatehouse.admin.store.AccessKeyStore;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredAccessKey;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyLastUsed;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;

/** The access keys of users. Imitates the AccessKey pages of IAM's API reference. */
@ApplicationScoped
public class UserAccessKeys implements Operations {

  private static final int MOST_OF_A_USER = 2;
  private static final String UNKNOWN = "N/A";

  private IamNames names;
  private IdentityStore identities;
  private AccessKeyStore accessKeys;
  private PrincipalChanges principals;
  private Ids ids;

  protected UserAccessKeys() {}

  @Inject
  public UserAccessKeys(
      IamNames names,
      IdentityStore identities,
      AccessKeyStore accessKeys,
      PrincipalChanges principals,
      Ids ids) {
    this.names = names;
    this.identities = identities;
    this.accessKeys = accessKeys;
    this.principals = principals;
    this.ids = ids;
  }

  @Operation("POST /?Action=CreateAccessKey&Version=2010-05-08")
  public CreateAccessKeyResponse createAccessKey(Caller caller, CreateAccessKeyRequest in) {
    StoredIdentity user = lock(caller, in.userName());
    IamNames.requireRoom(accessKeys.ofUser(user).size(), MOST_OF_A_USER, "AccessKeysPerUser");
    String secret = ids.secretAccessKey();
    StoredAccessKey key = accessKeys.create(user, ids.accessKey(), secret);
    principals.changed(user);
    return CreateAccessKeyResponse.builder()
        .accessKey(
            AccessKey.builder()
                .userName(user.name())
                .accessKeyId(key.accessKeyId())
                .status(status(key))
                .secretAccessKey(secret)
                .createDate(key.created())
                .build())
        .build();
  }

  private StoredIdentity lock(Caller caller, String userName) {
    return names.lock(caller, Kind.USER, IamNames.userName(caller, userName));
  }

  private static StatusType status(StoredAccessKey key) {
    return key.active() ? StatusType.ACTIVE : StatusType.INACTIVE;
  }

  @Operation("POST /?Action=ListAccessKeys&Version=2010-05-08")
  public ListAccessKeysResponse listAccessKeys(Caller caller, ListAccessKeysRequest in) {
    StoredIdentity user = names.get(caller, Kind.USER, IamNames.userName(caller, in.userName()));
    Page<StoredAccessKey> page =
        Page.within(
            accessKeys.ofUser(user),
            Listing.ask(in.marker(), in.maxItems()),
            StoredAccessKey::accessKeyId);
    return ListAccessKeysResponse.builder()
        .accessKeyMetadata(
            page.items().stream()
                .map(
                    key ->
                        AccessKeyMetadata.builder()
                            .userName(user.name())
                            .accessKeyId(key.accessKeyId())
                            .status(status(key))
                            .createDate(key.created())
                            .build())
                .toList())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=UpdateAccessKey&Version=2010-05-08")
  public void updateAccessKey(Caller caller, UpdateAccessKeyRequest in) {
    if (in.status() == StatusType.EXPIRED) {
      throw ApiError.of(
          ApiError.Kind.VALIDATION, "An access key is switched to Active or to Inactive");
    }
    StoredIdentity user = lock(caller, in.userName());
    accessKeys.activate(require(user, in.accessKeyId()), in.status() == StatusType.ACTIVE);
    principals.changed(user);
  }

  @Operation("POST /?Action=DeleteAccessKey&Version=2010-05-08")
  public void deleteAccessKey(Caller caller, DeleteAccessKeyRequest in) {
    StoredIdentity user = lock(caller, in.userName());
    accessKeys.delete(require(user, in.accessKeyId()));
    principals.changed(user);
  }

  private StoredAccessKey require(StoredIdentity user, String accessKeyId) {
    return accessKeys.ofUser(user, accessKeyId).orElseThrow(() -> unknown(accessKeyId));
  }

  private static ApiError unknown(String accessKeyId) {
    return ApiError.notFound("The Access Key with id %s cannot be found.".formatted(accessKeyId));
  }

  /** Nodes check signatures and tell nobody, so when a key was used last is not known. */
  @Operation("POST /?Action=GetAccessKeyLastUsed&Version=2010-05-08")
  public GetAccessKeyLastUsedResponse getAccessKeyLastUsed(
      Caller caller, GetAccessKeyLastUsedRequest in) {
    StoredIdentity user =
        accessKeys
            .find(in.accessKeyId())
            .filter(key -> key.account().equals(caller.account()))
            .flatMap(key -> identities.byId(key.account(), key.userId()))
            .orElseThrow(() -> unknown(in.accessKeyId()));
    return GetAccessKeyLastUsedResponse.builder()
        .userName(user.name())
        .accessKeyLastUsed(AccessKeyLastUsed.builder().serviceName(UNKNOWN).region(UNKNOWN).build())
        .build();
  }
}
