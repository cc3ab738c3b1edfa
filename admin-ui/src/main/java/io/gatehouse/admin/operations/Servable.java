package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.compile.StageCompiler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Refuses at the desk what nodes could not serve, before anything is written. */
@ApplicationScoped
public class Servable {

  private static final int MOST_PROBLEMS_NAMED = 10;

  private SnapshotBuilder snapshots;

  protected Servable() {}

  @Inject
  public Servable(SnapshotBuilder snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * @throws ApiError bad request, naming what is missing or not built yet
   */
  public void require(Caller caller, String apiId, Stage stage, ApiDefinition definition) {
    requireMethods(definition);
    List<String> problems =
        StageCompiler.problems(snapshots.stage(1, caller.account(), apiId, stage, definition));
    if (!problems.isEmpty()) {
      int more = problems.size() - MOST_PROBLEMS_NAMED;
      throw ApiError.badRequest(
          "The REST API cannot be deployed: "
              + String.join("; ", problems.stream().limit(MOST_PROBLEMS_NAMED).toList())
              + (more > 0 ? "; and " + more + " more" : ""));
    }
  }

  private static void requireMethods(ApiDefinition definition) {
    boolean any = false;
    for (Resource resource : definition.resources().values()) {
      for (Method method : resource.resourceMethods().values()) {
        any = true;
        if (method.methodIntegration() == null) {
          throw ApiError.badRequest("No integration defined for method");
        }
      }
    }
    if (!any) {
      throw ApiError.badRequest("The REST API doesn't contain any methods");
    }
  }
}
