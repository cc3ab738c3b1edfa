package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.VpcLinks.Users;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.model.definition.ApiDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.ConnectionType;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Which methods and stages lead through a VPC link. It is asked rarely enough to look through all
 * of a tenant's APIs then.
 */
record VpcLinkUses(ApiStore apis, DeploymentStore deployments) {

  Users users(Caller caller, String linkId) {
    Set<String> stages = new LinkedHashSet<>();
    for (DeploymentStore.Served served :
        deployments.served(caller, ConnectionType.VPC_LINK.toString())) {
      if (!methods(served.definition(), linkId, variables(served.stage().body())).isEmpty()) {
        stages.add(served.stage().apiId() + ":" + served.stage().stageName());
      }
    }
    return new Users(methods(caller, linkId), List.copyOf(stages));
  }

  private List<String> methods(Caller caller, String linkId) {
    List<String> methods = new ArrayList<>();
    Page<ApiDefinition> page = apis.list(caller, Page.Ask.first());
    addMethods(methods, caller, page.items(), linkId);
    while (page.position().isPresent()) {
      page = apis.list(caller, new Page.Ask(page.position().get(), null));
      addMethods(methods, caller, page.items(), linkId);
    }
    return methods;
  }

  private void addMethods(
      List<String> methods, Caller caller, List<ApiDefinition> listed, String linkId) {
    listed.forEach(
        api ->
            apis.find(caller, api.restApi().id())
                .ifPresent(found -> methods.addAll(methods(found, linkId, Map.of()))));
  }

  private static List<String> methods(
      ApiDefinition api, String linkId, Map<String, Set<String>> variables) {
    List<String> methods = new ArrayList<>();
    api.resources()
        .values()
        .forEach(
            resource ->
                resource
                    .resourceMethods()
                    .forEach(
                        (verb, method) -> {
                          if (method.methodIntegration() != null
                              && leadsTo(
                                  linkId, method.methodIntegration().connectionId(), variables)) {
                            methods.add(String.join(":", api.restApi().id(), verb, resource.id()));
                          }
                        }));
    return methods;
  }

  /** An id may be a stage's variable. */
  private static boolean leadsTo(
      String linkId, String connectionId, Map<String, Set<String>> variables) {
    return connectionId != null
        && (connectionId.equals(linkId)
            || variables.entrySet().stream()
                .anyMatch(
                    variable ->
                        connectionId.equals("${stageVariables." + variable.getKey() + "}")
                            && variable.getValue().contains(linkId)));
  }

  /** What each may be, for the stage and for its canary. */
  private static Map<String, Set<String>> variables(Stage stage) {
    Map<String, Set<String>> variables = new HashMap<>();
    add(variables, stage.variables());
    if (stage.canarySettings() != null) {
      add(variables, stage.canarySettings().stageVariableOverrides());
    }
    return variables;
  }

  private static void add(Map<String, Set<String>> variables, Map<String, String> more) {
    more.forEach(
        (name, value) -> variables.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(value));
  }
}
