package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.ModelRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.CreateModelRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteModelRequest;
import software.amazon.awssdk.services.apigateway.model.GetModelRequest;
import software.amazon.awssdk.services.apigateway.model.GetModelTemplateRequest;
import software.amazon.awssdk.services.apigateway.model.GetModelTemplateResponse;
import software.amazon.awssdk.services.apigateway.model.GetModelsRequest;
import software.amazon.awssdk.services.apigateway.model.GetModelsResponse;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.UpdateModelRequest;

/** The models of an API. Imitates the Model pages of the API reference. */
@ApplicationScoped
public class Models implements Operations {

  private ApiStore apis;
  private Ids ids;

  protected Models() {}

  @Inject
  public Models(ApiStore apis, Ids ids) {
    this.apis = apis;
    this.ids = ids;
  }

  @Operation(value = "POST /restapis/{restapi_id}/models", status = 201)
  public Model createModel(Caller caller, CreateModelRequest in) {
    Model wanted =
        Model.builder()
            .id(ids.small())
            .name(in.name())
            .description(in.description())
            .schema(in.schema())
            .contentType(in.contentType())
            .build();
    ApiDefinition after = apis.edit(caller, in.restApiId(), api -> ModelRules.create(api, wanted));
    return ModelRules.get(after, in.name());
  }

  /** An unknown API is an unknown model here, as recorded. */
  @Operation("GET /restapis/{restapi_id}/models/{model_name}")
  public Model getModel(Caller caller, GetModelRequest in) {
    ApiDefinition api = find(caller, in.restApiId(), in.modelName());
    return Boolean.TRUE.equals(in.flatten())
        ? ModelRules.flattened(api, in.modelName())
        : ModelRules.get(api, in.modelName());
  }

  @Operation("GET /restapis/{restapi_id}/models")
  public GetModelsResponse getModels(Caller caller, GetModelsRequest in) {
    Page<Model> page =
        Page.within(
            ModelRules.sorted(apis.get(caller, in.restApiId())),
            new Page.Ask(in.position(), in.limit()),
            Model::name);
    return GetModelsResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("GET /restapis/{restapi_id}/models/{model_name}/default_template")
  public GetModelTemplateResponse getModelTemplate(Caller caller, GetModelTemplateRequest in) {
    ApiDefinition api = find(caller, in.restApiId(), in.modelName());
    return GetModelTemplateResponse.builder()
        .value(ModelRules.template(api, in.modelName()))
        .build();
  }

  @Operation("PATCH /restapis/{restapi_id}/models/{model_name}")
  public Model updateModel(Caller caller, UpdateModelRequest in) {
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            in.modelName(),
            api ->
                ModelRules.update(
                    api,
                    in.modelName(),
                    m -> DefinitionPatches.MODEL.apply(m, in.patchOperations())));
    return ModelRules.get(after, in.modelName());
  }

  @Operation(value = "DELETE /restapis/{restapi_id}/models/{model_name}", status = 202)
  public void deleteModel(Caller caller, DeleteModelRequest in) {
    edit(caller, in.restApiId(), in.modelName(), api -> ModelRules.delete(api, in.modelName()));
  }

  private ApiDefinition find(Caller caller, String apiId, String name) {
    return apis.find(caller, apiId).orElseThrow(() -> ModelRules.unknown(name));
  }

  private ApiDefinition edit(
      Caller caller, String apiId, String name, UnaryOperator<ApiDefinition> change) {
    return apis.editIfThere(caller, apiId, change).orElseThrow(() -> ModelRules.unknown(name));
  }
}
