package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * The CORS settings of an API and its resources, which nodes follow from the next deployment on.
 * The vendor's protocol has none for REST APIs; tools set them by documents.
 */
@ApplicationScoped
public class CorsSettings implements Operations {

  private ApiStore apis;

  protected CorsSettings() {}

  @Inject
  public CorsSettings(ApiStore apis) {
    this.apis = apis;
  }

  /** By the id of the resource, {@link CorsRules#WHOLE_API} for all of them. */
  @ConsoleQuery
  public Map<String, Cors> cors(Caller caller, String apiId) {
    return apis.get(caller, apiId).cors();
  }

  /**
   * @param resourceId {@link CorsRules#WHOLE_API} for all of them
   */
  @ConsoleQuery(AccessLevel.WRITE)
  public void putCors(Caller caller, String apiId, String resourceId, Cors cors) {
    apis.edit(caller, apiId, api -> CorsRules.put(api, resourceId, cors));
  }

  /**
   * @param resourceId {@link CorsRules#WHOLE_API} for all of them
   */
  @ConsoleQuery(AccessLevel.WRITE)
  public void deleteCors(Caller caller, String apiId, String resourceId) {
    apis.edit(caller, apiId, api -> CorsRules.delete(api, resourceId));
  }
}
