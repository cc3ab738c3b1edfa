package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Stands in for the real operations. */
public final class SampleOperations implements Operations {

  Caller caller;
  Object request;

  @Operation(value = "POST /restapis", status = 201)
  public RestApi createRestApi(Caller caller, CreateRestApiRequest in) {
    keep(caller, in);
    return RestApi.builder().id("a1").name(in.name()).createdDate(Instant.ofEpochSecond(7)).build();
  }

  @Operation(value = "POST /restapis?mode=import", status = 201)
  public RestApi importRestApi(Caller caller, ImportRestApiRequest in) {
    keep(caller, in);
    return RestApi.builder().id("imported").build();
  }

  @Operation("GET /restapis")
  public GetRestApisResponse getRestApis(Caller caller, GetRestApisRequest in) {
    throw new IllegalStateException("a secret of the inside");
  }

  @Operation("GET /restapis/{restapi_id}")
  public RestApi getRestApi(Caller caller, GetRestApiRequest in) {
    throw ApiError.notFound("Invalid API identifier specified " + in.restApiId());
  }

  @Operation(value = "DELETE /restapis/{restapi_id}", status = 202)
  public void deleteRestApi(Caller caller, DeleteRestApiRequest in) {
    keep(caller, in);
  }

  @Operation("GET /restapis/{restapi_id}/stages")
  public GetStagesResponse getStages(Caller caller, GetStagesRequest in) {
    throw ApiError.of(ApiError.Kind.ACCESS_DENIED, "User: x is not authorized to perform: y");
  }

  @Operation(value = "PUT /tags/{resource_arn}", status = 204)
  public void tagResource(Caller caller, TagResourceRequest in) {
    keep(caller, in);
  }

  @Operation(value = "POST /?Action=GetCallerIdentity&Version=2011-06-15", needsPermission = false)
  public GetCallerIdentityResponse getCallerIdentity(Caller caller, GetCallerIdentityRequest in) {
    return GetCallerIdentityResponse.builder()
        .account(caller.account())
        .arn(caller.principal())
        .userId(caller.userId())
        .build();
  }

  @Operation("POST /?Action=CreateUser&Version=2010-05-08")
  public CreateUserResponse createUser(Caller caller, CreateUserRequest in) {
    keep(caller, in);
    return CreateUserResponse.builder()
        .user(
            User.builder()
                .userName(in.userName())
                .createDate(Instant.ofEpochSecond(7))
                .tags(in.tags())
                .build())
        .build();
  }

  @Operation("POST /?Action=GetUser&Version=2010-05-08")
  public GetUserResponse getUser(Caller caller, GetUserRequest in) {
    throw ApiError.notFound("The user with name " + in.userName() + " cannot be found.");
  }

  @Operation("POST /?Action=DeleteUser&Version=2010-05-08")
  public void deleteUser(Caller caller, DeleteUserRequest in) {
    keep(caller, in);
  }

  @Operation("POST /?Action=GetAccountSummary&Version=2010-05-08")
  public GetAccountSummaryResponse getAccountSummary(Caller caller, GetAccountSummaryRequest in) {
    return GetAccountSummaryResponse.builder()
        .summaryMapWithStrings(Map.of("Users", 3, "Groups", 0))
        .build();
  }

  private void keep(Caller by, Object in) {
    caller = by;
    request = in;
  }
}
