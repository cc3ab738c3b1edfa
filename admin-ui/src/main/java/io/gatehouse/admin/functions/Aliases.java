package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.FunctionRules.refuseIf;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.FunctionDocument;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.DeleteAliasRequest;
import software.amazon.awssdk.services.lambda.model.GetAliasRequest;
import software.amazon.awssdk.services.lambda.model.ListAliasesRequest;
import software.amazon.awssdk.services.lambda.model.ListAliasesResponse;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;

/** Names for versions of a function. Imitates the Alias pages of the API reference. */
@ApplicationScoped
public class Aliases implements Operations {

  private static final int MOST = 200;

  private FunctionStore functions;
  private FunctionNames names;
  private Publisher publisher;
  private Ids ids;

  protected Aliases() {}

  @Inject
  public Aliases(FunctionStore functions, FunctionNames names, Publisher publisher, Ids ids) {
    this.functions = functions;
    this.names = names;
    this.publisher = publisher;
    this.ids = ids;
  }

  @Operation(value = "POST /2015-03-31/functions/{FunctionName}/aliases", status = 201)
  public AliasConfiguration createAlias(Caller caller, CreateAliasRequest in) {
    StoredFunction function = lock(caller, in.functionName());
    if (function.body().aliases().containsKey(in.name())) {
      throw ApiError.conflict(
          "Alias already exists: "
              + FunctionNames.arn(caller, function.functionName(), Optional.of(in.name())));
    }
    refuseIf(
        function.body().aliases().size() >= MOST,
        "A function can have at most " + MOST + " aliases");
    return put(
        caller,
        function,
        AliasConfiguration.builder()
            .name(in.name())
            .functionVersion(in.functionVersion())
            .description(Optional.ofNullable(in.description()).orElse(""))
            .routingConfig(in.routingConfig())
            .build());
  }

  @Operation("GET /2015-03-31/functions/{FunctionName}/aliases/{Name}")
  public AliasConfiguration getAlias(Caller caller, GetAliasRequest in) {
    String name = FunctionNames.whole(caller, in.functionName());
    return shown(caller, name, get(caller, names.get(caller, name), in.name()));
  }

  @Operation("GET /2015-03-31/functions/{FunctionName}/aliases")
  public ListAliasesResponse listAliases(Caller caller, ListAliasesRequest in) {
    String name = FunctionNames.whole(caller, in.functionName());
    List<AliasConfiguration> all =
        new TreeMap<>(names.get(caller, name).body().aliases())
            .values().stream()
                .filter(
                    alias -> in.functionVersion() == null || leadsTo(alias, in.functionVersion()))
                .toList();
    Page<AliasConfiguration> page =
        Page.within(all, Listing.ask(in.marker(), in.maxItems()), AliasConfiguration::name);
    return ListAliasesResponse.builder()
        .aliases(page.items().stream().map(alias -> shown(caller, name, alias)).toList())
        .nextMarker(page.position().orElse(null))
        .build();
  }

  @Operation("PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}")
  public AliasConfiguration updateAlias(Caller caller, UpdateAliasRequest in) {
    StoredFunction function = lock(caller, in.functionName());
    AliasConfiguration before = get(caller, function, in.name());
    FunctionNames.requireRevision(in.revisionId(), before.revisionId());
    return put(
        caller,
        function,
        before.toBuilder()
            .functionVersion(
                Optional.ofNullable(in.functionVersion()).orElse(before.functionVersion()))
            .description(Optional.ofNullable(in.description()).orElse(before.description()))
            .routingConfig(Optional.ofNullable(in.routingConfig()).orElse(before.routingConfig()))
            .build());
  }

  /** One that is not there is as good as deleted. */
  @Operation(value = "DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name}", status = 204)
  public void deleteAlias(Caller caller, DeleteAliasRequest in) {
    StoredFunction function = lock(caller, in.functionName());
    if (function.body().aliases().containsKey(in.name())) {
      functions.replace(function, function.body().without(in.name()));
      publisher.changed(function);
    }
  }

  /** Whether some invocations of the alias go to the version. */
  static boolean leadsTo(AliasConfiguration alias, String version) {
    return alias.functionVersion().equals(version)
        || alias.routingConfig() != null
            && alias.routingConfig().additionalVersionWeights().containsKey(version);
  }

  private AliasConfiguration put(Caller caller, StoredFunction function, AliasConfiguration asked) {
    names.version(caller, function, Optional.of(asked.functionVersion()));
    AliasConfiguration alias =
        asked.toBuilder()
            .routingConfig(routing(caller, function, asked))
            .revisionId(ids.request())
            .build();
    FunctionDocument body = function.body();
    Map<String, AliasConfiguration> aliases = new TreeMap<>(body.aliases());
    aliases.put(alias.name(), alias);
    functions.replace(function, body.withAliases(aliases));
    publisher.changed(function);
    return shown(caller, function.functionName(), alias);
  }

  /** None, where all go to one version. */
  private AliasRoutingConfiguration routing(
      Caller caller, StoredFunction function, AliasConfiguration alias) {
    Map<String, Double> weights =
        alias.routingConfig() == null ? Map.of() : alias.routingConfig().additionalVersionWeights();
    if (weights.isEmpty()) {
      return null;
    }
    refuseIf(weights.size() > 1, "Number of items in AdditionalVersionWeights cannot exceed 1");
    weights.forEach(
        (version, weight) -> {
          refuseIf(
              version.equals(FunctionStore.LATEST)
                  || alias.functionVersion().equals(FunctionStore.LATEST),
              "$LATEST is not supported for an alias pointing to more than 1 version");
          refuseIf(!version.matches("\\d{1,18}"), "An additional version must be a number");
          refuseIf(
              weight == null || weight < 0 || weight > 1,
              "The weight of a version must be from 0.0 to 1.0");
          refuseIf(
              version.equals(alias.functionVersion()),
              "Invalid function version %s. Function version %s is already included in routing configuration."
                  .formatted(version, version));
          names.version(caller, function, Optional.of(version));
        });
    return alias.routingConfig();
  }

  private StoredFunction lock(Caller caller, String functionName) {
    return names.lock(caller, FunctionNames.whole(caller, functionName));
  }

  private static AliasConfiguration get(Caller caller, StoredFunction function, String name) {
    return Optional.ofNullable(function.body().aliases().get(name))
        .orElseThrow(
            () ->
                ApiError.notFound(
                    "Cannot find alias arn: "
                        + FunctionNames.arn(caller, function.functionName(), Optional.of(name))));
  }

  private static AliasConfiguration shown(
      Caller caller, String functionName, AliasConfiguration alias) {
    return alias.toBuilder()
        .aliasArn(FunctionNames.arn(caller, functionName, Optional.of(alias.name())))
        .build();
  }
}
