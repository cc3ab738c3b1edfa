package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsRequest;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsResponse;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysRequest;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;

/**
 * What users of the vendor's have besides access keys and users here never have: people sign in
 * with the console's own service. Tools ask for it before they delete a user.
 */
@ApplicationScoped
public class UserCredentials implements Operations {

  private IamNames names;

  protected UserCredentials() {}

  @Inject
  public UserCredentials(IamNames names) {
    this.names = names;
  }

  @Operation("POST /?Action=ListMFADevices&Version=2010-05-08")
  public ListMfaDevicesResponse listMFADevices(Caller caller, ListMfaDevicesRequest in) {
    require(caller, in.userName());
    return ListMfaDevicesResponse.builder().mfaDevices(List.of()).isTruncated(false).build();
  }

  @Operation("POST /?Action=ListVirtualMFADevices&Version=2010-05-08")
  public ListVirtualMfaDevicesResponse listVirtualMFADevices(
      Caller caller, ListVirtualMfaDevicesRequest in) {
    return ListVirtualMfaDevicesResponse.builder()
        .virtualMFADevices(List.of())
        .isTruncated(false)
        .build();
  }

  @Operation("POST /?Action=ListSigningCertificates&Version=2010-05-08")
  public ListSigningCertificatesResponse listSigningCertificates(
      Caller caller, ListSigningCertificatesRequest in) {
    require(caller, in.userName());
    return ListSigningCertificatesResponse.builder()
        .certificates(List.of())
        .isTruncated(false)
        .build();
  }

  @Operation("POST /?Action=ListSSHPublicKeys&Version=2010-05-08")
  public ListSshPublicKeysResponse listSSHPublicKeys(Caller caller, ListSshPublicKeysRequest in) {
    require(caller, in.userName());
    return ListSshPublicKeysResponse.builder().sshPublicKeys(List.of()).isTruncated(false).build();
  }

  @Operation("POST /?Action=ListServiceSpecificCredentials&Version=2010-05-08")
  public ListServiceSpecificCredentialsResponse listServiceSpecificCredentials(
      Caller caller, ListServiceSpecificCredentialsRequest in) {
    require(caller, in.userName());
    return ListServiceSpecificCredentialsResponse.builder()
        .serviceSpecificCredentials(List.of())
        .build();
  }

  @Operation("POST /?Action=GetLoginProfile&Version=2010-05-08")
  public GetLoginProfileResponse getLoginProfile(Caller caller, GetLoginProfileRequest in) {
    require(caller, in.userName());
    throw noLoginProfile(IamNames.userName(caller, in.userName()));
  }

  @Operation("POST /?Action=DeleteLoginProfile&Version=2010-05-08")
  public void deleteLoginProfile(Caller caller, DeleteLoginProfileRequest in) {
    require(caller, in.userName());
    throw noLoginProfile(IamNames.userName(caller, in.userName()));
  }

  private void require(Caller caller, String userName) {
    names.get(caller, Kind.USER, IamNames.userName(caller, userName));
  }

  private static ApiError noLoginProfile(String userName) {
    return ApiError.notFound("Login Profile for User %s cannot be found.".formatted(userName));
  }
}
