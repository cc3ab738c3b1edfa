package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
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

  private void keep(Caller by, Object in) {
    caller = by;
    request = in;
  }
}
