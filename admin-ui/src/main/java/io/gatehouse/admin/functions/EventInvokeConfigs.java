package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.FunctionRules.refuseIf;

import io.gatehouse.admin.functions.FunctionNames.Named;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.DestinationConfig;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionEventInvokeConfigsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionEventInvokeConfigsResponse;
import software.amazon.awssdk.services.lambda.model.OnFailure;
import software.amazon.awssdk.services.lambda.model.OnSuccess;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionEventInvokeConfigRequest;

/**
 * What becomes of asynchronous invocations that fail. Imitates the EventInvokeConfig pages of the
 * API reference.
 */
@ApplicationScoped
public class EventInvokeConfigs implements Operations {

  private FunctionStore functions;
  private FunctionNames names;
  private Publisher publisher;
  private InstantSource clock;

  protected EventInvokeConfigs() {}

  @Inject
  public EventInvokeConfigs(
      FunctionStore functions, FunctionNames names, Publisher publisher, InstantSource clock) {
    this.functions = functions;
    this.names = names;
    this.publisher = publisher;
    this.clock = clock;
  }

  @Operation("PUT /2019-09-25/functions/{FunctionName}/event-invoke-config")
  public FunctionEventInvokeConfig putFunctionEventInvokeConfig(
      Caller caller, PutFunctionEventInvokeConfigRequest in) {
    refuseDestinations(in.destinationConfig());
    refuseIf(
        in.maximumRetryAttempts() == null
            && in.maximumEventAgeInSeconds() == null
            && in.destinationConfig() == null,
        "You must specify at least one of error handling or destination setting.");
    return put(
        caller,
        FunctionNames.parse(caller, in.functionName(), in.qualifier()),
        FunctionEventInvokeConfig.builder()
            .maximumRetryAttempts(in.maximumRetryAttempts())
            .maximumEventAgeInSeconds(in.maximumEventAgeInSeconds())
            .build());
  }

  @Operation("POST /2019-09-25/functions/{FunctionName}/event-invoke-config")
  public FunctionEventInvokeConfig updateFunctionEventInvokeConfig(
      Caller caller, UpdateFunctionEventInvokeConfigRequest in) {
    refuseDestinations(in.destinationConfig());
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    FunctionEventInvokeConfig before = find(caller, names.lock(caller, named.name()), named);
    return put(
        caller,
        named,
        FunctionEventInvokeConfig.builder()
            .maximumRetryAttempts(
                Optional.ofNullable(in.maximumRetryAttempts())
                    .orElse(before.maximumRetryAttempts()))
            .maximumEventAgeInSeconds(
                Optional.ofNullable(in.maximumEventAgeInSeconds())
                    .orElse(before.maximumEventAgeInSeconds()))
            .build());
  }

  @Operation("GET /2019-09-25/functions/{FunctionName}/event-invoke-config")
  public FunctionEventInvokeConfig getFunctionEventInvokeConfig(
      Caller caller, GetFunctionEventInvokeConfigRequest in) {
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    return shown(caller, named, find(caller, names.get(caller, named.name()), named));
  }

  @Operation("GET /2019-09-25/functions/{FunctionName}/event-invoke-config/list")
  public ListFunctionEventInvokeConfigsResponse listFunctionEventInvokeConfigs(
      Caller caller, ListFunctionEventInvokeConfigsRequest in) {
    String name = FunctionNames.whole(caller, in.functionName());
    List<FunctionEventInvokeConfig> all = new ArrayList<>();
    new TreeMap<>(names.get(caller, name).body().eventInvokes())
        .forEach(
            (qualifier, config) ->
                all.add(shown(caller, new Named(name, Optional.of(qualifier)), config)));
    Page<FunctionEventInvokeConfig> page =
        Page.within(
            all, Listing.ask(in.marker(), in.maxItems()), FunctionEventInvokeConfig::functionArn);
    return ListFunctionEventInvokeConfigsResponse.builder()
        .functionEventInvokeConfigs(page.items())
        .nextMarker(page.position().orElse(null))
        .build();
  }

  @Operation(
      value = "DELETE /2019-09-25/functions/{FunctionName}/event-invoke-config",
      status = 204)
  public void deleteFunctionEventInvokeConfig(
      Caller caller, DeleteFunctionEventInvokeConfigRequest in) {
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    StoredFunction function = names.lock(caller, named.name());
    find(caller, function, named);
    Map<String, FunctionEventInvokeConfig> configs = new TreeMap<>(function.body().eventInvokes());
    configs.remove(qualifier(named));
    functions.replace(function, function.body().withEventInvokes(configs));
    publisher.changed(function);
  }

  private FunctionEventInvokeConfig put(
      Caller caller, Named named, FunctionEventInvokeConfig asked) {
    StoredFunction function = names.lock(caller, named.name());
    names.require(caller, function, named.qualifier());
    FunctionEventInvokeConfig config = asked.toBuilder().lastModified(clock.instant()).build();
    Map<String, FunctionEventInvokeConfig> configs = new TreeMap<>(function.body().eventInvokes());
    configs.put(qualifier(named), config);
    functions.replace(function, function.body().withEventInvokes(configs));
    publisher.changed(function);
    return shown(caller, named, config);
  }

  private static FunctionEventInvokeConfig find(
      Caller caller, StoredFunction function, Named named) {
    return Optional.ofNullable(function.body().eventInvokes().get(qualifier(named)))
        .orElseThrow(
            () ->
                ApiError.notFound(
                    "The function %s doesn't have an EventInvokeConfig"
                        .formatted(arn(caller, named))));
  }

  private static FunctionEventInvokeConfig shown(
      Caller caller, Named named, FunctionEventInvokeConfig config) {
    return config.toBuilder()
        .functionArn(arn(caller, named))
        .destinationConfig(
            d -> d.onSuccess(OnSuccess.builder().build()).onFailure(OnFailure.builder().build()))
        .build();
  }

  private static String arn(Caller caller, Named named) {
    return FunctionNames.arn(caller, named.name(), Optional.of(qualifier(named)));
  }

  private static String qualifier(Named named) {
    return named.qualifier().orElse(FunctionStore.LATEST);
  }

  private static void refuseDestinations(DestinationConfig config) {
    refuseIf(
        config != null
            && (config.onSuccess() != null && given(config.onSuccess().destination())
                || config.onFailure() != null && given(config.onFailure().destination())),
        "DestinationConfig is not supported: what events come to is told in the log");
  }

  private static boolean given(String text) {
    return text != null && !text.isEmpty();
  }
}
