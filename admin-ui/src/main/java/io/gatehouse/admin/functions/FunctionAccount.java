package io.gatehouse.admin.functions;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsRequest;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionCodeSigningConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionCodeSigningConfigResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionRecursionConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionRecursionConfigResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionUrlConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionUrlConfigResponse;
import software.amazon.awssdk.services.lambda.model.GetRuntimeManagementConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetRuntimeManagementConfigResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionUrlConfigsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionUrlConfigsResponse;
import software.amazon.awssdk.services.lambda.model.RecursiveLoop;
import software.amazon.awssdk.services.lambda.model.UpdateRuntimeOn;

/**
 * The bounds of an account, and what tools ask of a function that is here the same for all: no code
 * signing, no URLs of functions, runtimes that the operator updates.
 */
@ApplicationScoped
public class FunctionAccount implements Operations {

  private FunctionStore functions;
  private FunctionNames names;
  private FunctionCode codes;

  protected FunctionAccount() {}

  @Inject
  public FunctionAccount(FunctionStore functions, FunctionNames names, FunctionCode codes) {
    this.functions = functions;
    this.names = names;
    this.codes = codes;
  }

  @Operation("GET /2016-08-19/account-settings")
  public GetAccountSettingsResponse getAccountSettings(
      Caller caller, GetAccountSettingsRequest in) {
    return GetAccountSettingsResponse.builder()
        .accountLimit(
            limit ->
                limit
                    .totalCodeSize(codes.mostBytes())
                    .codeSizeUnzipped(Archive.LARGEST_UNPACKED)
                    .codeSizeZipped(Archive.LARGEST)
                    .concurrentExecutions(FunctionConcurrency.OF_ACCOUNT)
                    .unreservedConcurrentExecutions(FunctionConcurrency.OF_ACCOUNT))
        .accountUsage(
            usage -> usage.totalCodeSize(codes.kept(caller)).functionCount(functions.count(caller)))
        .build();
  }

  @Operation("GET /2020-06-30/functions/{FunctionName}/code-signing-config")
  public GetFunctionCodeSigningConfigResponse getFunctionCodeSigningConfig(
      Caller caller, GetFunctionCodeSigningConfigRequest in) {
    return GetFunctionCodeSigningConfigResponse.builder()
        .codeSigningConfigArn("")
        .functionName(require(caller, in.functionName()))
        .build();
  }

  @Operation("GET /2021-07-20/functions/{FunctionName}/runtime-management-config")
  public GetRuntimeManagementConfigResponse getRuntimeManagementConfig(
      Caller caller, GetRuntimeManagementConfigRequest in) {
    String name = require(caller, in.functionName());
    return GetRuntimeManagementConfigResponse.builder()
        .updateRuntimeOn(UpdateRuntimeOn.AUTO)
        .functionArn(FunctionNames.arn(caller, name, Optional.of(FunctionStore.LATEST)))
        .build();
  }

  @Operation("GET /2024-08-31/functions/{FunctionName}/recursion-config")
  public GetFunctionRecursionConfigResponse getFunctionRecursionConfig(
      Caller caller, GetFunctionRecursionConfigRequest in) {
    require(caller, in.functionName());
    return GetFunctionRecursionConfigResponse.builder()
        .recursiveLoop(RecursiveLoop.TERMINATE)
        .build();
  }

  @Operation("GET /2021-10-31/functions/{FunctionName}/urls")
  public ListFunctionUrlConfigsResponse listFunctionUrlConfigs(
      Caller caller, ListFunctionUrlConfigsRequest in) {
    require(caller, in.functionName());
    return ListFunctionUrlConfigsResponse.builder().functionUrlConfigs(List.of()).build();
  }

  @Operation("GET /2021-10-31/functions/{FunctionName}/url")
  public GetFunctionUrlConfigResponse getFunctionUrlConfig(
      Caller caller, GetFunctionUrlConfigRequest in) {
    require(caller, in.functionName());
    throw ApiError.notFound("The resource you requested does not exist.");
  }

  private String require(Caller caller, String functionName) {
    FunctionNames.Named named = FunctionNames.parse(caller, functionName, null);
    names.require(caller, names.get(caller, named.name()), named.qualifier());
    return named.name();
  }
}
